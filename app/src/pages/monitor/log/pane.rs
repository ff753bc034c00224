//! A task's log with everything around it: used by the Monitor and by the task's own page.

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
    /// Whether the page's address and keys are for this log, also when nothing in it was touched.
    #[prop(default = true)]
    is_main: bool,
    /// The lines alone.
    #[prop(optional)]
    bare: bool,
    /// The run to begin with; 0 for the newest.
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

/// What stands over the lines while there are none.
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

/// Of several logs, the keys are for the one that was touched last, at first for the main one.
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
            // Touching what belongs to no log changes nothing.
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
                    // Refused only by a page that is not shown.
                    let _ = field.focus();
                }
            }
            _ => return false,
        }
        true
    });
}
