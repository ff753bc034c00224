//! How many tasks are in each state, each a link to them.

use common::TaskStatus;
use common::workspace::Summary;
use leptos::prelude::*;

use crate::components::StatusDot;
use crate::i18n::use_messages;
use crate::state::workspace::{use_ws, with_ws};

/// The counts in a row.
#[component]
pub(super) fn SummaryStrip(
    /// The counts.
    summary: Summary,
) -> impl IntoView {
    let t = use_messages();
    let ws = use_ws().get_untracked();
    let all = with_ws("/tasks", ws.as_deref());
    let counts = TaskStatus::ALL.into_iter().map(move |status| {
        let path = with_ws(&format!("/tasks?status={}", status.as_str()), ws.as_deref());
        let count = count_of(&summary, status);
        view! {
            <a class="summary__item" class:summary__item--none=move || count == 0 href=path>
                <span class="summary__count">{count}</span>
                <span class="summary__label">
                    <StatusDot status/>
                    <span aria-hidden="true">{(t.common().status)(status)}</span>
                </span>
            </a>
        }
    });
    view! {
        <div class="summary">
            <a class="summary__item" href=all>
                <span class="summary__count">{summary.total}</span>
                <span class="summary__label">{t.home().total}</span>
            </a>
            {counts.collect_view()}
        </div>
    }
}

fn count_of(summary: &Summary, status: TaskStatus) -> u64 {
    match status {
        TaskStatus::Pending => summary.pending,
        TaskStatus::Queued => summary.queued,
        TaskStatus::Running => summary.running,
        TaskStatus::Completed => summary.completed,
        TaskStatus::Failed => summary.failed,
        TaskStatus::Cancelled => summary.cancelled,
    }
}
