//! Pages of tasks that were just answered, for clients that ask for the same again and again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use common::page::TaskQuery;
use engine::Pick;

/// How many pages are kept.
const PAGES: usize = 32;
/// A larger page is not kept.
const MAX_BYTES: usize = 1 << 20;
/// A file that another program has changed shows in a page at the latest after so long.
const MAX_AGE: Duration = Duration::from_millis(500);

/// The newest pages. One is good for as long as nothing has happened since it was made.
#[derive(Clone, Default)]
pub struct RecentPages(Arc<Mutex<VecDeque<RecentPage>>>);

struct RecentPage {
    pick: Pick,
    query: TaskQuery,
    /// The newest event before it was made.
    event_id: u64,
    made: Instant,
    json: Bytes,
}

impl RecentPages {
    /// The page that answers this, if it is still good.
    pub(super) fn find(&self, pick: &Pick, query: &TaskQuery, event_id: u64) -> Option<Bytes> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_good = |page: &&RecentPage| {
            page.event_id == event_id
                && page.made.elapsed() < MAX_AGE
                && page.pick == *pick
                && page.query == *query
        };
        pages.iter().find(is_good).map(|page| page.json.clone())
    }

    /// Keeps a page, in place of one for the same question or of the oldest.
    pub(super) fn keep(&self, pick: Pick, query: TaskQuery, event_id: u64, json: Bytes) {
        if json.len() > MAX_BYTES {
            return;
        }
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.retain(|page| page.pick != pick || page.query != query);
        pages.truncate(PAGES - 1);
        pages.push_front(RecentPage { pick, query, event_id, made: Instant::now(), json });
    }
}
