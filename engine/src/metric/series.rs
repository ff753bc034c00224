//! Curves of a task, ready to be drawn.

use std::fs;

use common::metric::{Series, TaskMetrics};
use serde_json::Value;

use crate::engine::{Engine, Pick};
use crate::task::{Run, TaskDir};
use crate::{Result, task};

/// The most points that one series may have in one answer.
const MAX_POINTS: u32 = 20_000;

impl Engine {
    /// Every track of every run of a task, each downsampled to at most `max_points` points.
    ///
    /// # Errors
    /// When there is no such task, or its files cannot be read.
    pub fn metrics(&self, pick: &Pick, name: &str, max_points: u32) -> Result<TaskMetrics> {
        let workspace = self.pick(pick)?;
        let entry = workspace.find(name)?;
        let (mut info, _) = task::store::read(&entry.dir)?;
        let mut series = Vec::new();
        for (slot, run) in info.runs.iter_mut().enumerate() {
            let run_index = u32::try_from(slot + 1).unwrap_or(u32::MAX);
            merge_if_open(&entry.dir, run_index, run)?;
            let points = max_points.clamp(2, MAX_POINTS) as usize;
            series
                .extend(run.track.iter().map(|(key, value)| curve(run_index, key, value, points)));
        }
        series.sort_by(|a, b| (&a.key, a.run_index).cmp(&(&b.key, b.run_index)));
        Ok(TaskMetrics { task_name: entry.dir.name(), series })
    }
}

/// A run without a finish time may have points that only its journal holds yet.
fn merge_if_open(dir: &TaskDir, run_index: u32, run: &mut Run) -> Result<()> {
    let journal = dir.journal(run_index);
    if run.finish_time.is_empty() && fs::exists(&journal).unwrap_or(false) {
        super::merge_journal(&journal, run)?;
    }
    Ok(())
}

fn curve(run_index: u32, key: &str, value: &Value, max_points: usize) -> Series {
    let values: Vec<f64> = match value {
        Value::Array(values) => values.iter().map(number).collect(),
        single => vec![number(single)],
    };
    #[expect(clippy::cast_precision_loss, reason = "2^53 points do not fit any memory")]
    let places: Vec<f64> = (0..values.len()).map(|place| place as f64).collect();
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let (x, y) = common::downsample::min_max(&places, &values, max_points);
    Series {
        run_index,
        key: key.to_owned(),
        point_count: values.len() as u64,
        x,
        y: y.into_iter().map(|value| value.is_finite().then_some(value)).collect(),
        last: finite().next_back(),
        min: finite().reduce(f64::min),
        max: finite().reduce(f64::max),
    }
}

fn number(value: &Value) -> f64 {
    match value {
        Value::Number(number) => number.as_f64().unwrap_or(f64::NAN),
        Value::Bool(flag) => f64::from(u8::from(*flag)),
        Value::String(text) if text == "Infinity" => f64::INFINITY,
        Value::String(text) if text == "-Infinity" => f64::NEG_INFINITY,
        _ => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_curve_keeps_gaps_and_knows_its_extremes() {
        let series = curve(2, "loss", &json!([3, "NaN", 1.5, "Infinity"]), 100);
        assert_eq!(series.y, [Some(3.0), None, Some(1.5), None]);
        assert_eq!((series.last, series.min, series.max), (Some(1.5), Some(1.5), Some(3.0)));
        assert_eq!((series.point_count, series.run_index), (4, 2));
    }
}
