//! The values of one parameter of a grid.

use serde_yaml::Value;

use super::expr::Expr;
use super::range::Range;

/// What a parameter takes in turn.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Values {
    /// Written one by one.
    List(Vec<Value>),
    /// Computed.
    Range(Range),
}

impl Values {
    /// The values of an expression, and whether it is a zip; nothing for a literal.
    pub(super) fn of(expr: Expr) -> Result<(Self, bool), Value> {
        match expr {
            Expr::Literal(value) => Err(value),
            Expr::Product(list) => Ok((Self::List(list), false)),
            Expr::Zip(list) => Ok((Self::List(list), true)),
            Expr::Range(range) => Ok((Self::Range(range), false)),
        }
    }

    pub(super) fn len(&self) -> u64 {
        match self {
            Self::List(list) => list.len() as u64,
            Self::Range(range) => range.len(),
        }
    }

    pub(super) fn get(&self, place: u64) -> Value {
        match self {
            Self::List(list) => {
                let at = usize::try_from(place).ok();
                at.and_then(|at| list.get(at)).cloned().unwrap_or_default()
            }
            Self::Range(range) => range.get(place),
        }
    }

    /// Values among which every type that occurs is found.
    pub(super) fn samples(&self) -> impl Iterator<Item = Value> + '_ {
        let count = match self {
            Self::List(list) => list.len() as u64,
            Self::Range(_) => 1,
        };
        (0..count).map(|place| self.get(place))
    }
}
