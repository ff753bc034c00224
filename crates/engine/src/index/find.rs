//! Queries of the index: filters, offsets and limits.

use std::collections::BTreeMap;
use std::sync::Arc;

use common::TaskStatus;

use super::order::{Order, SortedTask};
use crate::task::{SearchTerms, TaskEntry};
use store::parallel::in_parts;

/// Minimum number of tasks that are searched in parallel.
const MANY: usize = 10_000;

/// Number of tasks in each status.
pub(crate) type Counts = BTreeMap<TaskStatus, u64>;

/// A filter and a range. The default selects all tasks.
#[derive(Default)]
pub(crate) struct IndexQuery<'a> {
    pub(crate) terms: Option<&'a SearchTerms>,
    pub(crate) status: Option<TaskStatus>,
    pub(crate) offset: usize,
    /// `None` means no limit.
    pub(crate) limit: Option<usize>,
}

/// A page of tasks.
#[derive(Default)]
pub(crate) struct IndexPage {
    pub(crate) entries: Vec<Arc<TaskEntry>>,
    /// Number of tasks on all pages.
    pub(crate) total: u64,
    /// Number of tasks that match the search terms, by status. The status filter is not applied.
    pub(crate) counts: Counts,
}

impl Order {
    /// `all` are the counts of all tasks, which are the result for a query without search terms.
    pub(super) fn find(&self, query: &IndexQuery, all: &Counts) -> IndexPage {
        match query.terms {
            Some(terms) => self.search(query, terms),
            None => {
                let of_status = |status| all.get(&status).copied().unwrap_or_default();
                let total = query.status.map_or_else(|| all.values().sum(), of_status);
                let rows = self.rows().filter(|row| query.has(row.status));
                let entries = rows.skip(query.offset).take(query.limit.unwrap_or(usize::MAX));
                IndexPage {
                    entries: entries.map(|row| row.entry.clone()).collect(),
                    total,
                    counts: all.clone(),
                }
            }
        }
    }

    /// Matches the search text of every task, in parallel.
    fn search(&self, query: &IndexQuery, terms: &SearchTerms) -> IndexPage {
        let rows: Vec<&SortedTask> = self.rows().collect();
        let matching = |mut part: Vec<_>| {
            part.retain(|row: &&SortedTask| terms.matches(&row.entry));
            part
        };
        let mut page = IndexPage::default();
        let mut position = 0;
        let window = query.offset..query.offset.saturating_add(query.limit.unwrap_or(usize::MAX));
        for row in in_parts(rows, MANY, matching) {
            *page.counts.entry(row.status).or_default() += 1;
            if query.has(row.status) {
                if window.contains(&position) {
                    page.entries.push(row.entry.clone());
                }
                position += 1;
            }
        }
        page.total = position as u64;
        page
    }
}

impl IndexQuery<'_> {
    fn has(&self, status: TaskStatus) -> bool {
        self.status.is_none_or(|wanted| wanted == status)
    }
}
