//! The page component.

use common::live::Change;
use common::page::{TaskPage, TaskQuery};
use leptos::prelude::*;

use super::filter::Filter;
use super::log::LogPane;
use super::panes::{MonitorMode, Panes};
use super::search_panel::LogSearchPanel;
use super::task_item::ChooseAction;
use super::task_list::TaskList;
use crate::components::handler::mouse;
use crate::components::{EmptyState, Icon, IconView, Live};
use crate::i18n::use_messages;
use crate::layout::PageHeader;
use crate::pages::live_rows::TaskRow;
use crate::pages::manager::api::list_tasks;
use crate::pages::no_workspace::NothingHere;
use crate::pages::task::chart::SmallCharts;
use crate::remote::remote;
use crate::state::live::use_live;
use crate::state::page_url::use_page_url;
use crate::state::workspace::use_ws;
use crate::url_query::{UrlQuery, task_path};

/// Maximum number of logs of running tasks.
const MAX_RUNNING: i64 = 12;

/// The task list, the selected logs, and the curves of one task.
#[component]
pub fn MonitorPage() -> impl IntoView {
    let t = use_messages().monitor();
    let url = use_page_url();
    let search = url.search();
    let panes = Memo::new(move |_| search.with(|raw| Panes::read(&UrlQuery::parse(raw))));
    let selected = Memo::new(move |_| panes.with(|panes| panes.names.clone()));
    let show = Callback::new(move |(panes, replace): (Panes, bool)| {
        url.set_query(&panes.write(url.query()), replace);
    });
    let rows = RwSignal::new(Vec::<TaskRow>::new());
    // Without a selection, the first task of the list is selected. The query is also empty while
    // the user navigates to another page; then nothing is selected.
    Effect::new(move |_| {
        let name =
            rows.with(|rows| rows.first().map(|row| row.name.clone())).filter(|_| url.is_current());
        let panes = panes.get();
        if let (true, MonitorMode::Chosen, Some(name)) = (panes.names.is_empty(), panes.mode, name)
        {
            show.run((panes.with_main(&name), true));
        }
    });
    let choose = Callback::new(move |(name, how): (String, ChooseAction)| {
        let panes = panes.get_untracked();
        let next = match how {
            ChooseAction::Main => panes.with_main(&name),
            ChooseAction::Beside => panes.toggled(&name),
        };
        show.run((next, false));
    });
    let mode = Memo::new(move |_| panes.with(|panes| panes.mode));
    let switch = move |to: MonitorMode, icon: Icon, label: &'static str| {
        let toggle = move |_| {
            let panes = panes.get_untracked();
            let mode = if panes.mode == to { MonitorMode::Chosen } else { to };
            show.run((Panes { mode, ..panes }, false));
        };
        let pressed = move || (mode.get() == to).to_string();
        let label = move || if mode.get() == to { t.one_log } else { label };
        view! {
            <button type="button" class="button button--small" aria-pressed=pressed on:click=mouse(toggle)>
                <IconView icon/>
                {label}
            </button>
        }
    };
    let filter = Filter::new();
    let in_view = Memo::new(move |_| (mode.get(), selected.get()));
    let chosen = move || match in_view.get() {
        (MonitorMode::Running, _) => view! { <Running on_choose=choose/> }.into_any(),
        (MonitorMode::Found, _) => view! { <LogSearchPanel filter/> }.into_any(),
        (MonitorMode::Chosen, names) => match &names[..] {
            [] => view! {
                <NothingHere>
                    <EmptyState icon=Icon::Terminal title=t.pick_title text=t.pick_text/>
                </NothingHere>
            }
            .into_any(),
            [name] => view! { <Watch name=name.clone()/> }.into_any(),
            _ => view! { <Beside names on_choose=choose/> }.into_any(),
        },
    };
    view! {
        <div class="page monitor">
            <PageHeader title=t.title>
                <span class="monitor__keys">{t.keys}</span>
                {switch(MonitorMode::Found, Icon::Search, t.search_all)}
                {switch(MonitorMode::Running, Icon::Grid, t.all_running)}
            </PageHeader>
            <div class="monitor__parts">
                <TaskList filter selected rows on_choose=choose/>
                <div class="monitor__main">{chosen}</div>
            </div>
        </div>
    }
}

