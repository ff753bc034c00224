//! The number of tasks per status, each as a link to them.

use common::TaskStatus;
use common::workspace::Summary;
use leptos::prelude::*;

use crate::components::StatusDot;
use crate::components::dynamic::{flag, text};
use crate::i18n::use_messages;
use crate::state::workspace::{use_ws, with_ws};

/// The counts in a row.
#[component]
pub(super) fn SummaryStrip(
    /// The counts.
    summary: Memo<Summary>,
) -> impl IntoView {
    let t = use_messages();
    let ws = use_ws();
    let path = move |path: &str| with_ws(path, ws.get().as_deref());
    let counts = TaskStatus::ALL.into_iter().map(move |status| {
        let href = text(move || path(&format!("/tasks?status={}", status.as_str())));
        let count = move || count_of(&summary.get(), status);
        view! {
            <a class="summary__item" class:summary__item--none=flag(move || count() == 0) href=href>
                <span class="summary__count">{text(move || count().to_string())}</span>
                <span class="summary__label">
                    <StatusDot status/>
                    <span aria-hidden="true">{(t.common().status)(status)}</span>
                </span>
            </a>
        }
    });
    view! {
        <div class="summary">
            <a class="summary__item" href=text(move || path("/tasks"))>
                <span class="summary__count">{text(move || summary.get().total.to_string())}</span>
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
