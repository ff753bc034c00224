//! The rows of the list, whose order can be held while the user is in it.

use std::collections::{HashMap, HashSet};

use common::Task;
use common::page::TaskQuery;

use crate::pages::live_rows::{TaskRow, reconcile};

/// The key of a list: rows are held only while it stays the same.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ListKey {
    pub(super) ws: Option<String>,
    pub(super) query: TaskQuery,
    pub(super) page: u64,
    /// Counts user actions whose effect on the order is to be displayed immediately.
    pub(super) order_version: u64,
}

/// The displayed rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct ListedTasks {
    key: Option<ListKey>,
    pub(super) rows: Vec<TaskRow>,
    /// Number of tasks that were added, removed or moved since the order was held.
    pub(super) changed: usize,
}

impl ListedTasks {
    /// The rows for a response. With `hold` they keep their order, without those in `removed`.
    pub(super) fn after(
        old: Option<&Self>,
        key: ListKey,
        items: &[Task],
        removed: &HashSet<String>,
        hold: bool,
    ) -> Self {
        let known = old.map_or(&[][..], |old| &old.rows);
        let fresh = reconcile(known, items);
        let held = old.filter(|old| hold && old.key.as_ref() == Some(&key));
        let Some(held) = held else {
            return Self { key: Some(key), rows: fresh, changed: 0 };
        };
        let is_there = |row: &&TaskRow| {
            !removed.contains(&row.name) || fresh.iter().any(|it| it.name == row.name)
        };
        let rows: Vec<TaskRow> = held.rows.iter().filter(is_there).cloned().collect();
        let changed = changed(&names(&rows), &names(&fresh));
        Self { key: Some(key), rows: if changed == 0 { fresh } else { rows }, changed }
    }
}

fn names(rows: &[TaskRow]) -> Vec<&str> {
    rows.iter().map(|row| row.name.as_str()).collect()
}

/// The number of names that are in only one of two lists, or must be moved to convert one into the
/// other.
fn changed(old: &[&str], new: &[&str]) -> usize {
    let position: HashMap<&str, usize> =
        new.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let shared: Vec<usize> = old.iter().filter_map(|name| position.get(name).copied()).collect();
    // The names of the longest increasing subsequence of positions do not move.
    let all = old.len() + new.len() - shared.len();
    all - longest_rising(&shared)
}

/// The length of the longest increasing subsequence.
fn longest_rising(positions: &[usize]) -> usize {
    // At index n the smallest last element of an increasing subsequence of n + 1 positions.
    let mut ends: Vec<usize> = Vec::new();
    for position in positions {
        let at = ends.partition_point(|end| end < position);
        match ends.get_mut(at) {
            Some(end) => *end = *position,
            None => ends.push(*position),
        }
    }
    ends.len()
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::*;

    fn tasks(names: &[&str]) -> Vec<Task> {
        names.iter().map(|name| Task { name: (*name).to_owned(), ..Task::default() }).collect()
    }

    fn key(order_version: u64) -> ListKey {
        ListKey { ws: None, query: TaskQuery::default(), page: 1, order_version }
    }

    fn after(
        old: Option<&ListedTasks>,
        order_version: u64,
        items: &[&str],
        hold: bool,
    ) -> ListedTasks {
        ListedTasks::after(old, key(order_version), &tasks(items), &HashSet::new(), hold)
    }

    #[test]
    fn a_frozen_order_is_unchanged_until_it_is_released() {
        let _owner = Owner::new();
        let first = after(None, 0, &["a", "b", "c"], true);
        assert_eq!((names(&first.rows), first.changed), (vec!["a", "b", "c"], 0));
        let held = after(Some(&first), 0, &["b", "c", "a"], true);
        assert_eq!((names(&held.rows), held.changed), (vec!["a", "b", "c"], 1));
        assert_eq!(held.rows[0], first.rows[0], "the row is the same one");
        let free = after(Some(&held), 0, &["b", "c", "a"], false);
        assert_eq!((names(&free.rows), free.changed), (vec!["b", "c", "a"], 0));
    }

    #[test]
    fn user_actions_are_displayed_immediately() {
        let _owner = Owner::new();
        let first = after(None, 0, &["a", "b"], true);
        let pinned = after(Some(&first), 1, &["b", "a"], true);
        assert_eq!((names(&pinned.rows), pinned.changed), (vec!["b", "a"], 0));
    }

    #[test]
    fn a_removed_task_leaves_a_frozen_list_and_one_on_another_page_does_not() {
        let _owner = Owner::new();
        let first = after(None, 0, &["a", "b", "c"], true);
        let removed = HashSet::from(["b".to_owned(), "c".to_owned()]);
        // A task called `c` was removed and created again.
        let items = tasks(&["c", "d"]);
        let held = ListedTasks::after(Some(&first), key(0), &items, &removed, true);
        assert_eq!(names(&held.rows), ["a", "c"]);
        assert_eq!(held.changed, 2);
    }

    #[test]
    fn changes_are_counted_by_tasks() {
        assert_eq!(changed(&["a", "b", "c", "d"], &["a", "b", "c", "d"]), 0);
        assert_eq!(changed(&["a", "b", "c", "d"], &["b", "c", "d", "a"]), 1);
        assert_eq!(changed(&["a", "b"], &["a", "x", "b"]), 1);
        assert_eq!(changed(&["a", "b"], &["a", "x"]), 2);
        assert_eq!(changed(&["a", "b"], &["b", "a"]), 1);
        assert_eq!(changed(&[], &["a"]), 1);
    }

    #[test]
    fn only_equal_lists_have_no_change() {
        let names = ["a", "b", "c", "d"];
        // Every list of up to four of the names, without repetitions.
        let lists: Vec<Vec<&str>> = (0..5_usize.pow(4))
            .map(|number| {
                let digits = (0..4).map(|at| number / 5_usize.pow(at) % 5);
                let mut list = Vec::new();
                for name in digits.filter_map(|digit| names.get(digit)) {
                    if !list.contains(name) {
                        list.push(*name);
                    }
                }
                list
            })
            .collect();
        for old in &lists {
            for new in &lists {
                let count = changed(old, new);
                assert_eq!(count == 0, old == new, "{old:?} {new:?}");
                assert!(count <= names.len());
                assert_eq!(count, changed(new, old), "{old:?} {new:?}");
            }
        }
    }
}
