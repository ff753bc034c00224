//! The selected tasks and the position of the keyboard cursor.

use std::collections::BTreeSet;

/// The selected tasks, by name; they stay selected on other pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    chosen: BTreeSet<String>,
    /// The start of the range that Shift extends.
    anchor: Option<String>,
}

impl Selection {
    /// A selection of these tasks.
    #[must_use]
    pub fn of(chosen: BTreeSet<String>) -> Self {
        Self { chosen, anchor: None }
    }

    /// Whether a task is selected.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.chosen.contains(name)
    }

    /// Number of selected tasks.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chosen.len()
    }

    /// Selects or deselects a task.
    pub fn toggle(&mut self, name: &str) {
        if !self.chosen.remove(name) {
            self.chosen.insert(name.to_owned());
        }
        self.anchor = Some(name.to_owned());
    }

    /// Selects the range between the last toggled task and this one, as listed in `names`.
    pub fn extend_to(&mut self, names: &[String], name: &str) {
        let position = |wanted: &str| names.iter().position(|other| other == wanted);
        let anchor = self.anchor.as_deref().and_then(position);
        match (anchor, position(name)) {
            (Some(from), Some(to)) => {
                self.chosen.extend(names[from.min(to)..=from.max(to)].iter().cloned());
            }
            _ => self.toggle(name),
        }
    }

    /// Selects all of `names`, or deselects them if all are selected.
    pub fn toggle_all(&mut self, names: &[String]) {
        if self.holds_all(names) {
            names.iter().for_each(|name| {
                self.chosen.remove(name);
            });
        } else {
            self.chosen.extend(names.iter().cloned());
        }
    }

    /// Whether `names` is not empty and all are selected.
    #[must_use]
    pub fn holds_all(&self, names: &[String]) -> bool {
        !names.is_empty() && names.iter().all(|name| self.contains(name))
    }

    /// Deselects all.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Deselects a task that no longer exists.
    pub fn forget(&mut self, name: &str) {
        self.chosen.remove(name);
        if self.anchor.as_deref() == Some(name) {
            self.anchor = None;
        }
    }

    /// The selected names: those of the page in its order, then the others sorted by name.
    #[must_use]
    pub fn in_order(&self, names: &[String]) -> Vec<String> {
        let here = names.iter().filter(|name| self.contains(name)).cloned();
        let others = self.chosen.iter().filter(|name| !names.contains(name)).cloned();
        here.chain(others).collect()
    }
}

/// The new position of the cursor after moving from `current` by `step` in `names`.
#[must_use]
pub fn moved(names: &[String], current: Option<&str>, step: isize) -> Option<String> {
    let position = current.and_then(|name| names.iter().position(|other| other == name));
    let next = match position {
        None if step < 0 => names.len().checked_sub(1)?,
        None => 0,
        Some(at) => at.saturating_add_signed(step).min(names.len().checked_sub(1)?),
    };
    names.get(next).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<String> {
        ["a", "b", "c", "d"].map(str::to_owned).to_vec()
    }

    #[test]
    fn shift_takes_the_range_in_either_direction() {
        let mut selection = Selection::default();
        selection.toggle("c");
        selection.extend_to(&names(), "a");
        assert_eq!(selection.in_order(&names()), ["a", "b", "c"]);
        selection.extend_to(&names(), "d");
        assert_eq!(selection.len(), 4);
    }

    #[test]
    fn shift_without_a_beginning_is_a_plain_choice() {
        let mut selection = Selection::default();
        selection.toggle("elsewhere");
        selection.extend_to(&names(), "b");
        assert_eq!(selection.in_order(&names()), ["b", "elsewhere"]);
    }

    #[test]
    fn all_goes_on_and_off() {
        let mut selection = Selection::default();
        selection.toggle("b");
        selection.toggle_all(&names());
        assert!(selection.holds_all(&names()));
        selection.toggle_all(&names());
        assert_eq!(selection.len(), 0);
        assert!(!selection.holds_all(&[]));
    }

    #[test]
    fn removed_tasks_are_deselected() {
        let mut selection = Selection::default();
        selection.toggle("b");
        selection.forget("b");
        assert_eq!(selection.len(), 0);
        selection.extend_to(&names(), "d");
        assert_eq!(selection.in_order(&names()), ["d"]);
    }

    #[test]
    fn the_cursor_stays_on_the_page() {
        let list = names();
        assert_eq!(moved(&list, None, 1).as_deref(), Some("a"));
        assert_eq!(moved(&list, None, -1).as_deref(), Some("d"));
        assert_eq!(moved(&list, Some("a"), -1).as_deref(), Some("a"));
        assert_eq!(moved(&list, Some("c"), 5).as_deref(), Some("d"));
        assert_eq!(moved(&list, Some("gone"), 1).as_deref(), Some("a"));
        assert_eq!(moved(&[], Some("a"), 1), None);
    }
}
