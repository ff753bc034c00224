//! Home while no workspace is open: the three steps to the first result.

use leptos::prelude::*;

use crate::components::{ButtonKind, Icon, IconView, LinkButton};
use crate::i18n::use_messages;
use crate::layout::PageHeader;
use crate::state::workspace::ws_href;

/// How to begin.
#[component]
pub(super) fn Welcome() -> impl IntoView {
    let t = use_messages();
    let h = t.home();
    let steps = [
        (Icon::File, h.step_open, h.step_open_text),
        (Icon::Grid, h.step_grid, h.step_grid_text),
        (Icon::Monitor, h.step_run, h.step_run_text),
    ];
    let step = |(icon, title, text)| {
        view! {
            <li class="welcome__step">
                <IconView icon/>
                <h2>{title}</h2>
                <p class="muted">{text}</p>
            </li>
        }
    };
    view! {
        <div class="welcome">
            <PageHeader title=h.welcome/>
            <p class="welcome__text">{h.welcome_text}</p>
            <div>
                <LinkButton href=ws_href("/launcher") kind=ButtonKind::Primary icon=Icon::Folder>
                    {h.welcome_action}
                </LinkButton>
            </div>
            <ol class="welcome__steps">{steps.map(step).into_iter().collect_view()}</ol>
        </div>
    }
}
