//! The page as a whole.

use leptos::prelude::*;

use super::bulk_bar::BulkBar;
use super::confirm_delete::ConfirmDelete;
use super::filter_bar::FilterBar;
use super::keyboard::listen_to_keys;
use super::listing::Listing;
use super::pager::Pager;
use super::state::provide_manager;
use super::workers::WorkersControl;
use crate::components::{ButtonKind, Icon, LinkButton, Skeleton};
use crate::i18n::use_messages;
use crate::layout::PageHead;
use crate::state::workspace::ws_href;

/// All tasks of a workspace.
#[component]
pub fn ManagerPage() -> impl IntoView {
    let t = use_messages();
    let manager = provide_manager();
    listen_to_keys(manager);
    view! {
        <div class="page manager">
            <PageHead title=t.manager().title>
                <WorkersControl/>
                <LinkButton href=ws_href("/generator") kind=ButtonKind::Primary icon=Icon::Plus>
                    {t.manager().new_batch}
                </LinkButton>
            </PageHead>
            <FilterBar/>
            <Transition fallback=|| view! { <Skeleton lines=8/> }>
                <Listing/>
            </Transition>
            <Transition><Pager/></Transition>
            <BulkBar/>
            <ConfirmDelete/>
        </div>
    }
}
