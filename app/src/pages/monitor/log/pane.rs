//! A task's log with everything around it: used by the Monitor and by the task's own page.

use leptos::prelude::*;

use super::find_bar::FIND_ID;
use super::screen::LogScreen;
use super::session::keep_open;
use super::state::{Link, LogView};
use super::stream::Source;
use super::toolbar::LogToolbar;
use crate::components::handler::mouse;
use crate::components::{EmptyState, ErrorNote, Icon, Skeleton};
use crate::i18n::use_messages;
use crate::pages::keys::{focus, on_plain_key};
use crate::state::workspace::use_ws;

/// The live log of a task.
#[component]
pub(crate) fn LogPane(
    /// The task.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let t = use_messages().monitor();
    let ws = use_ws();
    let view = LogView::new();
    let source = Memo::new(move |_| Source { ws: ws.get(), name: name.get() });
    keep_open(view, source.into());
    listen_to_keys(view);
    let label = Signal::derive(move || (t.log_of)(&name.get()));
    view! {
        <section class="log-pane">
            <LogToolbar view/>
            <div class="log-pane__screen">
                <LogScreen view source=source.into() label/>
                <Cover view/>
                <NewLines view/>
            </div>
        </section>
    }
}

/// What stands over the lines while there are none.
#[component]
fn Cover(view: LogView) -> impl IntoView {
    let t = use_messages().monitor();
    let quiet = Memo::new(move |_| {
        view.version.track();
        view.read(super::buffer::Buffer::is_empty).unwrap_or(true)
    });
    move || {
        match view.link.get() {
            Link::Failed(error) => Some(view! { <ErrorNote error/> }.into_any()),
            Link::Loading => Some(view! { <Skeleton lines=6/> }.into_any()),
            Link::NoRun => Some(
                view! { <EmptyState icon=Icon::Terminal title=t.no_log_title text=t.no_log_text/> }
                    .into_any(),
            ),
            _ if quiet.get() => {
                Some(view! { <p class="log-pane__quiet">{t.no_output}</p> }.into_any())
            }
            _ => None,
        }
        .map(|content| view! { <div class="log-pane__cover">{content}</div> })
    }
}

/// How many lines arrived below; leads to them.
#[component]
fn NewLines(view: LogView) -> impl IntoView {
    let t = use_messages().monitor();
    let count = Memo::new(move |_| view.follow.get().unseen());
    view! {
        <Show when=move || { count.get() > 0 }>
            <button type="button" class="new-lines" on:click=mouse(move |_| view.go_to(true))>
                {move || (t.new_lines)(count.get())}
            </button>
        </Show>
    }
}

fn listen_to_keys(view: LogView) {
    on_plain_key(move |key, _| {
        match key {
            "f" => view.follow.update(|follow| *follow = follow.toggled()),
            "w" => view.wrap.update(|wrap| *wrap = !*wrap),
            "g" => view.go_to(false),
            "G" => view.go_to(true),
            "n" => view.step(true),
            "N" => view.step(false),
            "/" => focus(FIND_ID),
            _ => return false,
        }
        true
    });
}
