//! One field of a form, while it is typed in.

use serde_yaml::Value;

use super::axis::AxisKind;
use super::error::BatchError;
use super::expr::{self, Expr};
use super::preview::shown;
use super::random::Stream;
use super::values::{Drawn, Values};

/// How many values are shown.
const SHOWN: u64 = 8;

/// What the text of one field stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// How many values; 1 for a plain one, and for a sample that leaves its count to others.
    pub count: u64,
    /// How its values go together with those of other fields; nothing for a plain value.
    pub kind: Option<AxisKind>,
    /// The first values, and the last one where there are more.
    pub preview: Vec<String>,
}

/// Reads the text of one field. `hint` is the value in the template.
///
/// # Errors
/// When the text is batch syntax that makes no sense; the error names the column, and no key.
pub fn cell(text: &str, hint: Option<&Value>) -> Result<Cell, BatchError> {
    let (values, kind) = match expr::parse(text, hint)? {
        Expr::Literal(value) => (Values::List(vec![value]), None),
        Expr::Product(list) => (Values::List(list), Some(AxisKind::Product)),
        Expr::Range(range) => (Values::Range(range), Some(AxisKind::Product)),
        Expr::Zip(list) => (Values::List(list), Some(AxisKind::Zip)),
        Expr::Sample(sample) => {
            let stream = Stream::new(sample.seed.unwrap_or(0), "");
            let len = sample.count.unwrap_or(1);
            let drawn = Drawn { source: sample.source, stream, len };
            (Values::Drawn(drawn), Some(AxisKind::Sample))
        }
    };
    let count = values.len();
    let mut preview: Vec<String> = (0..count.min(SHOWN)).map(|at| shown(&values.get(at))).collect();
    if count > SHOWN {
        preview.push("…".to_owned());
        preview.push(shown(&values.get(count - 1)));
    }
    Ok(Cell { count, kind, preview })
}

impl Cell {
    /// Whether the text is batch syntax.
    #[must_use]
    pub fn is_batch(&self) -> bool {
        self.kind.is_some()
    }
}
