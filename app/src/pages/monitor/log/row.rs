//! One line on the screen.

use leptos::prelude::*;

use super::line::Line;
use super::mark::pieces;
use super::paint::Span;
use super::state::LogView;

/// A line with its colours and, while something is looked for, its marks.
#[component]
pub(super) fn LogRow(
    /// The line.
    line: Line,
    /// The log it is from.
    view: LogView,
) -> impl IntoView {
    let number = line.number();
    let shown = move || view.hit_line.get() == Some(number) && view.needle.with(|needle| !needle.is_empty());
    let spans = line.spans();
    let content = move || {
        let needle = view.needle.get();
        spans.iter().map(|span| styled(span, &needle)).collect_view()
    };
    view! { <div class="log__row" class:log__row--hit=shown>{content}</div> }
}

fn styled(span: &Span, needle: &str) -> AnyView {
    let text = if needle.is_empty() {
        span.text.clone().into_any()
    } else {
        let piece = |(text, marked): (&str, bool)| {
            let text = text.to_owned();
            if marked { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
        };
        pieces(&span.text, needle).into_iter().map(piece).collect_view().into_any()
    };
    text
}
