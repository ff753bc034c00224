//! The header of the page: name, status, times, actions.

use leptos::prelude::*;

use super::actions::TaskActions;
use super::state::use_task;
use crate::components::{CopyButton, Icon, IconView, RelativeTime, StatusBadge};
use crate::i18n::use_messages;
use crate::layout::PageHeader;
use crate::pages::elapsed::Elapsed;
use crate::state::workspace::ws_href;

/// The header.
#[component]
pub(super) fn TaskHeader() -> impl IntoView {
    let (t, ending) = (use_messages().task(), use_messages().ending());
    let task = use_task().task;
    let title = Signal::derive(move || task.with(|task| task.name.clone()));
    let status = Memo::new(move |_| task.with(|task| task.status));
    let slot = Memo::new(move |_| {
        task.with(|task| {
            let done = task.durations_s.last().copied().flatten();
            (done, task.start_times.last().cloned().unwrap_or_default())
        })
    });
    let created = Memo::new(move |_| task.with(|task| task.created_at.clone()));
    let dir = Memo::new(move |_| task.with(|task| task.dir.clone()));
    let waits = move || {
        let reason = task.with(|task| task.wait_reason.as_deref().map(ending.wait));
        reason.map(|reason| view! { <span class="task-head__wait">{t.waits}": "{reason}</span> })
    };
    let elapsed = move || {
        let (duration_s, started) = slot.get();
        (!started.is_empty()).then(|| view! { <Elapsed duration_s started/> })
    };
    view! {
        <a class="back-link" href=ws_href("/tasks")>
            <span class="back-link__arrow"><IconView icon=Icon::ArrowRight/></span>
            {t.back}
        </a>
        <PageHeader title><TaskActions/></PageHeader>
        <div class="task-head">
            <span role="status">{move || view! { <StatusBadge status=status.get()/> }}</span>
            {waits}
            {elapsed}
            <span>{t.created}" "{move || view! { <RelativeTime stored=created.get()/> }}</span>
            <span class="task-head__dir" title=t.folder>
                <code>{dir}</code>
                <CopyButton text=dir/>
            </span>
        </div>
    }
}
