//! A cache of recent responses, for clients that poll.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use common::page::TaskQuery;
use engine::{Engine, WorkspaceSelector};
use serde::Serialize;

use super::{HandlerResult, call_engine_to_json, json_response};

/// Maximum number of cached responses.
const MAX_RESPONSES: usize = 32;
/// Maximum size of a cached response.
const MAX_BYTES: usize = 1 << 20;
/// Maximum age of a cached response, because other programs may change files without an event.
const MAX_AGE: Duration = Duration::from_millis(500);

/// The requests that are cached.
#[derive(Clone, PartialEq)]
pub(crate) enum CacheKey {
    /// A page of tasks.
    Tasks(TaskQuery),
    /// A workspace.
    Workspace,
    /// The dashboard of a workspace, with a number of newest tasks.
    Dashboard(u32),
}

/// The most recent responses. A response is valid until the next event.
#[derive(Clone, Default)]
pub struct ResponseCache(Arc<Mutex<VecDeque<CachedResponse>>>);

struct CachedResponse {
    selector: WorkspaceSelector,
    key: CacheKey,
    /// The newest event before the response was created.
    event_id: u64,
    created: Instant,
    json: Bytes,
}

impl ResponseCache {
    /// The cached response, or that of the engine.
    pub(super) async fn respond<T: Serialize>(
        &self,
        engine: Engine,
        selector: WorkspaceSelector,
        key: CacheKey,
        command: impl FnOnce(&Engine) -> engine::Result<T> + Send + 'static,
    ) -> HandlerResult {
        // Read before the engine is called, so that events during the call invalidate the response.
        let event_id = engine.newest_event_id();
        if let Some(json) = self.find(&selector, &key, event_id) {
            return Ok(json_response(json));
        }
        let created = Instant::now();
        let json = Bytes::from(call_engine_to_json(engine, command).await?);
        self.insert(CachedResponse { selector, key, event_id, created, json: json.clone() });
        Ok(json_response(json))
    }

    fn find(&self, selector: &WorkspaceSelector, key: &CacheKey, event_id: u64) -> Option<Bytes> {
        let responses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_valid = |cached: &&CachedResponse| {
            cached.event_id == event_id
                && cached.created.elapsed() < MAX_AGE
                && cached.selector == *selector
                && cached.key == *key
        };
        responses.iter().find(is_valid).map(|cached| cached.json.clone())
    }

    /// Stores a response, and replaces one with the same key or the oldest one.
    fn insert(&self, new: CachedResponse) {
        if new.json.len() > MAX_BYTES {
            return;
        }
        let mut responses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        responses.retain(|cached| cached.selector != new.selector || cached.key != new.key);
        responses.truncate(MAX_RESPONSES - 1);
        responses.push_front(new);
    }
}
