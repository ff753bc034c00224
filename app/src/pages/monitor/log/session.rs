//! From opening a log to its end: the tail by a server function, the rest by the stream.

use common::log::{LogChunk, LogQuery};
use futures_util::future::abortable;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::buffer::Buffer;
use super::state::{Link, LogView};
use super::stream::{self, Source};
use crate::pages::task::api::read_log;
use crate::state::overview::use_overview;

/// How much of the end of a log is loaded at first.
const TAIL_BYTES: u64 = 256 << 10;
/// How much is loaded when the user asks for earlier lines.
const EARLIER_BYTES: u64 = 512 << 10;

/// How many lines are kept when the settings are not known.
const DEFAULT_LINES: usize = 100_000;

/// Shows the log of a task and keeps it growing, until the calling component goes.
pub(super) fn keep_open(view: LogView, source: Signal<Source>) {
    let overview = use_overview();
    Effect::new(move |_| {
        let settings =
            overview.get_untracked().and_then(Result::ok).map(|it| it.workspace.settings);
        let lines = settings.and_then(|it| usize::try_from(it.monitor_scrollback).ok());
        view.keep(lines.unwrap_or(DEFAULT_LINES));
        let (source, chosen) = (source.get(), view.chosen.get());
        view.clear();
        let (work, handle) = abortable(run(view, source, chosen));
        spawn_local(async move {
            // Aborted or done, there is nothing left to say.
            let _ = work.await;
        });
        on_cleanup(move || handle.abort());
    });
}

async fn run(view: LogView, source: Source, chosen: Option<String>) {
    let query =
        LogQuery { log_file_name: chosen, tail_bytes: Some(TAIL_BYTES), ..LogQuery::default() };
    match read_log(source.ws.clone(), source.name.clone(), query).await {
        Ok(chunk) => {
            let streams = has_stream(&chunk);
            view.open(chunk);
            if streams {
                stream::run(&source, view).await;
            }
        }
        Err(error) => view.link.set(Link::Failed(error)),
    }
}

/// The failures' log belongs to no run, so nothing tells of its growth.
fn has_stream(chunk: &LogChunk) -> bool {
    chunk.selected_log.is_empty() || chunk.selected_log.starts_with("run")
}

/// Loads the piece before what is loaded; returns by how many rows everything moved down.
pub(super) async fn load_earlier(view: LogView, source: Source) -> u64 {
    let start = view.read(Buffer::start).unwrap_or(0);
    let from = start.saturating_sub(EARLIER_BYTES);
    let query = LogQuery {
        log_file_name: Some(view.file.get_untracked()).filter(|file| !file.is_empty()),
        offset: Some(from),
        chunk_size: Some(start - from),
        ..LogQuery::default()
    };
    match read_log(source.ws, source.name, query).await {
        // Another click, or another log, may have been faster.
        Ok(chunk) if view.read(Buffer::start) == Some(start) => view.prepend(&chunk.content, from),
        Ok(_) => 0,
        Err(error) => {
            view.link.set(Link::Failed(error));
            0
        }
    }
}
