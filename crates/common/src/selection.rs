//! The tasks that a command line or a request selects.

use crate::{BatchName, NameError, TaskName};

/// One selector of tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskSelector {
    /// A task by its name.
    Name(TaskName),
    /// All tasks whose names match a pattern with `*`, `?` and `[…]`.
    Glob(String),
    /// All tasks of a batch: `@sweep`.
    Batch(BatchName),
}

impl TaskSelector {
    /// Parses a selector. A text with `*`, `?` or `[` is a pattern, one with a leading `@` a batch.
    ///
    /// # Errors
    /// If it is neither a pattern nor a valid name.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        if let Some(batch) = text.strip_prefix('@') {
            return BatchName::new(batch).map(Self::Batch);
        }
        if text.contains(['*', '?', '[']) {
            return Ok(Self::Glob(text.to_owned()));
        }
        TaskName::of_folder(text).map(Self::Name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selector_is_a_name_a_pattern_or_a_batch() {
        let name = |text: &str| TaskName::of_folder(text).unwrap();
        assert_eq!(TaskSelector::parse("a_1-of-4"), Ok(TaskSelector::Name(name("a_1-of-4"))));
        assert_eq!(TaskSelector::parse("a_*"), Ok(TaskSelector::Glob("a_*".to_owned())));
        let batch = BatchName::new("a").unwrap();
        assert_eq!(TaskSelector::parse("@a"), Ok(TaskSelector::Batch(batch)));
        for text in ["", "@", "../x", ".x", "@a/b"] {
            assert!(TaskSelector::parse(text).is_err(), "{text:?}");
        }
    }
}
