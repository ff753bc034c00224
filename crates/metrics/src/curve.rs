//! Converts a run in memory to the points of a curve.

use common::downsample::{ema, m4};
use common::metric::{SeriesRequest, XAxis};

use super::overview::Point;
use super::run_data::RunData;

/// Points sorted by x, with the moving average if it was requested.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Curve {
    pub x: Vec<f64>,
    pub y: Vec<f64>,
    pub smooth: Vec<f64>,
}

/// Maximum number of points per curve in one response.
const MAX_POINTS: u32 = 20_000;

/// The requested part and form of a curve.
#[derive(Debug, Clone)]
pub(crate) struct CurveQuery {
    pub x: XAxis,
    from: Option<f64>,
    to: Option<f64>,
    pub smoothing: f64,
    pub max_points: usize,
}

impl CurveQuery {
    pub(crate) fn new(request: &SeriesRequest) -> Self {
        let weight = request.smoothing;
        Self {
            x: request.x.clone(),
            from: request.from.filter(|from| from.is_finite()),
            to: request.to.filter(|to| to.is_finite()),
            smoothing: if weight.is_finite() { weight.clamp(0.0, 0.9999) } else { 0.0 },
            max_points: request.max_points.clamp(2, MAX_POINTS) as usize,
        }
    }

    /// Whether an overview is sufficient: it contains every point, or no more detail is requested.
    fn is_covered_by_overview(&self, data: &RunData, key: usize) -> bool {
        let Some(overview) = data.keys.get(key).map(|key| &key.overview) else {
            return true;
        };
        let of_other_key = matches!(self.x, XAxis::Key(_));
        let needs_all_points = self.from.is_some() || self.to.is_some() || self.smoothing > 0.0;
        !of_other_key
            && (overview.is_complete()
                || !needs_all_points && self.max_points <= overview.bucket_count() * 2)
    }

    pub(crate) fn is_inside(&self, x: f64) -> bool {
        self.from.is_none_or(|from| x >= from) && self.to.is_none_or(|to| x <= to)
    }
}

/// The curve of a key; `None` if `data` does not contain enough points.
pub(crate) fn curve(data: &RunData, key: usize, query: &CurveQuery, start_s: f64) -> Option<Curve> {
    let points = if query.is_covered_by_overview(data, key) {
        let points = data.keys.get(key)?.overview.points();
        points.iter().map(|point| (x_of(point, &query.x, start_s), point.y)).collect()
    } else {
        all_points(data, key, &query.x, start_s)?
    };
    Some(prepare(points, query))
}

/// The x of a point; NaN if it has none.
pub(crate) fn x_of(point: &Point, axis: &XAxis, start_s: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "2^53 points do not fit any disk")]
    let index = point.index as f64;
    match axis {
        XAxis::Step if point.step.is_finite() => point.step,
        XAxis::Step | XAxis::Index => index,
        XAxis::Time => point.t,
        XAxis::Elapsed => point.t - start_s,
        XAxis::Key(_) => f64::NAN,
    }
}

fn all_points(data: &RunData, key: usize, axis: &XAxis, start_s: f64) -> Option<Vec<(f64, f64)>> {
    let columns = data.columns.as_ref()?;
    let column = columns.keys.get(key)?;
    let other = match axis {
        XAxis::Key(name) => match data.find(name) {
            Some((other, _)) => columns.keys.get(other),
            None => return Some(Vec::new()),
        },
        _ => None,
    };
    let point = |(index, y): (usize, &f64)| {
        let call = column.calls.get(index);
        let t = columns.t.get(call).copied().unwrap_or(f64::NAN);
        let x = match other {
            Some(other) => other.in_call(call).unwrap_or(f64::NAN),
            None => {
                let step = columns.steps.get(call);
                x_of(&Point { index: index as u64, step, t, y: *y }, axis, start_s)
            }
        };
        (x, *y)
    };
    Some(column.y.iter().enumerate().map(point).collect())
}

