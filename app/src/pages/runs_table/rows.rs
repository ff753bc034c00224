//! Heads and rows in a box that scrolls.

use common::runs::ColumnInfo;
use leptos::html;
use leptos::prelude::*;

use super::cell_menu::{CellMenu, Picked};
use super::choose::width;
use super::head::{CHECK_WIDTH, HeadRow, offsets};
use super::row::{Drawn, Row};
use super::sight::{ROW, Sight};
use super::state::use_table;
use crate::i18n::use_messages;

/// Heads and rows in a box that scrolls.
#[component]
pub(super) fn Rows(
    /// The colour of a row's curve, if it is drawn.
    #[prop(into)]
    colour: Callback<std::sync::Arc<str>, Option<String>>,
) -> impl IntoView {
    let t = use_messages().runs();
    let table = use_table();
    let node = NodeRef::<html::Div>::new();
    let dragged = RwSignal::new(None::<(String, u16)>);
    let picked = RwSignal::new(None::<Picked>);
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
    let sight = Sight::new(node, table, widths, left);
    Effect::new(move |_| {
        let (first, end) = sight.rows.get();
        if end > first {
            table.want(first, end - 1);
        }
    });
    let height = move || {
        #[expect(clippy::cast_precision_loss, reason = "far fewer rows than 2^53")]
        let rows = table.frame.with(|frame| frame.total) as f64;
        format!("{}px", (rows + 1.0) * ROW)
    };
    let scale = Memo::new(move |_| table.view.with(|view| view.scale));
    let drawn = Drawn { left, across: sight.across, scale };
    let anchor = StoredValue::new(None::<u64>);
    let all = move || {
        let (first, end) = sight.rows.get();
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
            on:scroll=move |_| sight.look()
        >
            <div class="runs__body" style:height=height style:width=full_width style=("--columns", template)>
                <HeadRow offsets=left dragged/>
                <For each=all key=|position| *position let:position>
                    <Row position drawn anchor picked colour/>
                </For>
            </div>
        </div>
        <CellMenu picked/>
    }
}
