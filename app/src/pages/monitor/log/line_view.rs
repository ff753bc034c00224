//! The view of one line.

use common::ansi::Span;
use leptos::prelude::*;

use super::block::LogLine;
use super::display_options::Times;
use super::line_range::hash;
use super::pattern::Pattern;
use super::state::LogView;
use super::time_text::{clock_text, since_text};
use crate::components::handler::mouse;
use crate::i18n::use_messages;

/// A line with its number, time, colours and search matches.
#[component]
pub(super) fn LogLineView(
    /// The line.
    row: LogLine,
    /// Number of folded repetitions.
    more: u64,
    /// The log.
    view: LogView,
) -> impl IntoView {
    let t = use_messages().monitor();
    let LogLine { number, line, time_ms, bytes, is_error, .. } = row;
    let hit = move || view.hit_line.get() == Some(number) && view.pattern.with(Pattern::is_on);
    let marked = move || view.marked.get().is_some_and(|(from, to)| (from..=to).contains(&number));
    let content = move || {
        let pattern = view.pattern.get();
        line.spans.iter().map(|span| styled(span, &pattern)).collect_view()
    };
    let time = move || match (view.display.times.get(), time_ms) {
        (Times::Off, _) => None,
        (Times::Clock, Some(ms)) => Some(clock_text(ms)),
        (Times::SinceStart, Some(ms)) => {
            Some(since_text(ms.saturating_sub(view.started_ms.get().unwrap_or(ms))))
        }
        (_, None) => Some(String::new()),
    };
    let time = move || time().map(|text| view! { <span class="log__time">{text}</span> });
    let choose = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        view.mark(number, event.shift_key());
    };
    view! {
        <div class="log__row" class:log__row--hit=hit class:log__row--marked=marked
            class:log__row--trouble=is_error>
            <span class="log__gutter">
                {time}
                <a class="log__number" href=hash((number, number)) tabindex="-1"
                    title=t.link_help on:click=mouse(choose)>{number + 1}</a>
            </span>
            <span class="log__text">{content}</span>
            {(more > 0).then(|| view! { <span class="log__more">{(t.repeated)(more)}</span> })}
            {bytes.map(|bytes| view! { <span class="log__more">{(t.long_line)(bytes)}</span> })}
        </div>
    }
}

fn styled(span: &Span, pattern: &Pattern) -> AnyView {
    let piece = |(text, found): (String, bool)| {
        if found { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
    };
    let text = pattern.pieces(&span.text).into_iter().map(piece).collect_view();
    if span.style.is_plain() {
        return text.into_any();
    }
    let css = span.style.css();
    // Set individually: a style attribute violates the content security policy.
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
