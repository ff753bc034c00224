//! The influence of each parameter on the result, estimated from the compared runs.

use common::stats::{Importance, ImportanceTable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::rank_parameters;
use super::state::use_compared;
use crate::AppError;
use crate::components::{ErrorNote, Skeleton};
use crate::i18n::use_messages;

/// One bar per parameter.
#[component]
pub(super) fn ImportanceView() -> impl IntoView {
    let t = use_messages().compare();
    let compared = use_compared();
    let found = RwSignal::new(None::<Result<ImportanceTable, AppError>>);
    Effect::new(move |_| {
        let Some(target) = compared.target.get() else { return };
        let query = compared.selection.get_untracked().runs_query();
        let ws = compared.ws.get_untracked();
        spawn_local(async move {
            let response = rank_parameters(ws, query, target).await;
            let _ = found.try_set(Some(response));
        });
    });
    view! {
        <section class="section plot">
            <header class="section__head"><h2 class="section__title">{t.importance}</h2></header>
            {move || match found.get() {
                None => view! { <Skeleton lines=4/> }.into_any(),
                Some(Err(error)) => view! { <ErrorNote error/> }.into_any(),
                Some(Ok(table)) => view! { <Bars table/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Bars(table: ImportanceTable) -> impl IntoView {
    let t = use_messages().compare();
    let row = |item: Importance| {
        let share = format!("{:.0}%", item.share * 100.0);
        let side = match item.correlation {
            Some(value) if value < 0.0 => "importance__rank importance__rank--down",
            _ => "importance__rank",
        };
        let length = item.correlation.map(|value| format!("{:.0}%", value.abs() * 50.0));
        let words = item.correlation.map_or_else(|| "–".to_owned(), |value| format!("{value:+.2}"));
        view! {
            <tr>
                <th scope="row">{item.name}</th>
                <td><span class="importance__bar"><i style:width=share.clone()></i></span></td>
                <td class="num">{share}</td>
                <td><span class=side><i style:width=length></i></span></td>
                <td class="num">{words}</td>
            </tr>
        }
    };
    let explained = table.explained.map(|it| it.max(0.0) * 100.0);
    let note = match explained {
        Some(percent) => (t.explained)(percent, table.run_count),
        None => t.too_few.to_owned(),
    };
    view! {
        <table class="importance">
            <thead>
                <tr>
                    <th scope="col">{t.parameter}</th>
                    <th scope="col" colspan="2" title=t.share_help>{t.share}</th>
                    <th scope="col" colspan="2" title=t.rank_help>{t.rank}</th>
                </tr>
            </thead>
            <tbody>{table.items.into_iter().map(row).collect_view()}</tbody>
        </table>
        <p class="section__hint">{note}</p>
        <p class="section__hint">{t.importance_help}</p>
    }
}
