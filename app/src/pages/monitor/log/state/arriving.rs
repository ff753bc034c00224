//! What the stream brings, gathered to a frame.

use std::time::Duration;

use common::log::LogMessage;
use leptos::prelude::*;

use super::{Link, LogView, SetIfOther, whole};

/// How long arriving lines are gathered before they are drawn.
const FRAME: Duration = Duration::from_millis(16);

/// What a message asks of the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pages::monitor::log) enum Next {
    /// Go on.
    More,
    /// Nothing more is wanted.
    Enough,
    /// Something was left out: the end is to be read anew.
    Reopen,
}

impl LogView {
    /// Takes a message of the stream.
    pub(in crate::pages::monitor::log) fn take(self, message: LogMessage) -> Next {
        match message {
            LogMessage::Chunk { content, offset, log_file_name, time_ms, .. } => {
                self.turn_to(&log_file_name);
                self.link.set_if_other(Link::Live);
                if self.started_ms.get_untracked().is_none() {
                    self.started_ms.set(Some(time_ms));
                }
                self.append(&content, offset, time_ms);
                Next::More
            }
            LogMessage::Run { log_file_name, .. } => {
                if self.chosen.get_untracked().is_some() {
                    return Next::Enough;
                }
                self.turn_to(&log_file_name);
                self.link.set_if_other(Link::Live);
                self.runs.update(|count| *count += 1);
                Next::More
            }
            LogMessage::Skipped { .. } => Next::Reopen,
            LogMessage::End { .. } => {
                self.link.set_if_other(Link::Ended);
                self.takes_input.set(false);
                // Another run may follow on the same socket, for who watches the newest.
                match self.chosen.get_untracked() {
                    None => Next::More,
                    Some(_) => Next::Enough,
                }
            }
        }
    }

    fn turn_to(self, log_file_name: &str) {
        if self.file.with_untracked(|file| *file == log_file_name) {
            return;
        }
        self.files.update(|files| {
            if !files.iter().any(|file| file == log_file_name) {
                // The failures' log stays the last one.
                let position =
                    files.iter().position(|file| file == "error.log").unwrap_or(files.len());
                files.insert(position, log_file_name.to_owned());
            }
        });
        self.file.set(log_file_name.to_owned());
        self.show_nothing();
    }

    fn append(self, text: &str, end: u64, time_ms: u64) {
        let added = self.store.try_update_value(|store| store.append(text, end, time_ms));
        let added = added.unwrap_or(0);
        if added > 0 && !self.follow.get_untracked().is_on() {
            self.follow.update(|follow| *follow = follow.grown(added));
        }
        if self.drawing.try_get_value() == Some(false) {
            self.drawing.set_value(true);
            set_timeout(move || self.draw_gathered(), FRAME);
        }
    }

    fn draw_gathered(self) {
        // The view may be gone by now.
        if self.drawing.try_set_value(false).is_none() {
            self.look_at_what_arrived();
            let near = whole(self.top.get_untracked());
            self.change(|store| {
                store.lay_out_tail();
                store.evict(store.line_at(near));
            });
        }
    }

    fn look_at_what_arrived(self) {
        let pattern = self.pattern.get_untracked();
        let mut any = false;
        for hits in self.hits() {
            let is_trouble = hits == self.troubles;
            if !is_trouble && !pattern.is_on() {
                continue;
            }
            let from = hits.with_value(|hits| hits.arrived_from);
            let found = self.read(|store| {
                let rows = store.rows(from, u64::MAX).filter(|row| match is_trouble {
                    true => row.trouble,
                    false => pattern.is_in(&row.line.text()),
                });
                (rows.map(|row| row.number).collect::<Vec<u64>>(), store.lines())
            });
            let Some((found, lines)) = found else { continue };
            any |= !found.is_empty();
            hits.update_value(|hits| {
                hits.add(found);
                // The last line may grow, so it is looked at again.
                hits.arrived_from = hits.arrived_from.max(lines.saturating_sub(1));
            });
        }
        if any {
            self.tell_found();
        }
    }
}
