//! Folds a journal into `task_info.json`: records, statistics, and curves, downsampled if they are
//! too long.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::metric::{Aggregate, float};
use common::settings::Settings;
use serde_json::{Map, Value};

use super::metric_store::MIN_SIDECAR_BYTES;
use super::run_data::RunData;
use super::sidecar;
use super::tail::read_new;
use store::task::{Run, TaskDir};
use store::{Error, Result};

/// Journals up to this size are folded without reading the settings: most are.
const SMALL_BYTES: u64 = 4096;
/// Minimum number of points of a downsampled curve.
const MIN_POINTS: usize = 100;

/// The content of a journal, in bounded memory.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    record: Map<String, Value>,
    track: Map<String, Value>,
    metrics: BTreeMap<String, Aggregate>,
    /// Whether the curves are downsampled.
    is_downsampled: bool,
    /// The fraction of its work that the run last reported as done.
    progress: Option<f64>,
}

/// Whether the run has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FoldTime {
    /// The run is active.
    WhileActive,
    /// The run has ended: for a long journal an overview is written beside it.
    AfterEnd,
}

/// Reads the journal of a run once from start to end. Its curves are complete while they have at
/// most `limit` points together; otherwise each keeps its share of them.
fn fold(dir: &TaskDir, run_index: u32, limit: usize, time: FoldTime) -> Result<Option<Folded>> {
    let path = dir.journal(run_index);
    let mut data = RunData::new(false);
    let mut values: Vec<Vec<Value>> = Vec::new();
    let mut count = 0_usize;
    let exists = read_new(&path, &mut data, true, |key, raw| {
        count += 1;
        if count > limit {
            values = Vec::new();
            return;
        }
        while values.len() <= key {
            values.push(Vec::new());
        }
        // Stored as written: integers stay integers, to the last digit.
        values[key].push(serde_json::from_slice(raw).unwrap_or_default());
    })?;
    if !exists {
        return Ok(None);
    }
    let is_downsampled = count > limit;
    let track = if is_downsampled {
        let share = (limit / data.keys.len().max(1)).max(MIN_POINTS);
        data.keys.iter().map(|key| (key.name.to_string(), downsampled(key, share))).collect()
    } else {
        let lists = data.keys.iter().zip(values);
        lists.map(|(key, values)| (key.name.to_string(), Value::Array(values))).collect()
    };
    if time == FoldTime::AfterEnd
        && data.cursor >= MIN_SIDECAR_BYTES
        && let Err(error) = sidecar::write(&dir.overview(run_index), data.cursor, &data)
    {
        tracing::debug!(%error, "the overview of a run is not kept");
    }
    Ok(Some(Folded {
        track,
        is_downsampled,
        metrics: data.aggregates(),
        progress: data.progress.and_then(|progress| progress.fraction()),
        record: data.record,
    }))
}

/// What a run has reported so far; `None` if it has no journal. Uses bounded memory for a journal
/// of any length.
///
/// # Errors
/// When the journal exists but cannot be read.
pub fn fold_so_far(dir: &TaskDir, run_index: u32) -> Result<Option<Folded>> {
    fold_with_settings(dir, run_index, FoldTime::WhileActive)
}

/// The final content of the journal of a run that has ended.
///
/// # Errors
/// When the journal exists but cannot be read.
pub fn fold_at_end(dir: &TaskDir, run_index: u32) -> Result<Option<Folded>> {
    fold_with_settings(dir, run_index, FoldTime::AfterEnd)
}

/// Uses the limit of the project's settings.
fn fold_with_settings(dir: &TaskDir, run_index: u32, time: FoldTime) -> Result<Option<Folded>> {
    let path = dir.journal(run_index);
    let bytes = match fs::metadata(&path) {
        Ok(meta) => meta.len(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io("reading the journal", &path)(error)),
    };
    let limit = match bytes {
        0..=SMALL_BYTES => Settings::default().max_folded_points,
        _ => store::settings::read_settings(pyruns_dir(&dir.path())).max_folded_points,
    };
    fold(dir, run_index, usize::try_from(limit).unwrap_or(usize::MAX), time)
}

/// `_pyruns_` of `_pyruns_/<workspace>/tasks/<task>`.
fn pyruns_dir(task: &Path) -> &Path {
    task.ancestors().nth(3).unwrap_or(task)
}

