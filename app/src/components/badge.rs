//! Small marks: the state of a task, a type, a number.

use common::TaskStatus;
use leptos::prelude::*;

use super::{Icon, IconView};
use crate::i18n::use_messages;

/// The meaning of a badge's colour; the words say it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BadgeTone {
    /// Says something without judging.
    #[default]
    Neutral,
    /// Draws the eye.
    Accent,
    /// Went well.
    Good,
    /// Wants attention.
    Warn,
}

/// A short word in a frame.
#[component]
pub fn Badge(
    /// What its colour means.
    #[prop(optional)]
    tone: BadgeTone,
    /// The word.
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

/// The state of a task: a shape, a word and a colour that all say the same.
#[component]
pub fn StatusBadge(
    /// Which state.
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

/// The state of a task as a shape alone, with the word for assistive technology and on hover.
#[component]
pub fn StatusDot(
    /// Which state.
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
