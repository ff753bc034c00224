//! The x axis of a curve.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The x of a point. Serialized as `step`, `index`, `time`, `elapsed` or `key:epoch`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum XAxis {
    /// The `step` passed to `track()`; the index if none was passed.
    #[default]
    Step,
    /// The index of the point among those of its key, from 0.
    Index,
    /// The time when it was reported, seconds since 1970.
    Time,
    /// The time since the run's start, in seconds.
    Elapsed,
    /// The value of another key in the same call. Calls without it yield no point.
    Key(String),
}

impl XAxis {
    /// Parses the text; any other text is a key.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text.trim() {
            "" | "step" => Self::Step,
            "index" => Self::Index,
            "time" => Self::Time,
            "elapsed" => Self::Elapsed,
            key => Self::Key(key.strip_prefix("key:").unwrap_or(key).to_owned()),
        }
    }
}

impl From<String> for XAxis {
    fn from(text: String) -> Self {
        Self::parse(&text)
    }
}

impl From<XAxis> for String {
    fn from(axis: XAxis) -> Self {
        axis.to_string()
    }
}

impl fmt::Display for XAxis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step => f.write_str("step"),
            Self::Index => f.write_str("index"),
            Self::Time => f.write_str("time"),
            Self::Elapsed => f.write_str("elapsed"),
            Self::Key(key) => write!(f, "key:{key}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_back() {
        for text in ["step", "index", "time", "elapsed", "key:epoch", "key:step"] {
            assert_eq!(XAxis::parse(text).to_string(), text);
        }
        assert_eq!(XAxis::parse("train/epoch"), XAxis::Key("train/epoch".into()));
    }
}
