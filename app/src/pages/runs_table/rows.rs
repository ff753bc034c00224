//! The scrolling container of headers and rows.

use common::runs::ColumnInfo;
use leptos::html;
use leptos::prelude::*;

use super::cell_menu::{CellMenu, ClickedCell};
use super::column_set::width;
use super::header::{CHECK_WIDTH, HeaderRow, offsets};
use super::row::{CellLayout, RunRowView};
use super::state::use_table;
use super::viewport::{ROW_PX, Viewport};
use crate::i18n::use_messages;

/// The scrolling container of headers and rows.
#[component]
pub(super) fn Rows(
    /// The colour of a row's curve, if drawn.
    #[prop(into)]
    colour: Callback<std::sync::Arc<str>, Option<String>>,
) -> impl IntoView {
    let t = use_messages().runs();
    let table = use_table();
    let node = NodeRef::<html::Div>::new();
    let dragged = RwSignal::new(None::<(String, u16)>);
    let clicked = RwSignal::new(None::<ClickedCell>);
    let widths = Memo::new(move |_| {
        let view = table.view.get();
        let dragged = dragged.get();
        let of = |info: &ColumnInfo| match &dragged {
            Some((name, width)) if *name == info.name => *width,
            _ => width(info, &view),
        };
        table.frame.with(|frame| frame.columns.iter().map(of).collect::<Vec<_>>())
    });
    let left = Memo::new(move |_| {
        let columns = table.frame.with(|frame| frame.columns.clone());
        table.view.with(|view| offsets(&columns, &widths.get(), view))
    });
    let template = move || {
        let widths: Vec<String> =
            widths.with(|all| all.iter().map(|it| format!("{it}px")).collect());
        format!("{CHECK_WIDTH}px {} minmax(0, 1fr)", widths.join(" "))
    };
    let full_width = move || {
        let sum: u32 = widths.with(|all| all.iter().map(|width| u32::from(*width)).sum());
        format!("max(100%, {}px)", sum + CHECK_WIDTH)
    };
    let viewport = Viewport::new(node, table, widths, left);
    Effect::new(move |_| {
        let (first, end) = viewport.rows.get();
        if end > first {
            table.request_rows(first, end - 1);
        }
    });
    let height = move || {
        #[expect(clippy::cast_precision_loss, reason = "far fewer rows than 2^53")]
        let rows = table.frame.with(|frame| frame.total) as f64;
        format!("{}px", (rows + 1.0) * ROW_PX)
    };
    let scale = Memo::new(move |_| table.view.with(|view| view.scale));
    let layout = CellLayout { left, columns: viewport.columns, scale };
    let anchor = StoredValue::new(None::<u64>);
    let all = move || {
        let (first, end) = viewport.rows.get();
        first..end
    };
    view! {
        <div
            class="runs"
            node_ref=node
            role="table"
            tabindex="0"
            aria-label=t.title
            aria-rowcount=move || table.frame.with(|frame| frame.total + 1)
            aria-colcount=move || widths.with(|all| all.len() + 1)
            on:scroll=move |_| viewport.update()
        >
            <div class="runs__body" style:height=height style:width=full_width style=("--columns", template)>
                <HeaderRow offsets=left dragged/>
                <For each=all key=|index| *index let:index>
                    <RunRowView index layout anchor clicked colour/>
                </For>
            </div>
        </div>
        <CellMenu clicked/>
    }
}
