//! Computes curves of a run that is too long for the cache: its journal is read from start to end,
//! and only the points that are drawn are stored.

use std::borrow::Cow;
use std::path::Path;

use common::metric::XAxis;

use super::curve::{Curve, CurveQuery, downsample, x_of};
use super::line::{number, parse_line};
use super::overview::{Overview, Point};
use super::tail::read_chunks;
use store::Result;

/// One curve under construction.
struct Stream {
    overview: Overview,
    /// Number of points of its key.
    count: u64,
    /// Number of stored points.
    stored: u64,
    /// The latest point before the range: it is stored when the next one is inside.
    previous: Option<(f64, f64, f64)>,
    was_inside: bool,
    smooth: f64,
    decay: f64,
}

/// The curves of these keys, in their order. Points are stored in journal order; if x is not
/// monotonic, the parts overlap.
///
/// # Errors
/// When the journal cannot be read.
pub(crate) fn curves(
    journal: &Path,
    keys: &[&str],
    query: &CurveQuery,
    start_s: f64,
) -> Result<Vec<Curve>> {
    let buckets = query.max_points.max(256);
    let mut streams: Vec<Stream> = keys.iter().map(|_| Stream::new(buckets)).collect();
    read_chunks(journal, 0, true, |chunk| {
        let mut points: Vec<(Cow<'_, str>, &[u8])> = Vec::new();
        for line in chunk.split_inclusive(|byte| *byte == b'\n') {
            let Some(line) = parse_line(line, &mut points) else {
                continue;
            };
            let value =
                |name: &str| points.iter().find(|(key, _)| key == name).map(|(_, raw)| number(raw));
            for (key, stream) in keys.iter().zip(&mut streams) {
                let Some(y) = value(key) else {
                    continue;
                };
                let point = Point { index: stream.count, step: line.step, t: line.t, y };
                let x = match &query.x {
                    XAxis::Key(name) => value(name).unwrap_or(f64::NAN),
                    axis => x_of(&point, axis, start_s),
                };
                stream.push(x, y, query);
            }
        }
    })?;
    Ok(streams.into_iter().map(|stream| stream.finish(query)).collect())
}

impl Stream {
    fn new(buckets: usize) -> Self {
        Self {
            overview: Overview::new(buckets),
            count: 0,
            stored: 0,
            previous: None,
            was_inside: false,
            smooth: 0.0,
            decay: 1.0,
        }
    }

    fn push(&mut self, x: f64, y: f64, query: &CurveQuery) {
        self.count += 1;
        let mut smooth = y;
        if query.smoothing > 0.0 && y.is_finite() {
            // The same average as `common::downsample::ema`.
            self.smooth = self.smooth * query.smoothing + (1.0 - query.smoothing) * y;
            self.decay *= query.smoothing;
            smooth = self.smooth / (1.0 - self.decay);
        }
        if !x.is_finite() {
            return;
        }
        let is_inside = query.is_inside(x);
        if is_inside {
            if let Some(previous) = self.previous.take() {
                self.store(previous);
            }
            self.store((x, y, smooth));
        } else if self.was_inside {
            self.store((x, y, smooth));
        } else {
            self.previous = Some((x, y, smooth));
        }
        self.was_inside = is_inside;
    }

    /// The overview stores x and the average in the fields for step and time.
    fn store(&mut self, (x, y, smooth): (f64, f64, f64)) {
        self.overview.push(Point { index: self.stored, step: x, t: smooth, y });
        self.stored += 1;
    }

    fn finish(self, query: &CurveQuery) -> Curve {
        let mut points = self.overview.points();
        points.sort_by(|a, b| a.step.total_cmp(&b.step));
        let column = |of: fn(&Point) -> f64| points.iter().map(of).collect::<Vec<f64>>();
        let smooth = if query.smoothing > 0.0 { column(|point| point.t) } else { Vec::new() };
        downsample(
            Curve { x: column(|point| point.step), y: column(|point| point.y), smooth },
            query,
        )
    }
}

#[cfg(test)]
mod tests {
    use common::metric::SeriesRequest;

    use super::super::curve::curve;
    use super::super::run_data::RunData;
    use super::*;

    #[test]
    fn streamed_points_equal_cached_points() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("run1.journal.jsonl");
        let line = |n: u32| {
            format!(
                "{{\"t\":{n}.5,\"step\":{},\"track\":{{\"loss\":{},\"e\":{}}}}}\n",
                n * 2,
                n % 13,
                n / 3
            )
        };
        let text: String = (0..3000).map(line).collect();
        std::fs::write(&path, &text).unwrap();
        let mut data = RunData::new(true);
        data.read(text.as_bytes(), |_, _| ());
        for x in ["step", "index", "elapsed", "key:e"] {
            for (from, to) in [(None, None), (Some(100.0), Some(400.0)), (None, Some(0.0))] {
                let x = XAxis::parse(x);
                let request = SeriesRequest {
                    x,
                    from,
                    to,
                    smoothing: 0.5,
                    max_points: 20_000,
                    ..Default::default()
                };
                let query = CurveQuery::new(&request);
                let held = curve(&data, 0, &query, 10.0).unwrap();
                let streamed = curves(&path, &["loss"], &query, 10.0).unwrap().remove(0);
                assert_eq!(streamed.x, held.x, "{request:?}");
                assert_eq!(streamed.y, held.y);
                assert_eq!(streamed.smooth.len(), held.smooth.len());
                for (a, b) in streamed.smooth.iter().zip(&held.smooth) {
                    assert!((a - b).abs() < 1e-9);
                }
            }
        }
    }
}
