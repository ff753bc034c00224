//! Statistics of a curve.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::float;

/// Statistics of all values that a run reported under a key, updated incrementally.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Aggregate {
    /// How many values there are, those that are not finite too.
    pub count: u64,
    /// The last value. In JSON, one that is not finite is the text `NaN`, `Infinity` or `-Infinity`.
    #[serde(with = "float::option")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<float::Number>))]
    pub last: Option<f64>,
    /// The smallest finite value.
    pub min: Option<f64>,
    /// The largest finite value.
    pub max: Option<f64>,
    /// The mean of the finite values.
    pub mean: Option<f64>,
    /// How many values are NaN.
    #[serde(skip_serializing_if = "is_zero")]
    pub nan_count: u64,
    /// How many are infinite.
    #[serde(skip_serializing_if = "is_zero")]
    pub inf_count: u64,
    /// The statistic declared for the key with `pyruns.summary()`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<Goal>,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for it; a pointer is smaller on wasm32"
)]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// The statistic that represents a curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// The smallest: a loss.
    Min,
    /// The largest: an accuracy.
    Max,
    /// The last.
    Last,
    /// The mean.
    Mean,
    /// None: the key is not a result.
    None,
}

/// A statistic of a curve, as named by columns: `metrics.loss.min`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statistic {
    /// The one selected by the goal; the last value if there is no goal.
    Best,
    /// The last value, which may be NaN or infinite.
    Last,
    /// The smallest.
    Min,
    /// The largest.
    Max,
    /// The mean of the finite values.
    Mean,
    /// The number of values.
    Count,
}

/// Values are equal if they compare equal or are both NaN: used to detect changed statistics.
impl PartialEq for Aggregate {
    fn eq(&self, other: &Self) -> bool {
        let key = |all: &Self| {
            let last = all.last.filter(|last| !last.is_nan());
            let counts = (all.count, all.nan_count, all.inf_count);
            (counts, (last, all.last.is_some()), (all.min, all.max, all.mean), all.goal)
        };
        key(self) == key(other)
    }
}

impl Aggregate {
    /// Whether some values are NaN or infinite.
    #[must_use]
    pub fn has_gaps(&self) -> bool {
        self.nan_count + self.inf_count > 0
    }

    /// Adds a value.
    pub fn push(&mut self, value: f64) {
        self.count += 1;
        self.last = Some(value);
        if value.is_nan() {
            self.nan_count += 1;
            return;
        }
        if value.is_infinite() {
            self.inf_count += 1;
            return;
        }
        self.min = Some(self.min.map_or(value, |min| min.min(value)));
        self.max = Some(self.max.map_or(value, |max| max.max(value)));
        #[expect(clippy::cast_precision_loss, reason = "2^53 points do not fit any disk")]
        let finite = (self.count - self.nan_count - self.inf_count) as f64;
        // Welford's method: no sum that grows without bound.
        self.mean = Some(self.mean.map_or(value, |mean| mean + (value - mean) / finite));
    }

    /// The statistics of a list.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut all = Self::default();
        values.into_iter().for_each(|value| all.push(value));
        all
    }

    /// One statistic. `key` determines the goal if the script declared none.
    #[must_use]
    pub fn get(&self, statistic: Statistic, key: &str) -> Option<f64> {
        match statistic {
            Statistic::Last => self.last,
            Statistic::Min => self.min,
            Statistic::Max => self.max,
            Statistic::Mean => self.mean,
            #[expect(clippy::cast_precision_loss, reason = "2^53 points do not fit any disk")]
            Statistic::Count => Some(self.count as f64),
            Statistic::Best => match self.goal.or_else(|| Goal::guess(key)) {
                Some(Goal::Min) => self.min,
                Some(Goal::Max) => self.max,
                Some(Goal::Mean) => self.mean,
                Some(Goal::Last | Goal::None) | None => self.last,
            },
        }
    }
}

