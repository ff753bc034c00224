//! The log pane: toolbar, lines and input. Used by the Monitor, Compare and the task's page.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::address;
use super::input_bar::InputBar;
use super::minimap::Minimap;
use super::screen::LogScreen;
use super::session::{poll_input_of_new_runs, run_session};
use super::state::{LogView, SourceState};
use super::store::LogStore;
use super::stream::Source;
use super::toolbar::LogToolbar;
use crate::components::handler::mouse;
use crate::components::{EmptyState, ErrorNote, Icon, Skeleton};
use crate::i18n::use_messages;
use crate::pages::keys::on_plain_key;
use crate::state::workspace::use_ws;

/// The live log of a task.
#[component]
pub(crate) fn LogPane(
    /// The task.
    #[prop(into)]
    name: Signal<String>,
    /// Whether the page's URL and keyboard shortcuts apply to this log by default.
    #[prop(default = true)]
    is_main: bool,
    /// Displays only the lines.
    #[prop(optional)]
    bare: bool,
    /// The initial run; 0 is the newest.
    #[prop(optional)]
    run: u32,
) -> impl IntoView {
    let t = use_messages().monitor();
    let ws = use_ws();
    let view = LogView::new(is_main);
    if run > 0 {
        view.chosen.set(Some(format!("run{run}.log")));
    }
    let source = Memo::new(move |_| Source { ws: ws.get(), name: name.get() });
    let source = Signal::from(source);
    run_session(view, source);
    if is_main {
        address::follow(view);
    }
    poll_input_of_new_runs(view, source);
    let (pane, field) = (NodeRef::<html::Section>::new(), NodeRef::<html::Input>::new());
    if !bare {
        listen_to_keys(view, pane, field, is_main);
    }
    let label = Signal::derive(move || (t.log_of)(&name.get()));
    view! {
        <section class="log-pane" class:log-pane--bare=bare node_ref=pane aria-label=label>
            {(!bare).then(|| view! { <LogToolbar view source field/> })}
            <div class="log-pane__screen">
                <LogScreen view source label/>
                {(!bare).then(|| view! { <Minimap view/> })}
                <Cover view/>
                <NewLines view/>
            </div>
            {(!bare).then(|| view! { <InputBar view source/> })}
        </section>
    }
}

/// The placeholder displayed over the empty log.
#[component]
fn Cover(view: LogView) -> impl IntoView {
    let t = use_messages().monitor();
    let quiet = Memo::new(move |_| {
        view.version.track();
        view.read(|store: &LogStore| store.line_count() == 0).unwrap_or(true)
    });
    move || {
        match view.source_state.get() {
            SourceState::Failed(error) => Some(view! { <ErrorNote error/> }.into_any()),
            SourceState::Loading => Some(view! { <Skeleton lines=6/> }.into_any()),
            SourceState::NoRun => Some(
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

/// The number of new lines below; a click scrolls to them.
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

/// Keyboard shortcuts. Of several logs they apply to the one focused last, initially to the main one.
fn listen_to_keys(
    view: LogView,
    pane: NodeRef<html::Section>,
    field: NodeRef<html::Input>,
    is_main: bool,
) {
    let ours = StoredValue::new(is_main);
    Effect::new(move |_| {
        let note = move |event: &web_sys::Event| {
            use leptos::wasm_bindgen::JsCast;
            let target = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
            let Some(Some(pane)) = pane.try_get_untracked() else { return };
            // Focus outside all logs changes nothing.
            if target.as_ref().is_some_and(|it| it.closest(".log-pane").ok().flatten().is_some()) {
                let _ = ours.try_set_value(pane.contains(target.as_deref()));
            }
        };
        let handle = window_event_listener(ev::focusin, move |event| note(&event));
        on_cleanup(move || handle.remove());
    });
    on_plain_key(move |key, _| {
        if ours.try_get_value() != Some(true) {
            return false;
        }
        match key {
            "f" => view.follow.update(|follow| *follow = follow.toggled()),
            "w" => view.display.wrap.update(|wrap| *wrap = !*wrap),
            "g" => view.go_to(false),
            "G" => view.go_to(true),
            "n" => view.step(true),
            "N" => view.step(false),
            "/" => {
                if let Some(field) = field.get_untracked() {
                    // Fails only for a page that is not visible.
                    let _ = field.focus();
                }
            }
            _ => return false,
        }
        true
    });
}
