//! The number of running and queued tasks, updated live, at the bottom of the sidebar.

use leptos::prelude::*;

use crate::components::Live;
use crate::components::dynamic::{flag, text};
use crate::i18n::use_messages;
use crate::state::live::use_live;
use crate::state::overview::{Overview, use_overview};
use crate::state::workspace::ws_href;

/// The counts, as a link to the Monitor.
#[component]
pub fn QueueState() -> impl IntoView {
    let t = use_messages();
    let overview = use_overview();
    let queue = use_live().queue();
    let line = move |overview: Signal<Overview>| {
        let now = Memo::new(move |_| queue.get().unwrap_or_else(|| overview.with(|it| it.queue)));
        let title = text(move || (t.nav().workers)(now.get().max_workers));
        view! {
            <span class="queue__part" title=title>
                <b class="queue__count" class:queue__count--live=flag(move || now.get().running > 0)>
                    {text(move || now.get().running.to_string())}
                </b>
                <span class="queue__workers">{text(move || format!("/{}", now.get().max_workers))}</span>
                {t.nav().running}
            </span>
            <span class="queue__part">
                <b class="queue__count">{text(move || now.get().queued.to_string())}</b>
                {t.nav().queued}
            </span>
        }
        .into_any()
    };
    view! {
        <a class="queue" href=ws_href("/monitor")>
            <Live of=overview lines=0 quiet=true view=line/>
        </a>
    }
}
