//! The sidebar: workspace, pages, queue, switches. On a phone, a bar at each end.

use leptos::prelude::*;
use leptos_router::components::A;

use super::queue_state::QueueState;
use super::switches::{LangSwitch, ThemeSwitch};
use super::workspace_switcher::WorkspaceSwitcher;
use crate::components::{Icon, IconView};
use crate::i18n::use_messages;
use crate::state::workspace::ws_href;

/// The navigation of the application.
#[component]
pub fn Sidebar() -> impl IntoView {
    let t = use_messages();
    view! {
        <div class="sidebar">
            <div class="sidebar__top">
                <WorkspaceSwitcher/>
            </div>
            <nav class="nav" aria-label=t.nav.main>
                <NavLink href="/" icon=Icon::Home label=t.nav.home exact=true/>
                <NavLink href="/generator" icon=Icon::Wand label=t.nav.generator/>
                <NavLink href="/tasks" icon=Icon::List label=t.nav.tasks/>
                <NavLink href="/monitor" icon=Icon::Monitor label=t.nav.monitor/>
                <NavLink href="/launcher" icon=Icon::Folder label=t.nav.launcher/>
            </nav>
            <div class="sidebar__bottom">
                <QueueState/>
                <div class="sidebar__switches">
                    <ThemeSwitch/>
                    <LangSwitch/>
                </div>
            </div>
        </div>
    }
}

#[component]
fn NavLink(
    href: &'static str,
    icon: Icon,
    label: &'static str,
    #[prop(optional)] exact: bool,
) -> impl IntoView {
    let target = ws_href(href);
    view! {
        <A href=move || target.get() exact=exact attr:class="nav__link">
            <IconView icon/>
            <span>{label}</span>
        </A>
    }
}
