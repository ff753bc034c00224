//! The page as a whole.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::log::LogPane;
use super::task_list::TaskList;
use crate::components::{EmptyState, Icon};
use crate::i18n::use_messages;
use crate::layout::PageHead;
use crate::pages::live_rows::Row;
use crate::pages::query::{Query, task_path};
use crate::pages::task::chart::ChartPanel;
use crate::state::workspace::use_ws;

/// Tasks, the chosen one's log, its curves.
#[component]
pub fn MonitorPage() -> impl IntoView {
    let t = use_messages().monitor();
    let location = use_location();
    let search = location.search;
    let navigate = use_navigate();
    let selected =
        Memo::new(move |_| search.with(|raw| Query::parse(raw).get("task").map(str::to_owned)));
    let select = move |name: String, replace: bool| {
        let query = search.with_untracked(|raw| Query::parse(raw).with("task", Some(&name)));
        let options = NavigateOptions { replace, scroll: false, ..Default::default() };
        navigate(&format!("/monitor{}", query.to_search()), options);
    };
    let rows = RwSignal::new(Vec::<Row>::new());
    let first = select.clone();
    // Without a choice, the first task of the list is the one to watch. The query is also empty when
    // the user is on the way to another page; then this one chooses nothing.
    let here = move || location.pathname.with_untracked(|path| path == "/monitor");
    Effect::new(move |_| {
        let name = rows.with(|rows| rows.first().map(|row| row.name.clone())).filter(|_| here());
        if let (None, Some(name)) = (selected.get(), name) {
            first(name, true);
        }
    });
    let chosen = move || match selected.get() {
        Some(name) => view! { <Watch name/> }.into_any(),
        None => view! { <EmptyState icon=Icon::Terminal title=t.pick_title text=t.pick_text/> }
            .into_any(),
    };
    view! {
        <div class="page monitor">
            <PageHead title=t.title>
                <span class="monitor__keys">{t.keys}</span>
            </PageHead>
            <div class="monitor__parts">
                <TaskList selected rows on_select=move |name| select(name, false)/>
                <div class="monitor__main">{chosen}</div>
            </div>
        </div>
    }
}

/// One task's log and curves.
#[component]
fn Watch(name: String) -> impl IntoView {
    let t = use_messages().monitor();
    let ws = use_ws();
    let name = Signal::stored(name);
    let details = move || {
        let search = Query::default().with("ws", ws.get().as_deref()).to_search();
        task_path(&name.get(), &search)
    };
    view! {
        <div class="watch">
            <div class="watch__log">
                <h2 class="watch__title"><a href=details title=t.details>{name}</a></h2>
                <LogPane name/>
            </div>
            <aside class="watch__curves" aria-label=t.curves>
                <ChartPanel name height_px=150.0/>
            </aside>
        </div>
    }
}
