//! Copies the table as text to the clipboard.

use common::runs::{
    ColumnInfo, GroupCell, RunsPage, column_label, group_text_cell, is_number, text_cell,
};
use common::table_text::{TextCell, TextFormat, TextTable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::list_runs;
use super::state::{RunsTable, group_name, use_table};
use crate::components::handler::mouse;
use crate::components::{Icon, IconView, Menu};
use crate::i18n::use_messages;

/// The menu that copies the selected rows, or all if none are selected.
#[component]
pub(super) fn CopyMenu() -> impl IntoView {
    let t = use_messages().runs();
    let table = use_table();
    let item = move |format: TextFormat, text: &'static str| {
        let click = move |_| copy(table, format);
        view! { <button type="button" class="menu__item" on:click=mouse(click)>{text}</button> }
    };
    view! {
        <Menu class="button" button=move || view! { <IconView icon=Icon::Copy/><span class="button__text">{t.copy}</span> }>
            {item(TextFormat::Markdown, t.copy_markdown)}
            {item(TextFormat::Latex, t.copy_latex)}
            {item(TextFormat::Csv, t.copy_csv)}
        </Menu>
    }
}

fn copy(table: RunsTable, format: TextFormat) {
    let t = use_messages().runs();
    let chosen: Vec<_> =
        table.chosen.with_untracked(|all| all.values().flatten().cloned().collect());
    let mut query = table.view.get_untracked().runs_query(table.columns.get_untracked(), chosen);
    query.limit = 0;
    let ws = table.ws.get_untracked();
    spawn_local(async move {
        match list_runs(ws, query).await {
            Ok(page) => {
                let text = text_table(&page);
                let promise = window().navigator().clipboard().write_text(&text.to_text(format));
                match wasm_bindgen_futures::JsFuture::from(promise).await {
                    Ok(_) => table.toasts.done((t.copied)(text.rows.len())),
                    Err(_) => table.toasts.done(t.copy_refused.to_owned()),
                }
            }
            Err(error) => table.toasts.error(&error),
        }
    });
}

fn text_table(page: &RunsPage) -> TextTable {
    let columns =
        page.columns.iter().map(|info| (column_label(&info.name), is_number(info.kind))).collect();
    let rows = page.rows.iter().map(|row| {
        page.columns.iter().zip(&row.cells).map(|(info, cell)| text_cell(cell, info)).collect()
    });
    let groups = page.groups.iter().map(|group| {
        let cell = |(info, cell): (&ColumnInfo, &GroupCell)| match info.name.as_str() {
            "name" if cell.value.is_none() => {
                TextCell { text: group_name(group), ..TextCell::default() }
            }
            _ => group_text_cell(cell, info),
        };
        page.columns.iter().zip(&group.cells).map(cell).collect()
    });
    TextTable { columns, rows: rows.chain(groups).collect() }
}

#[cfg(test)]
mod tests {
    use common::runs::{Cell, RunRow};

    use super::*;

    #[test]
    fn the_text_has_the_values_of_the_table() {
        let info = |name: &str, best| ColumnInfo {
            name: name.to_owned(),
            kind: common::runs::ColumnKind::Number,
            distinct: 2,
            best,
            ..ColumnInfo::default()
        };
        let row = |acc: f64| RunRow {
            cells: vec![Cell::Number(0.1), Cell::Number(acc)],
            ..RunRow::default()
        };
        let page = RunsPage {
            columns: vec![info("params.lr", None), info("metrics.acc.best", Some(0.92))],
            rows: vec![row(0.9), row(0.92)],
            ..RunsPage::default()
        };
        let text = text_table(&page).to_text(TextFormat::Markdown);
        assert_eq!(text, "| lr | acc |\n| ---: | ---: |\n| 0.1 | 0.9 |\n| 0.1 | **0.92** |\n");
    }
}
