//! How many tasks run and wait, live, at the foot of the sidebar.

use leptos::prelude::*;

use crate::i18n::use_messages;
use crate::state::live::use_live;
use crate::state::overview::use_overview;
use crate::state::workspace::ws_href;

/// Counts that lead to the Monitor.
#[component]
pub fn QueueState() -> impl IntoView {
    let t = use_messages();
    let overview = use_overview();
    let queue = use_live().queue();
    // Until an event tells of the whole queue, the workspace's own counts are the best there is.
    let counts = move || {
        let told = queue.get().map(|queue| (queue.running, queue.queued, queue.max_workers));
        told.or_else(|| {
            let dashboard = overview.get()?.ok()?;
            let max_workers = dashboard.workspace.settings.manager_max_workers;
            Some((dashboard.summary.running, dashboard.summary.queued, max_workers))
        })
    };
    let line = move |(running, queued, max_workers): (u64, u64, u32)| {
        view! {
            <span class="queue__part" title=(t.nav().workers)(max_workers)>
                <b class="queue__count" class:queue__count--live=move || { running > 0 }>{running}</b>
                <span class="queue__workers">{format!("/{max_workers}")}</span>
                {t.nav().running}
            </span>
            <span class="queue__part"><b class="queue__count">{queued}</b>{t.nav().queued}</span>
        }
    };
    view! {
        <a class="queue" href=ws_href("/monitor")>
            <Transition>{move || Suspend::new(async move {
                // Waits for the first answer on both sides, so that their HTML agrees.
                overview.await.ok();
                move || counts().map(line)
            })}</Transition>
        </a>
    }
}
