//! The values of one parameter of a grid.

use serde_yaml::Value;

use super::random::Stream;
use super::range::Range;
use super::sample::Source;

/// The sequence of values of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Values {
    /// Listed explicitly.
    List(Vec<Value>),
    /// Computed.
    Range(Range),
    /// Drawn at random.
    Drawn(Drawn),
}

/// Random values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Drawn {
    pub(super) source: Source,
    pub(super) stream: Stream,
    pub(super) len: u64,
}

impl Values {
    pub(super) fn len(&self) -> u64 {
        match self {
            Self::List(list) => list.len() as u64,
            Self::Range(range) => range.len(),
            Self::Drawn(drawn) => drawn.len,
        }
    }

    pub(super) fn get(&self, index: u64) -> Value {
        match self {
            Self::List(list) => {
                let at = usize::try_from(index).ok();
                at.and_then(|at| list.get(at)).cloned().unwrap_or_default()
            }
            Self::Range(range) => range.get(index),
            Self::Drawn(drawn) => drawn.source.draw(drawn.stream, index),
        }
    }

    /// Values that contain every type that occurs.
    pub(super) fn samples(&self) -> Vec<Value> {
        match self {
            Self::List(list) => list.clone(),
            Self::Drawn(Drawn { source: Source::Choice(list), .. }) => list.clone(),
            Self::Range(_) | Self::Drawn(_) => vec![self.get(0)],
        }
    }
}
