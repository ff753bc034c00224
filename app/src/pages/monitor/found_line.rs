//! A match of the search in all logs.

use common::log::SearchMessage;
use leptos::prelude::*;

use super::log::{hash, run_of};
use crate::i18n::use_messages;
use crate::url_query::UrlQuery;

/// A matching line and its location.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FoundLine {
    pub(super) task: String,
    pub(super) run: String,
    /// Line number, from 1.
    pub(super) line: u64,
    /// Parts of the text, and whether each is a match.
    pieces: Vec<(String, bool)>,
}

impl FoundLine {
    /// Converts a search message; `None` if it is no match.
    pub(super) fn of(message: SearchMessage) -> Option<Self> {
        let SearchMessage::Match { task_name: task, log_file_name, line, text, ranges } = message
        else {
            return None;
        };
        Some(Self {
            task,
            run: run_of(&log_file_name)?,
            line,
            pieces: split_matches(&text, &ranges),
        })
    }

    /// Whether it is in another log than the previous match.
    pub(super) fn begins_log(&self, before: Option<&Self>) -> bool {
        before.is_none_or(|before| (&before.task, &before.run) != (&self.task, &self.run))
    }
}

fn split_matches(text: &str, ranges: &[(u32, u32)]) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for (from, to) in ranges.iter().map(|(from, to)| (*from as usize, *to as usize)) {
        let (Some(before), Some(found)) = (text.get(done..from), text.get(from..to)) else {
            continue;
        };
        pieces.push((before.to_owned(), false));
        pieces.push((found.to_owned(), true));
        done = to;
    }
    pieces.push((text.get(done..).unwrap_or_default().to_owned(), false));
    pieces.retain(|(text, _)| !text.is_empty());
    pieces
}

/// A link to the line, below a header with the task name if that differs from the previous match.
#[component]
pub(super) fn FoundLineView(
    /// The line.
    found: FoundLine,
    /// Whether it is the first match of its log.
    begins_log: bool,
    /// The workspace named by the page, if any.
    ws: Option<String>,
) -> impl IntoView {
    let t = use_messages();
    let FoundLine { task, run, line, pieces } = found;
    let search = UrlQuery::default()
        .with("ws", ws.as_deref())
        .with("task", Some(&task))
        .with("run", Some(&run))
        .to_search();
    let number = line.saturating_sub(1);
    let address = format!("/monitor{search}{}", hash((number, number)));
    let run_name = run.parse().map(t.task().run_number).unwrap_or(run);
    let piece = |(text, found): (String, bool)| {
        if found { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
    };
    let head = begins_log.then(|| {
        view! {
            <h2 class="found__log">{task}<span class="found__run">{run_name}</span></h2>
        }
    });
    // A full page load, because the log of the link is not the displayed one.
    view! {
        {head}
        <a class="found__line" href=address rel="external">
            <span class="found__number">{line}</span>
            <span class="found__text">{pieces.into_iter().map(piece).collect_view()}</span>
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_are_split_out() {
        let found = split_matches("an error, an errör", &[(3, 8), (13, 19), (40, 50)]);
        let wanted = [("an ", false), ("error", true), (", an ", false), ("errör", true)];
        assert_eq!(found, wanted.map(|(text, found)| (text.to_owned(), found)));
        assert_eq!(split_matches("", &[]), []);
    }
}
