//! Names of a batch: `prefix`, or `prefix_1-of-4` … `prefix_4-of-4`.

use common::TaskName;

use crate::{Result, clock};

/// The beginning of all names of a batch: trimmed, `task` when blank, with a timestamp if wanted.
pub(super) fn base(prefix: &str, append_timestamp: bool) -> String {
    let prefix = match prefix.trim() {
        "" => "task",
        prefix => prefix,
    };
    if append_timestamp { format!("{prefix}_{}", clock::local_stamp()) } else { prefix.to_owned() }
}

/// The name of one task of a batch, `place` from 1.
///
/// # Errors
/// When it could not be a folder's name.
pub(super) fn name(base: &str, place: u64, count: u64) -> Result<TaskName> {
    let text = if count == 1 { base.to_owned() } else { format!("{base}_{place}-of-{count}") };
    Ok(TaskName::new(&text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_contract() {
        assert_eq!(base("  ", false), "task");
        assert_eq!(base(" sweep ", false), "sweep");
        assert_eq!(base("a", true).len(), "a_2026-11-23_11-16-57".len());
        assert_eq!(name("a", 1, 1).unwrap().as_str(), "a");
        assert_eq!(name("a", 2, 4).unwrap().as_str(), "a_2-of-4");
        assert!(name("a/b", 1, 1).is_err());
    }
}
