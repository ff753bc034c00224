//! The sidebar: workspace, pages, queue, switches. On a phone, a bar at each end.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::queue_state::QueueState;
use super::switches::{LangSwitch, ThemeSwitch};
use super::workspace_switcher::WorkspaceSwitcher;
use crate::components::dynamic::{text, word};
use crate::components::{Icon, IconView};
use crate::i18n::use_messages;
use crate::state::workspace::ws_href;

/// The navigation of the application.
#[component]
pub fn Sidebar() -> impl IntoView {
    let t = use_messages();
    view! {
        <header class="sidebar">
            <div class="sidebar__top">
                <WorkspaceSwitcher/>
            </div>
            <nav class="nav" aria-label=t.nav().main>
                <NavLink href="/" icon=Icon::Home label=t.nav().home/>
                <NavLink href="/generator" icon=Icon::Wand label=t.nav().generator/>
                <NavLink href="/tasks" icon=Icon::List label=t.nav().tasks/>
                <NavLink href="/monitor" icon=Icon::Monitor label=t.nav().monitor/>
                <NavLink href="/launcher" icon=Icon::Folder label=t.nav().launcher/>
            </nav>
            <div class="sidebar__bottom">
                <QueueState/>
                <div class="sidebar__switches">
                    <ThemeSwitch/>
                    <LangSwitch/>
                </div>
            </div>
        </header>
    }
}

/// A link that is marked as current on its page and the pages below it.
#[component]
fn NavLink(href: &'static str, icon: Icon, label: &'static str) -> impl IntoView {
    let target = ws_href(href);
    let path = use_location().pathname;
    // The router reports the root as "" or "/", depending on the navigation.
    let is_current = move || {
        let path = path.get();
        let below = path.strip_prefix(href.trim_end_matches('/')).unwrap_or("no");
        if href == "/" {
            path.trim_matches('/').is_empty()
        } else {
            below.is_empty() || below.starts_with('/')
        }
    };
    view! {
        <a
            href=text(move || target.get())
            class="nav__link"
            aria-current=word(move || is_current().then_some("page"))
        >
            <IconView icon/>
            <span>{label}</span>
        </a>
    }
}