/// Sorts, smooths, cuts and downsamples points.
fn prepare(mut points: Vec<(f64, f64)>, query: &CurveQuery) -> Curve {
    points.retain(|(x, _)| x.is_finite());
    // A stable sort: of two points at one x, the later one stays behind.
    if !points.is_sorted_by(|a, b| a.0 <= b.0) {
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
    let (mut x, mut y): (Vec<f64>, Vec<f64>) = points.into_iter().unzip();
    let mut smooth = if query.smoothing > 0.0 { ema(&y, query.smoothing) } else { Vec::new() };
    let (start, end) = window(&x, query.from, query.to);
    for column in [&mut x, &mut y, &mut smooth] {
        column.truncate(end);
        column.drain(..start.min(column.len()));
    }
    let curve = Curve { x, y, smooth };
    downsample(curve, query)
}

/// The range of indices between two ends, plus one point beyond each.
fn window(x: &[f64], from: Option<f64>, to: Option<f64>) -> (usize, usize) {
    let start = from.map_or(0, |from| x.partition_point(|x| *x < from).saturating_sub(1));
    let end = to.map_or(x.len(), |to| (x.partition_point(|x| *x <= to) + 1).min(x.len()));
    (start, end.max(start))
}

pub(crate) fn downsample(curve: Curve, query: &CurveQuery) -> Curve {
    let Curve { x, y, smooth } = &curve;
    if x.len() <= query.max_points {
        return curve;
    }
    let (Some(first), Some(last)) = (x.first(), x.last()) else {
        return curve;
    };
    let ends = (query.from.unwrap_or(*first), query.to.unwrap_or(*last));
    let selected = m4(x, y, ends, query.max_points);
    let select =
        |column: &[f64]| selected.iter().filter_map(|at| column.get(*at).copied()).collect();
    Curve { x: select(x), y: select(y), smooth: select(smooth) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(lines: &str) -> RunData {
        let mut data = RunData::new(true);
        data.read(lines.as_bytes(), |_, _| ());
        data
    }

    fn request(x: &str) -> SeriesRequest {
        SeriesRequest { x: XAxis::parse(x), ..SeriesRequest::default() }
    }

    fn select(data: &RunData, request: &SeriesRequest) -> Curve {
        curve(data, data.find("loss").unwrap().0, &CurveQuery::new(request), 100.0).unwrap()
    }

    #[test]
    fn a_curve_over_anything() {
        let data = data(concat!(
            "{\"t\":101,\"step\":10,\"track\":{\"loss\":3,\"epoch\":2}}\n",
            "{\"t\":102,\"step\":20,\"track\":{\"loss\":\"NaN\"}}\n",
            "{\"t\":104,\"step\":15,\"track\":{\"epoch\":1,\"loss\":1}}\n",
        ));
        assert_eq!(select(&data, &request("index")).x, [0.0, 1.0, 2.0]);
        assert_eq!(select(&data, &request("elapsed")).x, [1.0, 2.0, 4.0]);
        let steps = select(&data, &request("step"));
        assert_eq!(steps.x, [10.0, 15.0, 20.0]);
        assert!(steps.y[2].is_nan());
        let epochs = select(&data, &request("epoch"));
        assert_eq!((epochs.x, epochs.y), (vec![1.0, 2.0], vec![1.0, 3.0]));
        assert!(select(&data, &request("key:nothing")).x.is_empty());
    }

    #[test]
    fn a_part_has_one_point_beyond_each_end_and_full_detail() {
        let lines: String = (0..20_000)
            .map(|n| format!("{{\"t\":{n},\"track\":{{\"loss\":{}}}}}\n", n % 10))
            .collect();
        let data = data(&lines);
        let part = SeriesRequest { from: Some(500.0), to: Some(520.0), ..request("step") };
        let part = select(&data, &part);
        assert_eq!((part.x[0], part.x.len()), (499.0, 23));
        let all = select(&data, &request("step"));
        assert!(all.x.len() <= 1000 && all.x.len() > 500, "{}", all.x.len());
        assert_eq!((all.x[0], all.x[all.x.len() - 1]), (0.0, 19_999.0));
        let smooth = SeriesRequest { smoothing: 0.99, ..request("step") };
        let smooth = select(&data, &smooth);
        assert_eq!(smooth.smooth.len(), smooth.x.len());
        assert!((smooth.smooth[smooth.smooth.len() - 1] - 4.5).abs() < 0.1);
    }
}
