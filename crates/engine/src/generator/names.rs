//! Names of the tasks of a batch: `prefix`, or `prefix_1-of-4` … `prefix_4-of-4`, or a pattern with parameter values.

use common::TaskName;
use common::batch::{Grid, NamePattern};
use serde_yaml::Mapping;

use store::{Error, Result, clock};

/// The common prefix of the names: trimmed, `task` if blank, with a timestamp if requested.
pub(super) fn base(prefix: &str, append_timestamp: bool) -> String {
    let prefix = match prefix.trim() {
        "" => "task",
        prefix => prefix,
    };
    if append_timestamp { format!("{prefix}_{}", clock::local_stamp()) } else { prefix.to_owned() }
}

/// The naming scheme of a batch.
pub(super) struct Names<'a> {
    base: &'a str,
    pattern: Option<NamePattern>,
    count: u64,
}

impl<'a> Names<'a> {
    /// Names with the prefix `base`; if `pattern_of` is given, `base` is a pattern for the values of that grid.
    ///
    /// # Errors
    /// If the pattern names a parameter that the grid does not have.
    pub(super) fn new(base: &'a str, pattern_of: Option<&Grid>, count: u64) -> Result<Self> {
        let pattern = pattern_of
            .map(|grid| NamePattern::parse(base, grid))
            .transpose()
            .map_err(|error| Error::invalid(format!("name_pattern: {error}")))?;
        Ok(Self { base, pattern, count })
    }

    /// The name of a task, by its position from 1.
    ///
    /// # Errors
    /// If it is not a valid folder name.
    pub(super) fn name(&self, position: u64, config: &Mapping) -> Result<TaskName> {
        let text = match &self.pattern {
            Some(pattern) => pattern.name(config, position, self.count),
            None if self.count == 1 => self.base.to_owned(),
            None => format!("{}_{position}-of-{}", self.base, self.count),
        };
        Ok(TaskName::new(&text)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(base: &str, position: u64, count: u64) -> Result<TaskName> {
        Names::new(base, None, count)?.name(position, &Mapping::new())
    }

    #[test]
    fn names_follow_the_contract() {
        assert_eq!(base("  ", false), "task");
        assert_eq!(base(" sweep ", false), "sweep");
        assert_eq!(base("a", true).len(), "a_2026-11-23_11-16-57".len());
        assert_eq!(name("a", 1, 1).unwrap().as_str(), "a");
        assert_eq!(name("a", 2, 4).unwrap().as_str(), "a_2-of-4");
        assert_eq!(name("{a}", 2, 4).unwrap().as_str(), "{a}_2-of-4");
        assert!(name("a/b", 1, 1).is_err());
    }

    #[test]
    fn a_pattern_is_made_of_values() {
        let grid = Grid::parse(&common::yaml::parse_mapping("a: 1 | 2").unwrap(), None).unwrap();
        let names = Names::new("a{a}", Some(&grid), 2).unwrap();
        assert_eq!(names.name(2, &grid.nth(1).unwrap()).unwrap().as_str(), "a2");
        let error = Names::new("{x}", Some(&grid), 2).err().unwrap().to_string();
        assert!(error.starts_with("name_pattern: the name asks for {x}"), "{error}");
    }
}
