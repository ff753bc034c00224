//! What a curve is drawn over.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The x of a point. On the wire one of the texts `step`, `index`, `time`, `elapsed`, `key:epoch`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum XAxis {
    /// The `step` given to `track()`; the index where none was given.
    #[default]
    Step,
    /// The place of the point among those of its key, from 0.
    Index,
    /// When it was reported, seconds since 1970.
    Time,
    /// The same, since the run's start, seconds.
    Elapsed,
    /// What the same call reported under another key. Calls without it have no point.
    Key(String),
}

impl XAxis {
    /// Reads the text; what is none of the words is a key.
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
