//! Recently opened workspaces.

use common::launcher::{WorkspaceEntry, WorkspaceList};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::api::load_workspaces;
use super::open::{Target, use_opener};
use crate::AppError;
use crate::components::handler::mouse;
use crate::components::{Badge, BadgeTone, ErrorNote, Icon, IconView, Loaded};
use crate::i18n::use_messages;
use crate::remote::remote;
use crate::state::workspace::with_ws;

/// The project's workspaces, the most recent first.
#[component]
pub(super) fn Recent() -> impl IntoView {
    let t = use_messages();
    let workspaces = remote(|| (), |()| load_workspaces());
    let content = move |response: Result<WorkspaceList, AppError>| match response {
        Ok(list) if list.items.is_empty() => {
            view! { <p class="panel muted">{t.launcher().no_recent}</p> }.into_any()
        }
        Ok(list) => {
            let rows = list.items.into_iter().map(|entry| view! { <WorkspaceItem entry/> });
            view! { <ul class="choices">{rows.collect_view()}</ul> }.into_any()
        }
        Err(error) => view! { <ErrorNote error/> }.into_any(),
    };
    view! {
        <section class="section launcher__recent">
            <h2 class="section__title">{t.launcher().recent}</h2>
            <Loaded of=workspaces view=content/>
        </section>
    }
}

#[component]
fn WorkspaceItem(entry: WorkspaceEntry) -> impl IntoView {
    let t = use_messages();
    let opener = use_opener();
    let is_shell = entry.script_path.is_empty();
    let icon = if is_shell { Icon::Terminal } else { Icon::File };
    let name =
        if is_shell { t.nav().shell_workspace.to_owned() } else { entry.script_file().to_owned() };
    let path = if is_shell { entry.workspace_path.clone() } else { entry.script_path };
    // In a new tab, or from a bookmark, the address opens the workspace for that tab only.
    let address = with_ws("/", Some(&entry.workspace_path));
    let open = move |event: MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            opener.open(Target::Folder(entry.workspace_path.clone()));
        }
    };
    let gone = (!entry.exists)
        .then(|| view! { <Badge tone=BadgeTone::Warn>{t.launcher().missing}</Badge> });
    view! {
        <li>
            <a href=address class="choice" on:click=mouse(open)>
                <IconView icon/>
                <span class="choice__name">{name}</span>
                <span class="choice__path">{path}</span>
                {gone}
            </a>
        </li>
    }
}