impl Folded {
    /// Merges it into the run. Other keys of the run are preserved; merging twice changes nothing.
    pub fn apply_to(self, run: &mut Run, journal: &str) {
        run.record.extend(self.record);
        run.track.extend(self.track);
        run.metrics.extend(self.metrics);
        run.thinned_from = if self.is_downsampled { journal.to_owned() } else { String::new() };
    }

    /// The fraction of its work that the run last reported as done, 0 to 1.
    #[must_use]
    pub fn progress(&self) -> Option<f64> {
        self.progress
    }
}

/// The values of the visually most significant points of a curve, at most `limit` of them.
fn downsampled(key: &super::run_data::KeyData, limit: usize) -> Value {
    let points = key.overview.points();
    #[expect(clippy::cast_precision_loss, reason = "2^53 points do not fit any disk")]
    let x: Vec<f64> = points.iter().map(|point| point.index as f64).collect();
    let y: Vec<f64> = points.iter().map(|point| point.y).collect();
    let ends = (x.first().copied().unwrap_or(0.0), x.last().copied().unwrap_or(1.0));
    let selected = common::downsample::m4(&x, &y, ends, limit);
    Value::Array(selected.into_iter().map(|at| float::to_json(y[at])).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn folded(text: &str, limit: usize) -> (Run, tempfile::TempDir) {
        let temp = tempfile::tempdir().unwrap();
        let dir = TaskDir::at(&temp.path().join("t")).unwrap();
        fs::create_dir(dir.path()).unwrap();
        fs::create_dir(dir.run_logs()).unwrap();
        fs::write(dir.journal(1), text).unwrap();
        let mut run = Run::default();
        let fold = |run: &mut Run| {
            fold(&dir, 1, limit, FoldTime::AfterEnd).unwrap().unwrap().apply_to(run, "j");
        };
        fold(&mut run);
        let once = run.clone();
        fold(&mut run);
        assert_eq!(run, once, "folding twice changes nothing");
        (run, temp)
    }

    #[test]
    fn calls_become_lists_and_records_merge() {
        let (run, _) = folded(
            concat!(
                "{\"t\":1.5,\"track\":{\"loss\":1.0,\"n\":12345678901234567}}\n",
                "{\"t\":2.5,\"track\":{\"loss\":\"NaN\"}}\n",
                "{\"t\":3.0,\"record\":{\"best\":1,\"x\":\"a\"}}\n",
                "{\"t\":3.0,\"record\":{\"best\":2}}\n",
                "\u{0}\n{\"summary\":{\"loss\":\"max\"}}\n{\"track\":{\"loss\":",
            ),
            10,
        );
        assert_eq!(
            Value::Object(run.track),
            json!({"loss": [1.0, "NaN"], "n": [12345678901234567_u64]})
        );
        assert_eq!(Value::Object(run.record), json!({"best": 2, "x": "a"}));
        assert_eq!(run.metrics["loss"].nan_count, 1);
        assert_eq!(run.metrics["loss"].goal, Some(common::metric::Goal::Max));
        assert_eq!(run.thinned_from, "");
    }

    #[test]
    fn long_curves_are_downsampled_and_refer_to_their_journal() {
        let line = |n: u32| format!("{{\"t\":{n},\"track\":{{\"a\":{n},\"b\":{}}}}}\n", n % 5);
        let (run, temp) = folded(&(0..40_000).map(line).collect::<String>(), 1000);
        assert_eq!(run.thinned_from, "j");
        for (key, top) in [("a", 39_999.0), ("b", 4.0)] {
            let values = run.track[key].as_array().unwrap();
            assert!(values.len() <= 500 && values.len() > 200, "{}", values.len());
            assert_eq!((run.metrics[key].count, run.metrics[key].max), (40_000, Some(top)));
        }
        assert_eq!(run.track["a"][0], json!(0.0));
        assert!(temp.path().join("t/run_logs/run1.overview").is_file());
    }

    #[test]
    fn no_journal_is_no_error() {
        let dir = TaskDir::at(Path::new("/nonexistent/t")).unwrap();
        assert!(fold_so_far(&dir, 1).unwrap().is_none());
        assert!(fold_at_end(&dir, 1).unwrap().is_none());
    }
}
