//! Home: the workspace at a glance, or how to begin.

mod api;
mod machine;
mod recent;
mod running;
mod summary;
mod welcome;

use common::workspace::{Dashboard, Workspace, WorkspaceKind};
use leptos::prelude::*;

use self::machine::Machine;
use self::recent::Recent;
use self::running::Running;
use self::summary::SummaryStrip;
use self::welcome::Welcome;
use crate::components::{Button, ButtonKind, CopyButton, ErrorNote, Icon, LinkButton, Skeleton};
use crate::i18n::use_messages;
use crate::layout::PageHead;
use crate::state::overview::use_overview;
use crate::state::workspace::ws_href;

/// The page at `/`.
#[component]
pub fn HomePage() -> impl IntoView {
    let overview = use_overview();
    let shown = move || {
        Suspend::new(async move {
            match overview.await {
                Ok(dashboard) if dashboard.workspace.workspace_ready => {
                    view! { <AtAGlance dashboard/> }.into_any()
                }
                Ok(_) => view! { <Welcome/> }.into_any(),
                Err(error) => view! { <ErrorNote error/> }.into_any(),
            }
        })
    };
    view! {
        <div class="page home">
            <Transition fallback=|| view! { <Skeleton lines=8/> }>{shown}</Transition>
        </div>
    }
}

#[component]
fn AtAGlance(dashboard: Dashboard) -> impl IntoView {
    let Dashboard { workspace, summary, recent_tasks, .. } = dashboard;
    view! {
        <Head workspace=workspace.clone()/>
        <Warnings texts=workspace.warnings/>
        <SummaryStrip summary/>
        <div class="home__columns">
            <div class="home__main">
                <Running/>
                <Recent tasks=recent_tasks/>
            </div>
            <Machine refresh_s=workspace.settings.header_refresh_interval/>
        </div>
    }
}

#[component]
fn Head(workspace: Workspace) -> impl IntoView {
    let t = use_messages();
    let (title, path) = match workspace.workspace_kind {
        WorkspaceKind::Script => (workspace.script_file().to_owned(), workspace.script_path),
        WorkspaceKind::Shell => (t.nav().shell_workspace.to_owned(), workspace.working_root),
    };
    view! {
        <div>
            <PageHead title=title>
                <LinkButton href=ws_href("/monitor") icon=Icon::Monitor>{t.home().watch_logs}</LinkButton>
                <LinkButton href=ws_href("/generator") kind=ButtonKind::Primary icon=Icon::Plus>
                    {t.home().new_batch}
                </LinkButton>
            </PageHead>
            <p class="home__path">
                <code>{path.clone()}</code>
                <CopyButton text=path/>
            </p>
        </div>
    }
}

/// What is worth knowing about the script, such as an argument that does not do what it says.
#[component]
fn Warnings(texts: Vec<String>) -> impl IntoView {
    let t = use_messages();
    let hidden = RwSignal::new(false);
    let list = texts.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    let any = !texts.is_empty();
    view! {
        <div class="note note--warn home__warnings" hidden=move || hidden.get() || !any>
            <ul>{list}</ul>
            <Button kind=ButtonKind::Quiet on_click=move |_| hidden.set(true)>{t.common().dismiss}</Button>
        </div>
    }
}
