//! What a page of tasks asks for, and what it gets.

use std::collections::BTreeMap;
use std::sync::Arc;

use common::TaskStatus;

use super::order::{Order, Row};
use crate::task::{Needles, TaskEntry};
use store::parallel::in_parts;

/// From how many tasks on a search is shared among the cores.
const MANY: usize = 10_000;

/// How many tasks are in each status.
pub(crate) type Counts = BTreeMap<TaskStatus, u64>;

/// Which tasks, and which part of them. The default wants all.
#[derive(Default)]
pub(crate) struct Wanted<'a> {
    pub(crate) needles: Option<&'a Needles>,
    pub(crate) status: Option<TaskStatus>,
    pub(crate) offset: usize,
    /// `None`: as many as there are.
    pub(crate) limit: Option<usize>,
}

/// A page of tasks.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) entries: Vec<Arc<TaskEntry>>,
    /// How many there are on all pages.
    pub(crate) total: u64,
    /// How many tasks hold the needles in each status, whatever status is wanted.
    pub(crate) counts: Counts,
}

impl Order {
    /// `all` are the counts of all tasks, which are those of a search for nothing.
    pub(super) fn find(&self, wanted: &Wanted, all: &Counts) -> Found {
        match wanted.needles {
            Some(needles) => self.search(wanted, needles),
            None => {
                let of_status = |status| all.get(&status).copied().unwrap_or_default();
                let total = wanted.status.map_or_else(|| all.values().sum(), of_status);
                let rows = self.rows().filter(|row| wanted.has(row.status));
                let entries = rows.skip(wanted.offset).take(wanted.limit.unwrap_or(usize::MAX));
                Found {
                    entries: entries.map(|row| row.entry.clone()).collect(),
                    total,
                    counts: all.clone(),
                }
            }
        }
    }

    /// Reads the search text of every task, which is most of the work, on all cores.
    fn search(&self, wanted: &Wanted, needles: &Needles) -> Found {
        let rows: Vec<&Row> = self.rows().collect();
        let matching = |mut part: Vec<_>| {
            part.retain(|row: &&Row| needles.match_entry(&row.entry));
            part
        };
        let mut found = Found::default();
        let mut place = 0;
        let window =
            wanted.offset..wanted.offset.saturating_add(wanted.limit.unwrap_or(usize::MAX));
        for row in in_parts(rows, MANY, matching) {
            *found.counts.entry(row.status).or_default() += 1;
            if wanted.has(row.status) {
                if window.contains(&place) {
                    found.entries.push(row.entry.clone());
                }
                place += 1;
            }
        }
        found.total = place as u64;
        found
    }
}

impl Wanted<'_> {
    fn has(&self, status: TaskStatus) -> bool {
        self.status.is_none_or(|wanted| wanted == status)
    }
}
