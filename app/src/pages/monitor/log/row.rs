//! One line on the screen.

use common::ansi::Span;
use leptos::prelude::*;

use super::mark::pieces;
use super::state::LogView;

/// A line with its colours and, while something is looked for, its marks.
#[component]
pub(super) fn LogRow(
    /// Its number.
    number: i64,
    /// Its pieces.
    spans: Vec<Span>,
    /// The log it is from.
    view: LogView,
) -> impl IntoView {
    let shown = move || {
        view.hit_line.get() == Some(number) && view.needle.with(|needle| !needle.is_empty())
    };
    let content = move || {
        let needle = view.needle.get();
        spans.iter().map(|span| styled(span, &needle)).collect_view()
    };
    view! { <div class="log__row" class:log__row--hit=shown>{content}</div> }
}

fn styled(span: &Span, needle: &str) -> AnyView {
    let piece = |(text, marked): (&str, bool)| {
        let text = text.to_owned();
        if marked { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
    };
    let text = pieces(&span.text, needle).into_iter().map(piece).collect_view();
    if span.style.is_plain() {
        return text.into_any();
    }
    let css = span.style.css();
    // Set one by one: a style attribute is what a strict content policy forbids.
    view! {
        <span
            class=span.style.class()
            style:color=declared(&css, "color")
            style:background=declared(&css, "background")
        >
            {text}
        </span>
    }
    .into_any()
}

/// The value of a property in `color:#010203;background:#040506;`.
fn declared(css: &str, property: &str) -> Option<String> {
    let of = |pair: &str| {
        pair.split_once(':')
            .filter(|(name, _)| *name == property)
            .map(|(_, value)| value.to_owned())
    };
    css.split(';').find_map(of)
}
