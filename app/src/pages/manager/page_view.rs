//! The page component.

use leptos::prelude::*;

use super::bulk_bar::BulkBar;
use super::confirm_delete::ConfirmDelete;
use super::filter_bar::{FilterBar, LayoutSwitch};
use super::keyboard::listen_to_keys;
use super::listing::Listing;
use super::pager::Pager;
use super::runs::Runs;
use super::state::{provide_manager, use_manager};
use super::view::Layout;
use super::workers::WorkersControl;
use crate::components::{ButtonKind, Icon, LinkButton, Live};
use crate::i18n::use_messages;
use crate::layout::PageHeader;
use crate::pages::grid::GridPanel;
use crate::state::deferred::deferred;
use crate::state::workspace::ws_href;

/// All tasks of a workspace.
#[component]
pub fn ManagerPage() -> impl IntoView {
    let t = use_messages();
    let manager = provide_manager();
    listen_to_keys(manager);
    // Table and cards display the same list.
    let layout = deferred(Memo::new(move |_| match manager.view.with(|view| view.layout) {
        Layout::Cards => Layout::Table,
        other => other,
    }));
    view! {
        <div class="page manager">
            <PageHeader title=t.manager().title>
                <LayoutSwitch/>
                <WorkersControl/>
                <LinkButton href=ws_href("/generator") kind=ButtonKind::Primary icon=Icon::Plus>
                    {t.manager().new_batch}
                </LinkButton>
            </PageHeader>
            {move || match layout.get() {
                Layout::Runs => view! { <Runs/> }.into_any(),
                Layout::Grid => view! { <GridPanel/> }.into_any(),
                Layout::Table | Layout::Cards => view! { <Tasks/> }.into_any(),
            }}
            <BulkBar/>
            <ConfirmDelete/>
        </div>
    }
}

/// The tasks, paginated.
#[component]
fn Tasks() -> impl IntoView {
    let page = use_manager().page;
    view! {
        <FilterBar/>
        <Live of=page lines=8 view=|page| view! { <Listing page/> }.into_any()/>
        <Live of=page lines=0 quiet=true view=|page| view! { <Pager page/> }.into_any()/>
    }
}
