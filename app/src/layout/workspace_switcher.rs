//! The menu that shows the workspace of this tab and switches to another.

use common::workspace::WorkspaceKind;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::components::dynamic::part;
use crate::components::{Icon, IconView, Live, Menu};
use crate::i18n::use_messages;
use crate::state::overview::{Overview, use_overview};
use crate::state::workspace::{with_ws, ws_href};

/// The name of the workspace, with a menu of its siblings.
#[component]
pub fn WorkspaceSwitcher() -> impl IntoView {
    let overview = use_overview();
    let switcher = |overview: Signal<Overview>| {
        // Memoized, so that an open menu is not rebuilt when tasks change.
        let summary = Memo::new(move |_| overview.with(WorkspaceSummary::of));
        part(move || view! { <Switcher summary=summary.get()/> })
    };
    view! { <div class="workspace-place"><Live of=overview lines=0 quiet=true view=switcher/></div> }
}

/// The fields of a workspace that the switcher displays.
#[derive(Clone, PartialEq)]
struct WorkspaceSummary {
    is_open: bool,
    kind: WorkspaceKind,
    name: String,
    project_root: String,
    siblings: Vec<String>,
}

impl WorkspaceSummary {
    fn of(overview: &Overview) -> Self {
        Self {
            is_open: overview.is_open,
            kind: overview.kind,
            name: overview.name.clone(),
            project_root: overview.project_root.clone(),
            siblings: overview.siblings.clone(),
        }
    }
}

#[component]
fn Switcher(summary: WorkspaceSummary) -> impl IntoView {
    let t = use_messages();
    let launcher = ws_href("/launcher");
    let (icon, name) = match (summary.is_open, summary.kind) {
        (false, _) => (Icon::Folder, t.nav().no_workspace.to_owned()),
        (true, WorkspaceKind::Shell) => (Icon::Terminal, t.nav().shell_workspace.to_owned()),
        (true, WorkspaceKind::Script) => (Icon::File, summary.name),
    };
    let project = folder_name(&summary.project_root);
    let path = use_location().pathname;
    let sibling = move |name: String| {
        // A task's page has no meaning in another workspace.
        let target = with_ws(&path.get_untracked(), Some(&name));
        let target =
            if target.starts_with("/tasks/") { with_ws("/tasks", Some(&name)) } else { target };
        let label = if name == "_shell_" { t.nav().shell_workspace.to_owned() } else { name };
        view! { <a class="menu__item" href=target>{label}</a> }
    };
    let button = move || {
        let (name, project) = (name.clone(), project.clone());
        view! {
            <IconView icon/>
            <span class="workspace__names">
                <span class="workspace__name">{name}</span>
                <span class="workspace__project">{project}</span>
            </span>
            <span class="visually-hidden">{t.nav().switch_workspace}</span>
            <IconView icon=Icon::ChevronDown/>
        }
    };
    view! {
        <Menu class="workspace" button=button>
            {summary.siblings.into_iter().map(sibling).collect_view()}
            <a class="menu__item menu__item--apart" href=launcher>{t.nav().open_other}</a>
        </Menu>
    }
}

fn folder_name(path: &str) -> String {
    path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or_default().to_owned()
}
