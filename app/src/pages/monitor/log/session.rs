//! The session of an open log: windows by server functions, new lines by the stream.

use std::collections::BTreeSet;
use std::time::Duration;

use common::log::{LogWindow, WindowQuery};
use futures_util::future::abortable;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

use super::state::{LogView, SourceState};
use super::store::{CHUNK_LINES, CONTEXT_LINES};
use super::stream::{self, Source};
use super::{address, find};
use crate::AppError;
use crate::js::pause;
use crate::pages::monitor::api::read_window;

/// Number of lines loaded at first, from the end; more than a chunk.
const TAIL_LINES: u64 = 1_000;
/// Pause before a log with skipped lines is reopened.
const REOPEN_PAUSE_MS: i32 = 200;
/// Pause before the first check whether a new run has a terminal.
const NEW_RUN_PAUSE: Duration = Duration::from_millis(300);
/// After this pause the run is assumed to have no terminal.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Displays the log of a task and streams new lines until the calling component is disposed.
pub(super) fn run_session(view: LogView, source: Signal<Source>) {
    let location = use_location();
    Effect::new(move |before: Option<Source>| {
        let is_first = before.is_none();
        let named = (is_first && view.linked).then(|| address::initial(&location));
        let named = named.unwrap_or_default();
        if is_first && view.linked {
            view.chosen.set(named.log_file_name);
        }
        let (source, chosen) = (source.get(), view.chosen.get());
        view.clear();
        view.marked.set(named.lines);
        if view.linked && before.as_ref() == Some(&source) {
            address::write(chosen.as_deref(), None);
        }
        let current = source.clone();
        let (work, handle) = abortable(run(view, source, chosen));
        spawn_local(async move {
            // The result of the aborted or completed work is not needed.
            let _ = work.await;
        });
        on_cleanup(move || handle.abort());
        current
    });
}

/// Checks whether each new run has a terminal, with growing pauses, because a busy machine needs
/// time to open one.
pub(super) fn poll_input_of_new_runs(view: LogView, source: Signal<Source>) {
    Effect::new(move |_| {
        let runs = view.runs.get();
        if runs > 0 {
            ask_later(view, source, runs, NEW_RUN_PAUSE);
        }
    });
}

fn ask_later(view: LogView, source: Signal<Source>, runs: u64, pause: Duration) {
    let ask = move || {
        let Some(source_now) = source.try_get_untracked() else { return };
        spawn_local(async move {
            let query = WindowQuery { lines: Some(1), ..WindowQuery::default() };
            if let Ok(window) = read_window(source_now.ws, source_now.name, query).await
                && view.file.try_get_untracked().as_ref() == Some(&window.selected_log)
            {
                let _ = view.takes_input.try_set(window.takes_input);
            }
            let is_resolved = view.takes_input.try_get_untracked().unwrap_or(true)
                || view.runs.try_get_untracked() != Some(runs)
                || view
                    .source_state
                    .try_with_untracked(|source_state| *source_state == SourceState::Ended)
                    .unwrap_or(true);
            if !is_resolved && pause < LONGEST_PAUSE {
                ask_later(view, source, runs, pause * 2);
            }
        });
    };
    set_timeout(ask, pause);
}

async fn run(view: LogView, source: Source, chosen: Option<String>) {
    let mut is_first = true;
    loop {
        let window = match read_end(view, &source, chosen.as_deref(), is_first).await {
            Ok(window) => window,
            Err(error) => {
                view.source_state.set(SourceState::Failed(error));
                return;
            }
        };
        view.open(&window);
        if is_first {
            if let Some((line, _)) = view.marked.get_untracked() {
                view.go_to_line(line);
            }
            find::search_error_lines(view, &source);
        }
        is_first = false;
        // The error log belongs to no run, so there is no stream for it.
        let streams = window.selected_log.is_empty() || window.selected_log.starts_with("run");
        if !streams || !stream::run(&source, view).await {
            return;
        }
        // A log that grows faster than it can be displayed is displayed a few times per second.
        pause(REOPEN_PAUSE_MS).await;
    }
}

/// Loads the end of the log; displayed without numbers while the lines of a large log are counted.
async fn read_end(
    view: LogView,
    source: &Source,
    chosen: Option<&str>,
    is_first: bool,
) -> Result<LogWindow, AppError> {
    let ask = |numbered| {
        let log_file_name = chosen.map(str::to_owned);
        let query =
            WindowQuery { log_file_name, lines: Some(TAIL_LINES), numbered, ..Default::default() };
        read_window(source.ws.clone(), source.name.clone(), query)
    };
    if !is_first {
        return ask(true).await;
    }
    let window = ask(false).await?;
    if window.from_line.is_some() {
        return Ok(window);
    }
    view.open(&window);
    ask(true).await
}

/// Fetches visible chunks that are not loaded.
pub(super) fn fetch_missing(view: LogView, source: Signal<Source>, missing: Memo<Vec<u64>>) {
    let requested = StoredValue::new(BTreeSet::<(String, u64)>::new());
    Effect::new(move |_| {
        for chunk in missing.get() {
            let file = view.file.get_untracked();
            let key = (file.clone(), chunk);
            let is_new =
                requested.try_update_value(|requested| requested.insert(key.clone())) == Some(true);
            if !is_new || !view.numbered.get_untracked() {
                continue;
            }
            let source = source.get_untracked();
            spawn_local(async move {
                let first = (chunk * CHUNK_LINES).saturating_sub(CONTEXT_LINES);
                let query = WindowQuery {
                    log_file_name: Some(file.clone()),
                    from_line: Some(first + 1),
                    lines: Some(CHUNK_LINES + 2 * CONTEXT_LINES),
                    ..WindowQuery::default()
                };
                let response = read_window(source.ws, source.name, query).await;
                requested.try_update_value(|requested| requested.remove(&key));
                match response {
                    // Another log may have been selected in the meantime.
                    Ok(window) if view.file.try_get_untracked().as_ref() == Some(&file) => {
                        view.change(|store| store.take_chunk(chunk, &window));
                    }
                    Ok(_) => {}
                    Err(error) => leptos::logging::warn!("a part of the log is not here: {error}"),
                }
            });
        }
    });
}
