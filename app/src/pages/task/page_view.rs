//! The page component.

use common::{ApiError, Task};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::get_task;
use super::chart::ChartPanel;
use super::env::EnvEditor;
use super::header::TaskHeader;
use super::notes::NotesEditor;
use super::overview::Overview;
use super::state::{provide_task, use_task};
use super::tab::TaskTab;
use crate::AppError;
use crate::components::{EmptyState, ErrorNote, Icon, LinkButton, Loaded, TabItem, Tabs};
use crate::i18n::use_messages;
use crate::pages::monitor::LogPane;
use crate::pages::tab_address::use_tab_address;
use crate::remote::remote;
use crate::state::deferred::deferred;
use crate::state::workspace::{use_ws, ws_href};

/// The page of the task in the path.
#[component]
pub fn TaskPage() -> impl IntoView {
    let ws = use_ws();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let task = remote(move || (ws.get(), name.get()), |(ws, name)| get_task(ws, name));
    view! {
        <div class="page task-page">
            <Loaded of=task lines=8 view=|response| match response {
                Ok(task) => view! { <TaskView task/> }.into_any(),
                Err(error) => view! { <Missing error/> }.into_any(),
            }/>
        </div>
    }
}

#[component]
fn TaskView(task: Task) -> impl IntoView {
    let t = use_messages().task();
    let state = provide_task(task);
    let (key, select) = use_tab_address(TaskTab::default().key());
    let tab = Memo::new(move |_| key.with(|key| TaskTab::parse(key)));
    let items = TaskTab::ALL.map(|tab| {
        let label = match tab {
            TaskTab::Overview => t.tab_overview,
            TaskTab::Charts => t.tab_charts,
            TaskTab::Log => t.tab_log,
            TaskTab::Notes => t.tab_notes,
        };
        TabItem { key: tab.key(), label: label.to_owned() }
    });
    let selected = Signal::derive(move || tab.get().key().to_owned());
    let open = deferred(tab);
    view! {
        <Show when=move || !state.gone.get() fallback=|| view! { <Gone/> }>
            <TaskHeader/>
        </Show>
        <Tabs label=t.tabs items=items.to_vec() selected on_select=select/>
        <div class="task-panel" role="tabpanel" aria-labelledby=move || format!("tab-{}", tab.get().key())>
            {move || match open.get() {
                TaskTab::Overview => view! { <Overview/> }.into_any(),
                TaskTab::Charts => view! { <TaskCharts/> }.into_any(),
                TaskTab::Log => view! { <TaskLog/> }.into_any(),
                TaskTab::Notes => view! { <div class="task-notes"><NotesEditor/><EnvEditor/></div> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn TaskCharts() -> impl IntoView {
    let task = use_task().task;
    let name = Memo::new(move |_| task.with(|task| task.name.clone()));
    let run_count = Memo::new(move |_| task.with(|task| task.run_index));
    view! { <ChartPanel name run_count/> }
}

#[component]
fn TaskLog() -> impl IntoView {
    let task = use_task().task;
    let name = Memo::new(move |_| task.with(|task| task.name.clone()));
    view! { <div class="task-log"><LogPane name/></div> }
}

/// The placeholder of a task that could not be loaded.
#[component]
fn Missing(error: AppError) -> impl IntoView {
    match error {
        AppError(ApiError::NotFound(_)) => view! { <Gone/> }.into_any(),
        error => view! { <ErrorNote error/> }.into_any(),
    }
}

#[component]
fn Gone() -> impl IntoView {
    let t = use_messages().task();
    view! {
        <Title text=t.gone_title/>
        <EmptyState whole_page=true icon=Icon::Slash title=t.gone_title text=t.gone_text>
            <LinkButton href=ws_href("/tasks")>{t.back}</LinkButton>
        </EmptyState>
    }
}
