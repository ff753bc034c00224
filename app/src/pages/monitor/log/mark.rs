//! Selecting lines by their numbers, for links and for copying.

use common::ansi::{Line, Screen, Style};
use common::log::{MAX_WINDOW_LINES, WindowQuery};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::address;
use super::state::LogView;
use super::stream::Source;
use crate::pages::monitor::api::read_window;

impl LogView {
    /// Selects a line, or with `extend` a range up to it, and stores it in the URL.
    pub(super) fn mark(self, number: u64, extend: bool) {
        let before = self.marked.get_untracked().filter(|_| extend);
        let range = match before {
            Some((from, _)) => (from.min(number), from.max(number)),
            None => (number, number),
        };
        self.marked.set(Some(range));
        if self.linked {
            // The run is stored too, so that the link stays valid after newer runs.
            let file = self.file.get_untracked();
            address::write(Some(file.as_str()), Some(range));
        }
    }

    /// Copies the selected lines, or else the last lines of the log, with or without ANSI colours.
    pub(super) fn copy(self, source: Source, colours: bool) {
        let clipboard = window().navigator().clipboard();
        let (from, count) = match self.marked.get_untracked() {
            Some((from, to)) => (Some(from + 1), (to - from + 1).min(MAX_WINDOW_LINES)),
            None => (None, MAX_WINDOW_LINES),
        };
        let query = WindowQuery {
            log_file_name: Some(self.file.get_untracked()),
            from_line: from,
            lines: Some(count),
            ..WindowQuery::default()
        };
        spawn_local(async move {
            let Ok(window) = read_window(source.ws, source.name, query).await else { return };
            let mut screen = Screen::numbered(0, Style::default());
            screen.feed(&window.lines.join("\n"));
            let write = |line: &Line| if colours { line.ansi() } else { line.text() };
            let lines: Vec<String> = screen.lines().iter().map(write).collect();
            // Fails if the user denies it.
            let _ =
                wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&lines.join("\n"))).await;
        });
    }
}
