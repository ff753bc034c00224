//! Badges: the status of a task, a type, a number.

use common::TaskStatus;
use leptos::prelude::*;

use super::{Icon, IconView};
use crate::i18n::use_messages;

/// The tone of a badge, which selects its colour. The text must carry the same meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BadgeTone {
    /// Neutral information.
    #[default]
    Neutral,
    /// Emphasis.
    Accent,
    /// Success.
    Good,
    /// Warning.
    Warn,
}

/// A short label in a frame.
#[component]
pub fn Badge(
    /// The tone.
    #[prop(optional)]
    tone: BadgeTone,
    /// The label.
    children: Children,
) -> impl IntoView {
    let class = match tone {
        BadgeTone::Neutral => "badge",
        BadgeTone::Accent => "badge badge--accent",
        BadgeTone::Good => "badge badge--good",
        BadgeTone::Warn => "badge badge--warn",
    };
    view! { <span class=class>{children()}</span> }
}

/// The state of a task: an icon, a label and a colour.
#[component]
pub fn StatusBadge(
    /// The status.
    status: TaskStatus,
) -> impl IntoView {
    let word = (use_messages().common().status)(status);
    view! {
        <span class=format!("status status--{}", status.as_str())>
            <IconView icon=status_icon(status)/>
            <span>{word}</span>
        </span>
    }
}

/// The state of a task as an icon alone; the label is for assistive technology and the tooltip.
#[component]
pub fn StatusDot(
    /// The status.
    status: TaskStatus,
) -> impl IntoView {
    let word = (use_messages().common().status)(status);
    view! {
        <span class=format!("status status--{}", status.as_str()) title=word>
            <IconView icon=status_icon(status)/>
            <span class="visually-hidden">{word}</span>
        </span>
    }
}

fn status_icon(status: TaskStatus) -> Icon {
    match status {
        TaskStatus::Pending => Icon::Circle,
        TaskStatus::Queued => Icon::Clock,
        TaskStatus::Running => Icon::Spinner,
        TaskStatus::Completed => Icon::CheckCircle,
        TaskStatus::Failed => Icon::CrossCircle,
        TaskStatus::Cancelled => Icon::Slash,
    }
}