/// The log and the curves of one task.
#[component]
fn Watch(name: String) -> impl IntoView {
    let t = use_messages().monitor();
    let ws = use_ws();
    let name = Signal::stored(name);
    let details = move || {
        let search = UrlQuery::default().with("ws", ws.get().as_deref()).to_search();
        task_path(&name.get(), &search)
    };
    view! {
        <div class="watch">
            <div class="watch__log">
                <h2 class="watch__title"><a href=details title=t.details>{name}</a></h2>
                <LogPane name/>
            </div>
            <aside class="watch__curves" aria-label=t.curves>
                <SmallCharts name/>
            </aside>
        </div>
    }
}

/// Up to four logs side by side.
#[component]
fn Beside(names: Vec<String>, on_choose: Callback<(String, ChooseAction)>) -> impl IntoView {
    let t = use_messages().monitor();
    let pane = |(position, name): (usize, String)| {
        let close = name.clone();
        view! {
            <div class="watch__log">
                <div class="watch__head">
                    <h2 class="watch__title">{name.clone()}</h2>
                    <button type="button" class="button button--quiet button--icon button--small"
                        title=t.close_pane aria-label=t.close_pane
                        on:click=mouse(move |_| on_choose.run((close.clone(), ChooseAction::Beside)))>
                        <IconView icon=Icon::Cross/>
                    </button>
                </div>
                <LogPane name=Signal::stored(name) is_main=position == 0/>
            </div>
        }
    };
    let panes = names.into_iter().enumerate().map(pane).collect_view();
    view! { <div class="watch-beside">{panes}</div> }
}

/// The ends of the logs of all running tasks.
#[component]
fn Running(on_choose: Callback<(String, ChooseAction)>) -> impl IntoView {
    let ws = use_ws();
    let change_signal = use_live().change_signal(|change| {
        matches!(change, Change::TaskChanged { .. } | Change::TaskRemoved { .. })
    });
    let page = remote(
        move || (ws.get(), change_signal.get()),
        |(ws, _)| {
            let (status, limit) = ("running".to_owned(), MAX_RUNNING);
            list_tasks(ws, TaskQuery { status, limit, compact: true, ..TaskQuery::default() })
        },
    );
    let logs = move |page| view! { <RunningLogs page on_choose/> }.into_any();
    view! { <Live of=page lines=8 view=logs/> }
}

#[component]
fn RunningLogs(
    page: Signal<TaskPage>,
    on_choose: Callback<(String, ChooseAction)>,
) -> impl IntoView {
    let t = use_messages().monitor();
    let names = Memo::new(move |old: Option<&Vec<String>>| {
        let now = page.with(|page| page.items.iter().map(|task| task.name.clone()).collect());
        keep_positions(old.map_or(&[], Vec::as_slice), now)
    });
    let pane = move |name: String| {
        let status = name.clone();
        view! {
            <div class="watch__log">
                <h2 class="watch__title">
                    <button type="button" class="watch__open"
                        on:click=mouse(move |_| on_choose.run((status.clone(), ChooseAction::Main)))>{name.clone()}</button>
                </h2>
                <LogPane name=Signal::stored(name) is_main=false bare=true/>
            </div>
        }
    };
    let nothing = move || {
        let none = names.with(Vec::is_empty);
        none.then(|| view! { <p class="watch-list__note">{t.nothing_runs}</p> })
    };
    view! {
        <div class="watch-running">
            {nothing}
            <For each=move || names.get() key=String::clone let:name>{pane(name)}</For>
        </div>
    }
}

/// The names of `now`, each at its position in `old`; new ones take the positions of removed ones.
fn keep_positions(old: &[String], now: Vec<String>) -> Vec<String> {
    let (known, new): (Vec<String>, Vec<String>) =
        now.into_iter().partition(|name| old.contains(name));
    let mut new = new.into_iter();
    let mut placed: Vec<String> = old
        .iter()
        .filter_map(|name| if known.contains(name) { Some(name.clone()) } else { new.next() })
        .collect();
    placed.extend(new);
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn displayed_logs_keep_their_positions() {
        let list =
            |names: &str| -> Vec<String> { names.split_whitespace().map(str::to_owned).collect() };
        assert_eq!(keep_positions(&[], list("b a")), list("b a"));
        assert_eq!(keep_positions(&list("a b"), list("c b a")), list("a b c"));
        assert_eq!(keep_positions(&list("a b c"), list("d c a")), list("a d c"));
        assert_eq!(keep_positions(&list("a b c"), list("c")), list("c"));
        assert_eq!(keep_positions(&list("a"), list("")), list(""));
    }
}
