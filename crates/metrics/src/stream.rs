//! A curve of a run that is too long to be held: its journal is read from end to end, and of what is asked
//! for no more is kept than is drawn.

use std::borrow::Cow;
use std::path::Path;

use common::metric::XAxis;

use super::curve::{Curve, Wanted, thinned, x_of};
use super::line::{number, read_line};
use super::overview::{Overview, Point};
use super::tail::read_pieces;
use store::Result;

/// One curve on its way.
struct Stream {
    overview: Overview,
    /// How many points of its key there were.
    count: u64,
    /// How many of them were kept.
    kept: u64,
    /// The newest point outside: it is kept when the next one is inside.
    before: Option<(f64, f64, f64)>,
    was_inside: bool,
    smooth: f64,
    decay: f64,
}

/// The curves of these keys, in that order. Points are kept in the order of the journal; of an x that goes
/// back and forth the parts are drawn over each other.
///
/// # Errors
/// When the journal cannot be read.
pub(crate) fn curves(
    journal: &Path,
    keys: &[&str],
    wanted: &Wanted,
    start_s: f64,
) -> Result<Vec<Curve>> {
    let buckets = wanted.max_points.max(256);
    let mut streams: Vec<Stream> = keys.iter().map(|_| Stream::new(buckets)).collect();
    read_pieces(journal, 0, true, |piece| {
        let mut points: Vec<(Cow<'_, str>, &[u8])> = Vec::new();
        for line in piece.split_inclusive(|byte| *byte == b'\n') {
            let Some(read) = read_line(line, &mut points) else {
                continue;
            };
            let value =
                |name: &str| points.iter().find(|(key, _)| key == name).map(|(_, raw)| number(raw));
            for (key, stream) in keys.iter().zip(&mut streams) {
                let Some(y) = value(key) else {
                    continue;
                };
                let point = Point { index: stream.count, step: read.step, t: read.t, y };
                let x = match &wanted.x {
                    XAxis::Key(name) => value(name).unwrap_or(f64::NAN),
                    axis => x_of(&point, axis, start_s),
                };
                stream.push(x, y, wanted);
            }
        }
    })?;
    Ok(streams.into_iter().map(|stream| stream.finish(wanted)).collect())
}

impl Stream {
    fn new(buckets: usize) -> Self {
        Self {
            overview: Overview::new(buckets),
            count: 0,
            kept: 0,
            before: None,
            was_inside: false,
            smooth: 0.0,
            decay: 1.0,
        }
    }

    fn push(&mut self, x: f64, y: f64, wanted: &Wanted) {
        self.count += 1;
        let mut smooth = y;
        if wanted.smoothing > 0.0 && y.is_finite() {
            // The same average as `common::downsample::ema`.
            self.smooth = self.smooth * wanted.smoothing + (1.0 - wanted.smoothing) * y;
            self.decay *= wanted.smoothing;
            smooth = self.smooth / (1.0 - self.decay);
        }
        if !x.is_finite() {
            return;
        }
        let is_inside = wanted.is_inside(x);
        if is_inside {
            if let Some(before) = self.before.take() {
                self.keep(before);
            }
            self.keep((x, y, smooth));
        } else if self.was_inside {
            self.keep((x, y, smooth));
        } else {
            self.before = Some((x, y, smooth));
        }
        self.was_inside = is_inside;
    }

    /// The overview carries x and the average where other points have step and time.
    fn keep(&mut self, (x, y, smooth): (f64, f64, f64)) {
        self.overview.push(Point { index: self.kept, step: x, t: smooth, y });
        self.kept += 1;
    }

    fn finish(self, wanted: &Wanted) -> Curve {
        let mut points = self.overview.points();
        points.sort_by(|a, b| a.step.total_cmp(&b.step));
        let column = |of: fn(&Point) -> f64| points.iter().map(of).collect::<Vec<f64>>();
        let smooth = if wanted.smoothing > 0.0 { column(|point| point.t) } else { Vec::new() };
        thinned(Curve { x: column(|point| point.step), y: column(|point| point.y), smooth }, wanted)
    }
}

#[cfg(test)]
mod tests {
    use common::metric::SeriesRequest;

    use super::super::curve::curve;
    use super::super::run_data::RunData;
    use super::*;

    #[test]
    fn what_is_streamed_is_what_is_held() {
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
                let wanted = Wanted::new(&request);
                let held = curve(&data, 0, &wanted, 10.0).unwrap();
                let streamed = curves(&path, &["loss"], &wanted, 10.0).unwrap().remove(0);
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
