//! The number of workers, that is, of tasks that run at the same time.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::set_max_workers;
use super::state::use_manager;
use crate::components::handler::mouse;
use crate::components::{Live, use_toasts};
use crate::i18n::use_messages;
use crate::state::live::use_live;
use crate::state::overview::use_overview;

/// Maximum number of workers.
const MAX_WORKERS: u32 = 512;

/// A number with a button on either side.
#[component]
pub(super) fn WorkersControl() -> impl IntoView {
    let t = use_messages().manager();
    let overview = use_overview();
    view! {
        <div class="stepper" role="group" title=t.workers_help aria-label=t.workers_help>
            <span class="stepper__label">{t.workers}</span>
            // Its width is reserved, so that nothing moves when the number arrives.
            <span class="stepper__controls">
                <Live of=overview lines=0 quiet=true view=|overview| {
                    // Without a workspace there are no settings to change.
                    let is_ready = Memo::new(move |_| overview.with(|it| it.is_open));
                    let stored = Memo::new(move |_| overview.with(|it| it.queue.max_workers));
                    (move || is_ready.get().then(|| view! { <Stepper stored/> })).into_any()
                }/>
            </span>
        </div>
    }
}

#[component]
fn Stepper(stored: Memo<u32>) -> impl IntoView {
    let t = use_messages().manager();
    let manager = use_manager();
    let toasts = use_toasts();
    let queue = use_live().queue();
    let requested = RwSignal::new(None::<u32>);
    let reported = Memo::new(move |_| queue.get().map(|queue| queue.max_workers));
    // An event of the server is newer than the user's request.
    Effect::new(move |_| reported.get().map(|_| requested.set(None)));
    let count =
        Memo::new(move |_| requested.get().or(reported.get()).unwrap_or_else(|| stored.get()));
    let set = move |wanted: u32| {
        let wanted = wanted.clamp(1, MAX_WORKERS);
        requested.set(Some(wanted));
        let ws = manager.ws.get_untracked();
        spawn_local(async move {
            toasts.report(&set_max_workers(ws, wanted).await);
        });
    };
    view! {
        <button type="button" class="stepper__button" aria-label=t.fewer
            disabled=move || { count.get() <= 1 }
            on:click=mouse(move |_| set(count.get_untracked().saturating_sub(1)))
        >"−"</button>
        <output class="stepper__value" aria-live="polite">{count}</output>
        <button type="button" class="stepper__button" aria-label=t.more
            on:click=mouse(move |_| set(count.get_untracked() + 1))
        >"+"</button>
    }
}
