//! Searches a log on the server, which streams its matches.

use common::log::SearchMessage;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::error_line::ERROR_PATTERN;
use super::fetch_lines::fetch_lines;
use super::hits::Hits;
use super::pattern::Pattern;
use super::state::LogView;
use super::store::LogStore;
use super::stream::Source;
use crate::url_query::{UrlQuery, encode};
use crate::wire::read;

/// Maximum number of matches to step through; all are counted.
const MAX_HITS: u64 = 100_000;
/// Maximum number of marked error lines.
const MAX_ERROR_LINES: u64 = 2_000;

/// Starts a search and cancels the previous one; an empty pattern only cancels.
pub(super) fn find(view: LogView, source: &Source, pattern: Pattern) {
    view.find_error.set(None);
    let [hits, _] = view.hits();
    let lines = view.read(LogStore::line_count).unwrap_or(0);
    hits.set_value(Hits::new(lines));
    view.pattern.set(pattern.clone());
    view.publish_hits();
    if pattern.is_on() {
        let still = move || view.pattern.try_with_untracked(|now| *now == pattern) == Some(true);
        let wanted = view.pattern.get_untracked();
        search(view, source, &wanted, MAX_HITS, hits, still);
    }
}

/// Searches for lines that look like errors, to mark them beside the scroll bar.
pub(super) fn search_error_lines(view: LogView, source: &Source) {
    let [_, error_lines] = view.hits();
    let lines = view.read(LogStore::line_count).unwrap_or(0);
    error_lines.set_value(Hits::new(lines));
    let pattern = Pattern { text: ERROR_PATTERN.to_owned(), regex: true, case: true };
    let file = view.file.get_untracked();
    if file.is_empty() {
        return;
    }
    let still = move || view.file.try_with_untracked(|now| *now == file) == Some(true);
    search(view, source, &pattern, MAX_ERROR_LINES, error_lines, still);
}

fn search(
    view: LogView,
    source: &Source,
    pattern: &Pattern,
    limit: u64,
    hits: StoredValue<Hits>,
    still: impl Fn() -> bool + 'static,
) {
    let flag = |on: bool| if on { "true" } else { "false" };
    let search = UrlQuery::default()
        .with("workspace", source.ws.as_deref())
        .with("log_file_name", Some(&view.file.get_untracked()))
        .with("q", Some(&pattern.text))
        .with("regex", Some(flag(pattern.regex)))
        .with("case", Some(flag(pattern.case)))
        .with("numbers", Some("true"))
        .with("limit", Some(&limit.to_string()))
        .to_search();
    let address = format!("/api/tasks/{}/logs/search{search}", encode(&source.name));
    spawn_local(async move {
        let taken = fetch_lines(&address, |lines| {
            if !still() {
                return false;
            }
            let mut is_done = false;
            for line in lines {
                match read(line) {
                    Ok(SearchMessage::Lines { lines }) => {
                        hits.try_update_value(|hits| hits.add(lines.iter().map(|line| line - 1)));
                    }
                    Ok(SearchMessage::Done { matches, .. }) => {
                        hits.try_update_value(|hits| hits.set_total(matches));
                        is_done = true;
                    }
                    Ok(SearchMessage::Match { .. }) | Err(_) => {}
                }
            }
            view.publish_hits();
            // Enter directly after typing starts the search and steps before there are matches.
            if is_done {
                let pending = hits.try_update_value(Hits::take_pending_step).flatten();
                pending.into_iter().for_each(|forward| view.step(forward));
            }
            true
        });
        if let Err(error) = taken.await {
            let _ = view.find_error.try_set(Some(error));
        }
    });
}