impl Goal {
    /// Parses the argument of `pyruns.summary()`: `min`, `max`, `best(min)`, `best(max)`, `last`,
    /// `mean`, `none`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.trim() {
            "min" | "best(min)" => Self::Min,
            "max" | "best(max)" => Self::Max,
            "last" => Self::Last,
            "mean" => Self::Mean,
            "none" => Self::None,
            _ => return None,
        })
    }

    /// Guesses the goal from the name of a key: a loss should be small, an accuracy large.
    ///
    /// Only complete words of the name count (`train/loss`, `val_acc`, `top1Error`).
    #[must_use]
    pub fn guess(key: &str) -> Option<Self> {
        const SMALL: [&str; 17] = [
            "loss",
            "losses",
            "error",
            "err",
            "perplexity",
            "ppl",
            "mse",
            "rmse",
            "mae",
            "nll",
            "cost",
            "wer",
            "cer",
            "fid",
            "regret",
            "latency",
            "bpc",
        ];
        const LARGE: [&str; 18] = [
            "acc",
            "accuracy",
            "f1",
            "auc",
            "auroc",
            "precision",
            "recall",
            "map",
            "iou",
            "bleu",
            "rouge",
            "reward",
            "return",
            "score",
            "psnr",
            "ssim",
            "r2",
            "throughput",
        ];
        let words = words(key);
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        match (has(&SMALL), has(&LARGE)) {
            (true, false) => Some(Self::Min),
            (false, true) => Some(Self::Max),
            _ => None,
        }
    }

    /// Whether a value is better than another, if the goal is a direction.
    #[must_use]
    pub fn prefers(self, value: f64, other: f64) -> bool {
        match self {
            Self::Min => value < other,
            Self::Max => value > other,
            Self::Last | Self::Mean | Self::None => false,
        }
    }
}

/// The words of a name in lower case, split at characters other than letters and digits, and before
/// capitals.
fn words(key: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for c in key.chars() {
        let starts = c.is_uppercase() && after_small;
        if (!c.is_alphanumeric() || starts) && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
        after_small = c.is_lowercase() || c.is_numeric();
    }
    words
}

impl Statistic {
    /// All statistics, in display order.
    pub const ALL: [Self; 6] =
        [Self::Best, Self::Last, Self::Min, Self::Max, Self::Mean, Self::Count];

    /// The suffix in a column's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Last => "last",
            Self::Min => "min",
            Self::Max => "max",
            Self::Mean => "mean",
            Self::Count => "count",
        }
    }

    /// Parses the suffix.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|statistic| statistic.as_str() == text)
    }
}

impl fmt::Display for Statistic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn non_finite_values_are_counted_separately() {
        let all = Aggregate::of([3.0, f64::NAN, 1.0, f64::INFINITY, 2.0, f64::NEG_INFINITY]);
        assert_eq!((all.count, all.nan_count, all.inf_count), (6, 1, 2));
        assert_eq!((all.last, all.min, all.max), (Some(f64::NEG_INFINITY), Some(1.0), Some(3.0)));
        assert_eq!(all.mean, Some(2.0));
        assert_eq!(Aggregate::of([f64::NAN]).get(Statistic::Best, "loss"), None);
    }

    #[test]
    fn the_last_value_may_be_nan() {
        let all = Aggregate::of([0.5, 0.0476, f64::NAN, f64::NAN]);
        assert!(all.get(Statistic::Last, "loss").unwrap().is_nan());
        assert!(all.get(Statistic::Best, "lr").unwrap().is_nan());
        assert_eq!(all.get(Statistic::Best, "loss"), Some(0.0476));
        assert_eq!(all, all);
        assert_ne!(all, Aggregate::of([0.5, 0.0476, f64::NAN, 1.0]));
        let text = serde_json::to_string(&all).unwrap();
        assert!(text.contains(r#""last":"NaN""#) && text.contains(r#""nan_count":2"#), "{text}");
        assert_eq!(serde_json::from_str::<Aggregate>(&text).unwrap(), all);
        // Written by a version without a non-finite `last`, and without a value.
        let older: Aggregate = serde_json::from_str(r#"{"count":1,"last":0.5}"#).unwrap();
        assert_eq!(older.last, Some(0.5));
        assert_eq!(
            serde_json::to_value(Aggregate::default()).unwrap()["last"],
            serde_json::Value::Null
        );
    }

    #[test]
    fn best_follows_the_goal_then_the_name() {
        let values = Aggregate::of([2.0, 1.0, 3.0, 2.5]);
        assert_eq!(values.get(Statistic::Best, "train/loss"), Some(1.0));
        assert_eq!(values.get(Statistic::Best, "valAcc"), Some(3.0));
        assert_eq!(values.get(Statistic::Best, "lr"), Some(2.5));
        let declared = Aggregate { goal: Some(Goal::Max), ..values };
        assert_eq!(declared.get(Statistic::Best, "loss"), Some(3.0));
    }

    #[test]
    fn only_whole_words_determine_a_goal() {
        assert_eq!(Goal::guess("glossary"), None);
        assert_eq!(Goal::guess("top1Error"), Some(Goal::Min));
        assert_eq!(Goal::guess("eval/f1"), Some(Goal::Max));
        assert_eq!(Goal::guess("error_score"), None);
        assert_eq!(Goal::parse("best(max)"), Some(Goal::Max));
    }
}
