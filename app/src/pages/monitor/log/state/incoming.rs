//! Handles the messages of the stream; received lines are drawn once per frame.

use std::time::Duration;

use common::log::LogMessage;
use leptos::prelude::*;

use super::{LogView, SetIfChanged, SourceState, f64_to_rows};

/// Delay between receiving and drawing lines.
const FRAME_DURATION: Duration = Duration::from_millis(16);

/// The action of the stream after a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pages::monitor::log) enum StreamAction {
    /// Continue reading.
    Continue,
    /// Stop; no more messages are needed.
    Stop,
    /// Lines were skipped: reopen the log at its end.
    Reopen,
}

impl LogView {
    /// Handles a message of the stream.
    pub(in crate::pages::monitor::log) fn handle_message(
        self,
        message: LogMessage,
    ) -> StreamAction {
        match message {
            LogMessage::Chunk { content, offset, log_file_name, time_ms, .. } => {
                self.switch_to(&log_file_name);
                self.source_state.set_if_changed(SourceState::Live);
                if self.started_ms.get_untracked().is_none() {
                    self.started_ms.set(Some(time_ms));
                }
                self.append(&content, offset, time_ms);
                StreamAction::Continue
            }
            LogMessage::Run { log_file_name, .. } => {
                if self.chosen.get_untracked().is_some() {
                    return StreamAction::Stop;
                }
                self.switch_to(&log_file_name);
                self.source_state.set_if_changed(SourceState::Live);
                self.runs.update(|count| *count += 1);
                StreamAction::Continue
            }
            LogMessage::Skipped { .. } => StreamAction::Reopen,
            LogMessage::End { .. } => {
                self.source_state.set_if_changed(SourceState::Ended);
                self.takes_input.set(false);
                // If the newest run is displayed, another run may follow on the same socket.
                match self.chosen.get_untracked() {
                    None => StreamAction::Continue,
                    Some(_) => StreamAction::Stop,
                }
            }
        }
    }

    fn switch_to(self, log_file_name: &str) {
        if self.file.with_untracked(|file| *file == log_file_name) {
            return;
        }
        self.files.update(|files| {
            if !files.iter().any(|file| file == log_file_name) {
                // The error log stays the last one.
                let position =
                    files.iter().position(|file| file == "error.log").unwrap_or(files.len());
                files.insert(position, log_file_name.to_owned());
            }
        });
        self.file.set(log_file_name.to_owned());
        self.reset_lines();
    }

    fn append(self, text: &str, end: u64, time_ms: u64) {
        let added = self.store.try_update_value(|store| store.append(text, end, time_ms));
        let added = added.unwrap_or(0);
        if added > 0 && !self.follow.get_untracked().is_on() {
            self.follow.update(|follow| *follow = follow.grown(added));
        }
        if self.drawing.try_get_value() == Some(false) {
            self.drawing.set_value(true);
            set_timeout(move || self.draw_pending(), FRAME_DURATION);
        }
    }

    fn draw_pending(self) {
        // The view may have been disposed.
        if self.drawing.try_set_value(false).is_none() {
            self.match_incoming();
            let near = f64_to_rows(self.top.get_untracked());
            self.change(|store| {
                store.lay_out_tail();
                store.evict(store.line_at(near));
            });
        }
    }

    fn match_incoming(self) {
        let pattern = self.pattern.get_untracked();
        let mut any = false;
        for hits in self.hits() {
            let is_error_line = hits == self.error_lines;
            if !is_error_line && !pattern.is_on() {
                continue;
            }
            let from = hits.with_value(|hits| hits.arrived_from);
            let found = self.read(|store| {
                let rows = store.lines_in(from, u64::MAX).filter(|row| match is_error_line {
                    true => row.is_error,
                    false => pattern.is_in(&row.line.text()),
                });
                (rows.map(|row| row.number).collect::<Vec<u64>>(), store.line_count())
            });
            let Some((found, lines)) = found else { continue };
            any |= !found.is_empty();
            hits.update_value(|hits| {
                hits.add(found);
                // The last line may grow, so it is matched again.
                hits.arrived_from = hits.arrived_from.max(lines.saturating_sub(1));
            });
        }
        if any {
            self.publish_hits();
        }
    }
}
