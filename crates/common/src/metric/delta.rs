//! New points in a run's journal, for clients that follow it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{RunSeries, XAxis, float};

/// New calls of `track()`, in `metrics_changed` of `WS /api/events`.
///
/// A client whose series of the run end at `from` appends the calls and is then at `cursor`; any other client
/// requests the series again.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct MetricsDelta {
    /// Which bytes of the journal these calls are: from here
    pub from: u64,
    /// to here.
    pub cursor: u64,
    /// Oldest first.
    pub calls: Vec<Call>,
}

/// One call of `track()`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Call {
    /// When, seconds since 1970.
    pub t: f64,
    /// The step given with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<f64>,
    /// Key → value; numbers, or the texts for those that are not finite.
    pub track: Map<String, Value>,
}

impl Call {
    /// The value of a key.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<f64> {
        self.track.get(key).and_then(float::from_json)
    }
}

impl RunSeries {
    /// Appends the point of this key in a call. `start_s` is the run's start. Returns whether there
    /// was one.
    pub fn append(&mut self, call: &Call, x: &XAxis, start_s: f64) -> bool {
        let Some(y) = call.value(&self.key) else {
            return false;
        };
        #[expect(clippy::cast_precision_loss, reason = "2^53 points do not fit any disk")]
        let index = self.aggregate.count as f64;
        let x = match x {
            XAxis::Step => Some(call.step.unwrap_or(index)),
            XAxis::Index => Some(index),
            XAxis::Time => Some(call.t),
            XAxis::Elapsed => Some(call.t - start_s),
            XAxis::Key(key) => call.value(key),
        };
        self.aggregate.push(y);
        if let Some(x) = x.filter(|x| x.is_finite()) {
            self.x.push(x);
            self.y.push(y);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn calls_extend_the_series_of_their_keys() {
        let call = |t: f64, step: Option<f64>, track: Value| Call {
            t,
            step,
            track: track.as_object().cloned().unwrap_or_default(),
        };
        let calls = [
            call(10.0, Some(5.0), json!({"loss": 1.0, "epoch": 1})),
            call(11.0, None, json!({"acc": 0.5})),
            call(12.0, Some(6.0), json!({"loss": "NaN", "epoch": 2})),
        ];
        for (axis, want) in [("step", [5.0, 6.0]), ("elapsed", [1.0, 3.0]), ("epoch", [1.0, 2.0])] {
            let mut series = RunSeries { key: "loss".into(), ..RunSeries::default() };
            let reported =
                calls.iter().filter(|call| series.append(call, &XAxis::parse(axis), 9.0));
            assert_eq!(reported.count(), 2);
            assert_eq!(series.x, want);
            assert!(series.y[1].is_nan() && series.aggregate.nan_count == 1);
        }
    }
}
