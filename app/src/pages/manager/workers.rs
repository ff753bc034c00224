//! How many tasks may run at once.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::set_max_workers;
use super::state::use_manager;
use crate::components::handler::mouse;
use crate::components::use_toasts;
use crate::i18n::use_messages;
use crate::state::live::use_live;
use crate::state::overview::use_overview;

/// The most that can be asked for; far more than any machine has cores.
const MAX_WORKERS: u32 = 512;

/// A number with a button on either side.
#[component]
pub(super) fn WorkersControl() -> impl IntoView {
    let t = use_messages().manager();
    let overview = use_overview();
    view! {
        <div class="stepper" role="group" title=t.workers_help aria-label=t.workers_help>
            <span class="stepper__label">{t.workers}</span>
            // The figure stays while the overview is read anew.
            <Transition>
                {move || Suspend::new(async move {
                    let workspace = overview.await.ok().map(|it| it.workspace);
                    // Without a workspace there are no settings to change.
                    let workspace = workspace.filter(|workspace| workspace.workspace_ready);
                    let stored = workspace.map(|it| it.settings.manager_max_workers);
                    stored.map(|stored| view! { <Stepper stored/> })
                })}
            </Transition>
        </div>
    }
}

#[component]
fn Stepper(stored: u32) -> impl IntoView {
    let t = use_messages().manager();
    let manager = use_manager();
    let toasts = use_toasts();
    let queue = use_live().queue();
    let asked = RwSignal::new(None::<u32>);
    let told = Memo::new(move |_| queue.get().map(|queue| queue.max_workers));
    // An event of the server is newer than what was asked for.
    Effect::new(move |_| told.get().map(|_| asked.set(None)));
    let count = Memo::new(move |_| asked.get().or(told.get()).unwrap_or(stored));
    let set = move |wanted: u32| {
        let wanted = wanted.clamp(1, MAX_WORKERS);
        asked.set(Some(wanted));
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
