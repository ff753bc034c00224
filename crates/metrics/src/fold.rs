//! What a run leaves in `task_info.json`: results, figures, and its curves where they are not too long.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::metric::{Aggregate, float};
use common::settings::Settings;
use serde_json::{Map, Value};

use super::metric_store::MIN_SIDECAR_BYTES;
use super::run_data::RunData;
use super::sidecar;
use super::tail::read_on;
use store::task::{Run, TaskDir};
use store::{Error, Result};

/// Journals of so few bytes are folded whole without a look at the settings: most are.
const SMALL_BYTES: u64 = 4096;
/// Of a thinned-out curve at least so many points stay.
const MIN_POINTS: usize = 100;

/// The content of a journal, in bounded memory.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    record: Map<String, Value>,
    track: Map<String, Value>,
    metrics: BTreeMap<String, Aggregate>,
    /// Whether the curves are thinned out.
    is_thinned: bool,
    /// The part of its work that the run last said is done.
    progress: Option<f64>,
}

/// Whether the run is at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// Somebody looks at it.
    Meanwhile,
    /// Nobody writes any more: of a long journal the overview is kept beside it.
    AtEnd,
}

/// Reads the journal of a run from end to end, once. Its curves stay whole while they have at most `limit`
/// points together, else each keeps its share of them.
fn fold(dir: &TaskDir, run_index: u32, limit: usize, when: When) -> Result<Option<Folded>> {
    let path = dir.journal(run_index);
    let mut data = RunData::new(false);
    let mut values: Vec<Vec<Value>> = Vec::new();
    let mut count = 0_usize;
    let is_there = read_on(&path, &mut data, true, |key, raw| {
        count += 1;
        if count > limit {
            values = Vec::new();
            return;
        }
        while values.len() <= key {
            values.push(Vec::new());
        }
        // As it stands there: whole numbers stay whole, to the last digit.
        values[key].push(serde_json::from_slice(raw).unwrap_or_default());
    })?;
    if !is_there {
        return Ok(None);
    }
    let is_thinned = count > limit;
    let track = if is_thinned {
        let share = (limit / data.keys.len().max(1)).max(MIN_POINTS);
        data.keys.iter().map(|key| (key.name.to_string(), thinned(key, share))).collect()
    } else {
        let lists = data.keys.iter().zip(values);
        lists.map(|(key, values)| (key.name.to_string(), Value::Array(values))).collect()
    };
    if when == When::AtEnd
        && data.cursor >= MIN_SIDECAR_BYTES
        && let Err(error) = sidecar::write(&dir.overview(run_index), data.cursor, &data)
    {
        tracing::debug!(%error, "the overview of a run is not kept");
    }
    Ok(Some(Folded {
        track,
        is_thinned,
        metrics: data.aggregates(),
        progress: data.progress.and_then(|progress| progress.fraction()),
        record: data.record,
    }))
}

/// What a run has reported up to now; nothing where it has no journal. Takes bounded memory, however long the
/// journal is.
///
/// # Errors
/// When the journal exists but cannot be read.
pub fn fold_so_far(dir: &TaskDir, run_index: u32) -> Result<Option<Folded>> {
    fold_as_set(dir, run_index, When::Meanwhile)
}

/// What a run that has ended leaves.
///
/// # Errors
/// When the journal exists but cannot be read.
pub fn fold_at_end(dir: &TaskDir, run_index: u32) -> Result<Option<Folded>> {
    fold_as_set(dir, run_index, When::AtEnd)
}

/// With the limit of the project's settings.
fn fold_as_set(dir: &TaskDir, run_index: u32, when: When) -> Result<Option<Folded>> {
    let path = dir.journal(run_index);
    let bytes = match fs::metadata(&path) {
        Ok(meta) => meta.len(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io("reading the journal", &path)(error)),
    };
    let limit = match bytes {
        0..=SMALL_BYTES => Settings::default().max_folded_points,
        _ => store::settings::read_settings(pyruns_dir(dir.path())).max_folded_points,
    };
    fold(dir, run_index, usize::try_from(limit).unwrap_or(usize::MAX), when)
}

/// `_pyruns_` of `_pyruns_/<workspace>/tasks/<task>`.
fn pyruns_dir(task: &Path) -> &Path {
    task.ancestors().nth(3).unwrap_or(task)
}

impl Folded {
    /// Puts it into the run. What the run has of other keys stays; folding twice changes nothing.
    pub fn put_into(self, run: &mut Run, journal: &str) {
        run.record.extend(self.record);
        run.track.extend(self.track);
        run.metrics.extend(self.metrics);
        run.thinned_from = if self.is_thinned { journal.to_owned() } else { String::new() };
    }

    /// The part of its work that the run last said is done, 0 to 1.
    #[must_use]
    pub fn progress(&self) -> Option<f64> {
        self.progress
    }
}

/// The values of a curve's most telling points, at most `limit` of them.
fn thinned(key: &super::run_data::KeyData, limit: usize) -> Value {
    let points = key.overview.points();
    #[expect(clippy::cast_precision_loss, reason = "2^53 points do not fit any disk")]
    let x: Vec<f64> = points.iter().map(|point| point.index as f64).collect();
    let y: Vec<f64> = points.iter().map(|point| point.y).collect();
    let ends = (x.first().copied().unwrap_or(0.0), x.last().copied().unwrap_or(1.0));
    let kept = common::downsample::m4(&x, &y, ends, limit);
    Value::Array(kept.into_iter().map(|at| float::to_json(y[at])).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn folded(text: &str, limit: usize) -> (Run, tempfile::TempDir) {
        let temp = tempfile::tempdir().unwrap();
        let dir = TaskDir::new(temp.path().to_owned());
        fs::create_dir(dir.run_logs()).unwrap();
        fs::write(dir.journal(1), text).unwrap();
        let mut run = Run::default();
        let fold =
            |run: &mut Run| fold(&dir, 1, limit, When::AtEnd).unwrap().unwrap().put_into(run, "j");
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
    fn long_curves_keep_their_share_and_name_their_journal() {
        let line = |n: u32| format!("{{\"t\":{n},\"track\":{{\"a\":{n},\"b\":{}}}}}\n", n % 5);
        let (run, temp) = folded(&(0..40_000).map(line).collect::<String>(), 1000);
        assert_eq!(run.thinned_from, "j");
        for (key, top) in [("a", 39_999.0), ("b", 4.0)] {
            let values = run.track[key].as_array().unwrap();
            assert!(values.len() <= 500 && values.len() > 200, "{}", values.len());
            assert_eq!((run.metrics[key].count, run.metrics[key].max), (40_000, Some(top)));
        }
        assert_eq!(run.track["a"][0], json!(0.0));
        assert!(temp.path().join("run_logs/run1.overview").is_file());
    }

    #[test]
    fn no_journal_is_no_error() {
        let dir = TaskDir::new("/nonexistent".into());
        assert!(fold_so_far(&dir, 1).unwrap().is_none());
        assert!(fold_at_end(&dir, 1).unwrap().is_none());
    }
}
