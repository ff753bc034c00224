//! The frame: contexts that need the router, then sidebar and content.

use leptos::prelude::*;

use super::disk_banner::DiskBanner;
use super::sidebar::Sidebar;
use crate::components::dynamic::part;
use crate::components::{Icon, IconView, ToastRegion, provide_toasts};
use crate::i18n::use_messages;
use crate::state::live::{Link, provide_live, use_live};
use crate::state::overview::provide_overview;
use crate::state::workspace::provide_workspace;

/// Everything around the routes, which are its children.
#[component]
pub fn Frame(
    /// The routes.
    children: Children,
) -> impl IntoView {
    provide_workspace();
    provide_live();
    provide_overview();
    provide_toasts();
    let t = use_messages();
    view! {
        <a class="skip-link" href="#content">{t.nav().skip}</a>
        <div class="frame">
            <Sidebar/>
            <main class="frame__main" id="content" tabindex="-1">
                <OfflineNote/>
                <DiskBanner/>
                {children()}
            </main>
        </div>
        <ToastRegion/>
    }
}

/// Says so when the server is gone: what is seen may be old.
#[component]
fn OfflineNote() -> impl IntoView {
    let t = use_messages();
    let link = use_live().link();
    let is_down = Memo::new(move |_| link.get() == Link::Down);
    let note = move || {
        view! {
            <div class="offline" role="status">
                <p class="offline__note">
                    <IconView icon=Icon::Alert/>
                    {t.nav().offline}
                </p>
            </div>
        }
    };
    part(move || is_down.get().then(note))
}
