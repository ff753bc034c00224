//! The frame of the application: provides the contexts that need the router, renders sidebar and content.

use leptos::prelude::*;

use super::disk_banner::DiskBanner;
use super::sidebar::Sidebar;
use crate::components::dynamic::part;
use crate::components::{Icon, IconView, ToastRegion, provide_toasts};
use crate::i18n::use_messages;
use crate::state::connection::provide_live;
use crate::state::live::{ConnectionState, use_live};
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

/// The note that the server is not reachable and the displayed data may be stale.
#[component]
fn OfflineNote() -> impl IntoView {
    let t = use_messages();
    let connection = use_live().connection_state();
    let is_down = Memo::new(move |_| connection.get() == ConnectionState::Down);
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
