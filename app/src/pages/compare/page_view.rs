//! The page component.

use std::collections::BTreeMap;

use common::runs::RunsPage;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::curves::CompareCurves;
use super::diff::Diff;
use super::images::Images;
use super::logs::Logs;
use super::plots::Plots;
use super::run_selection::RunSelection;
use super::state::{provide_compared, use_compared};
use super::tab::CompareTab;
use crate::components::{EmptyState, ErrorNote, Icon, LinkButton, Loaded, TabItem, Tabs};
use crate::i18n::use_messages;
use crate::layout::PageHeader;
use crate::pages::no_workspace::NothingHere;
use crate::pages::runs_table::RunsPanel;
use crate::pages::runs_table::api::list_runs;
use crate::pages::tab_address::use_tab_address;
use crate::remote::remote;
use crate::state::deferred::deferred;
use crate::state::workspace::{use_ws, ws_href};
use crate::url_query::UrlQuery;

/// The compared runs, in tabs.
#[component]
pub fn ComparePage() -> impl IntoView {
    let ws = use_ws();
    let search = use_location().search;
    let selection =
        Memo::new(move |_| search.with(|raw| RunSelection::read(&UrlQuery::parse(raw))));
    // The table filters the runs further with the same key; that does not change the comparison.
    let request = Memo::new(move |old: Option<&RunSelection>| {
        let now = selection.get();
        match old {
            Some(old) if !now.runs.is_empty() && old.runs == now.runs => old.clone(),
            _ => now,
        }
    });
    let page = remote(
        move || (ws.get(), request.get().runs_query()),
        |(ws, query)| async move { list_runs(ws, query).await },
    );
    view! {
        <div class="page compare">
            <Loaded of=page lines=8 view=move |response| match response {
                Ok(page) if page.rows.is_empty() => view! { <Nothing/> }.into_any(),
                Ok(page) => view! { <Comparison selection page/> }.into_any(),
                Err(error) => view! { <ErrorNote error/> }.into_any(),
            }/>
        </div>
    }
}

#[component]
fn Comparison(selection: Memo<RunSelection>, page: RunsPage) -> impl IntoView {
    let t = use_messages().compare();
    let count = page.rows.len();
    let total = usize::try_from(page.total).unwrap_or(count);
    provide_compared(selection, page);
    let (key, select) = use_tab_address(CompareTab::default().key());
    let tab = Memo::new(move |_| key.with(|key| CompareTab::parse(key)));
    let items = CompareTab::ALL.map(|tab| {
        let label = match tab {
            CompareTab::Table => t.tab_table,
            CompareTab::Curves => t.tab_curves,
            CompareTab::Plots => t.tab_plots,
            CompareTab::Diff => t.tab_diff,
            CompareTab::Logs => t.tab_logs,
            CompareTab::Images => t.tab_images,
        };
        TabItem { key: tab.key(), label: label.to_owned() }
    });
    let selected = Signal::derive(move || tab.get().key().to_owned());
    let open = deferred(tab);
    view! {
        <PageHeader title=(t.title_of)(count)>
            <LinkButton href=ws_href("/tasks?view=runs") icon=Icon::List>{t.all_runs}</LinkButton>
        </PageHeader>
        {(total > count).then(|| view! { <p class="board-note">{(t.limited)(count, total)}</p> })}
        <Tabs label=t.tabs items=items.to_vec() selected on_select=select/>
        <div class="task-panel" role="tabpanel" aria-labelledby=move || format!("tab-{}", tab.get().key())>
            {move || match open.get() {
                CompareTab::Table => view! { <CompareTable/> }.into_any(),
                CompareTab::Curves => view! { <CompareCurves/> }.into_any(),
                CompareTab::Plots => view! { <Plots/> }.into_any(),
                CompareTab::Diff => view! { <Diff/> }.into_any(),
                CompareTab::Logs => view! { <Logs/> }.into_any(),
                CompareTab::Images => view! { <Images/> }.into_any(),
            }}
        </div>
    }
}

/// The table of these runs: only columns that differ, unless all are requested.
#[component]
fn CompareTable() -> impl IntoView {
    let compared = use_compared();
    let only = Memo::new(move |_| compared.selection.with(|selection| selection.runs.clone()));
    view! { <RunsPanel only chosen=RwSignal::new(BTreeMap::new())/> }
}

#[component]
fn Nothing() -> impl IntoView {
    let t = use_messages().compare();
    view! {
        <PageHeader title=t.title.to_owned()/>
        <NothingHere>
            <EmptyState icon=Icon::Compare title=t.none_title text=t.none_text>
                <LinkButton href=ws_href("/tasks?view=runs")>{t.all_runs}</LinkButton>
            </EmptyState>
        </NothingHere>
    }
}
