//! The data of a board of charts: curves, grouped by metric key and by key prefix.

use std::sync::Arc;

use crate::js::chart::Curve;

/// A shared value that is compared by pointer: comparing two boards point by point
/// would cost more than drawing them.
#[derive(Debug)]
pub struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    /// Wraps a value.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> std::ops::Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Default> Default for Shared<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

/// One curve of one run, or of a group of runs.
#[derive(Debug, Clone, PartialEq)]
pub struct RunCurve {
    /// Identifier of the run or group, the same in all charts, so that hovering highlights it in all of them.
    pub run: Arc<str>,
    /// The key given to `track()`.
    pub key: Arc<str>,
    /// The points.
    pub curve: Curve,
}

/// The curves of one key.
#[derive(Debug, Clone, Default)]
pub struct KeyCurves {
    /// Identifiers of the runs, in the order of `curves`.
    pub runs: Vec<Arc<str>>,
    /// The curves.
    pub curves: Vec<Curve>,
}

/// All curves, by key.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// Keys in display order, with their curves.
    pub keys: Vec<(String, Shared<KeyCurves>)>,
    /// The runs that have a curve: run, name, colour.
    pub runs: Vec<(Arc<str>, String, String)>,
}

impl Board {
    /// Groups curves by key, in the order of the first occurrence of each key.
    #[must_use]
    pub fn new(lines: Vec<RunCurve>) -> Self {
        let mut keys: Vec<(String, KeyCurves)> = Vec::new();
        let mut runs: Vec<(Arc<str>, String, String)> = Vec::new();
        let mut positions = std::collections::HashMap::<Arc<str>, usize>::new();
        let mut known = std::collections::HashSet::<Arc<str>>::new();
        for RunCurve { run, key, curve } in lines {
            if known.insert(run.clone()) {
                runs.push((run.clone(), curve.name.clone(), curve.colour.clone()));
            }
            let at = *positions.entry(key.clone()).or_insert_with(|| {
                keys.push((key.to_string(), KeyCurves::default()));
                keys.len() - 1
            });
            keys[at].1.runs.push(run);
            keys[at].1.curves.push(curve);
        }
        let keys = keys.into_iter().map(|(key, lines)| (key, Shared::new(lines))).collect();
        Self { keys, runs }
    }

    /// The keys that contain all words of `filter`, grouped by prefix: `train/loss` is listed under `train`. Keys
    /// without a prefix, and single keys of a prefix, are listed under the empty prefix: a section of one chart
    /// adds nothing. System metrics (`sys`, `time`) come last.
    #[must_use]
    pub fn sections(&self, filter: &str) -> Vec<(String, Vec<String>)> {
        let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
        let mut sections: Vec<(String, Vec<String>)> = Vec::new();
        let prefix_of = |key: &str| key.split_once('/').map(|(prefix, _)| prefix.to_owned());
        let is_alone = |prefix: &str| {
            let same =
                self.keys.iter().filter(|(key, _)| prefix_of(key).as_deref() == Some(prefix));
            same.count() < 2 && !is_machine(prefix)
        };
        for (key, _) in &self.keys {
            let lower = key.to_lowercase();
            if !words.iter().all(|word| lower.contains(word.as_str())) {
                continue;
            }
            let prefix = prefix_of(key).filter(|prefix| !is_alone(prefix)).unwrap_or_default();
            match sections.iter_mut().find(|(known, _)| *known == prefix) {
                Some((_, keys)) => keys.push(key.clone()),
                None => sections.push((prefix, vec![key.clone()])),
            }
        }
        sections.sort_by_key(|(prefix, _)| (is_machine(prefix), !prefix.is_empty()));
        sections
    }

    /// The curves of a key.
    #[must_use]
    pub fn curves(&self, key: &str) -> Shared<KeyCurves> {
        let found = self.keys.iter().find(|(known, _)| known == key);
        found.map(|(_, lines)| lines.clone()).unwrap_or_default()
    }
}

/// Whether a prefix holds system metrics, which Pyruns records and not the script.
#[must_use]
pub fn is_machine(prefix: &str) -> bool {
    matches!(prefix, "sys" | "time")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(run: &str, key: &str) -> RunCurve {
        let curve = Curve { name: run.to_owned(), ..Curve::default() };
        RunCurve { run: run.into(), key: key.into(), curve }
    }

    #[test]
    fn keys_are_grouped_by_prefix_and_the_machine_comes_last() {
        let board = Board::new(vec![
            line("a", "sys/cpu"),
            line("a", "val/loss"),
            line("a", "loss"),
            line("b", "loss"),
            line("a", "val/acc"),
            line("a", "train/loss"),
        ]);
        let sections = board.sections("");
        let names: Vec<&str> = sections.iter().map(|(prefix, _)| prefix.as_str()).collect();
        assert_eq!(names, ["", "val", "sys"]);
        assert_eq!(sections[0].1, ["loss", "train/loss"], "one chart is no section");
        assert_eq!(sections[1].1, ["val/loss", "val/acc"]);
        assert_eq!(board.curves("loss").curves.len(), 2);
        assert_eq!(board.runs.len(), 2);
        assert!(board.curves("nothing").curves.is_empty());
    }

    #[test]
    fn a_filter_matches_all_its_words() {
        let board = Board::new(vec![line("a", "val/loss"), line("a", "val/f1"), line("a", "loss")]);
        assert_eq!(board.sections("LOSS val"), [("val".to_owned(), vec!["val/loss".to_owned()])]);
        assert!(board.sections("acc").is_empty());
    }
}
