//! A row: selected by its checkbox, highlighted on hover; a click on a value opens its menu.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::cell::CellContent;
use super::cell_menu::ClickedCell;
use super::state::{Entry, RunsTable, use_table};
use super::viewport::{ROW_PX, VisibleColumns};
use crate::components::handler::mouse;
use crate::i18n::use_messages;

/// ARIA columns are counted from 1, and the first one holds the checkboxes.
const FIRST_COLUMN: usize = 2;

/// The layout of the cells, shared by all rows.
#[derive(Clone, Copy)]
pub(super) struct CellLayout {
    /// Offsets of pinned columns from the left, pixels, by column.
    pub(super) left: Memo<Vec<Option<u32>>>,
    /// The rendered columns.
    pub(super) columns: Memo<VisibleColumns>,
    /// Whether numbers are coloured by their size.
    pub(super) scale: Memo<bool>,
}

/// A row; empty until it is loaded.
#[component]
pub(super) fn RunRowView(
    index: u64,
    layout: CellLayout,
    anchor: StoredValue<Option<u64>>,
    clicked: RwSignal<Option<ClickedCell>>,
    colour: Callback<Arc<str>, Option<String>>,
) -> impl IntoView {
    let t = use_messages().runs();
    let table = use_table();
    let entry = Memo::new(move |_| table.entry(index));
    let id = Memo::new(move |_| entry.with(|entry| entry.as_ref().map(Entry::id)));
    let is_chosen = Memo::new(move |_| {
        id.with(|id| id.as_ref().is_some_and(|id| table.chosen.with(|all| all.contains_key(id))))
    });
    let is_highlighted = Memo::new(move |_| {
        id.with(|id| id.is_some() && table.highlighted.with(|highlighted| highlighted == id))
    });
    let choose = move |event: ev::MouseEvent| {
        event.stop_propagation();
        let from = anchor.get_value().filter(|_| event.shift_key());
        match (from, entry.get_untracked()) {
            (Some(from), _) => table.choose_range(from, index),
            (None, Some(entry)) => table.toggle(&entry),
            (None, None) => {}
        }
        anchor.set_value(Some(index));
    };
    #[expect(clippy::cast_precision_loss, reason = "far fewer rows than 2^53")]
    let top = format!("translateY({}px)", (index + 1) as f64 * ROW_PX);
    let mark = move || {
        let colour = id.get().and_then(|id| colour.run(id));
        colour.map(|colour| view! { <i class="runs__mark" style:background=colour></i> })
    };
    let cells = move || {
        let frame = table.frame.get();
        layout.left.with(|left| {
            let cell = |(index, follows_gap): (usize, bool)| {
                let info = frame.columns.get(index)?;
                let left = left.get(index).copied().flatten();
                let start = follows_gap.then(|| (index + FIRST_COLUMN).to_string());
                let content = entry
                    .with(|entry| Some(CellContent::new(table, info, index, entry.as_ref()?)))?;
                Some(content.view(info, index + FIRST_COLUMN, left, start, layout.scale.get()))
            };
            layout.columns.get().positions().filter_map(cell).collect::<Vec<_>>()
        })
    };
    let click = move |event: ev::MouseEvent| {
        let found = entry.with_untracked(|entry| clicked_cell(&event, table, entry.as_ref()?));
        if let Some(found) = found {
            event.stop_propagation();
            clicked.set(Some(found));
        }
    };
    view! {
        <div
            class="runs__row"
            class:runs__row--chosen=is_chosen
            class:runs__row--lit=is_highlighted
            role="row"
            aria-rowindex=index + 2
            style:transform=top
            on:click=mouse(click)
            on:mouseenter=mouse(move |_| table.highlighted.set(id.get_untracked()))
            on:mouseleave=mouse(move |_| table.highlighted.set(None))
        >
            <span class="runs__cell runs__cell--check runs__cell--pinned" role="cell" style:left="0px">
                <input type="checkbox" class="checkbox" aria-label=t.choose prop:checked=is_chosen
                    on:click=mouse(choose)/>
                {mark}
            </span>
            {cells}
        </div>
    }
}

/// The clicked value; `None` outside values, and for names, which are links.
fn clicked_cell(event: &ev::MouseEvent, table: RunsTable, entry: &Entry) -> Option<ClickedCell> {
    use wasm_bindgen::JsCast;
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let column = target.closest("[aria-colindex]").ok()??.get_attribute("aria-colindex")?;
    let index = column.parse::<usize>().ok()?.checked_sub(FIRST_COLUMN)?;
    let column =
        table.frame.with_untracked(|frame| Some(frame.columns.get(index)?.name.clone()))?;
    let cell = entry.value(index).filter(|_| column != "name")?;
    let (x, y) = pointer_position(event);
    Some(ClickedCell { column, cell, x, y })
}

/// The pointer position relative to the container of the table.
fn pointer_position(event: &ev::MouseEvent) -> (i32, i32) {
    use wasm_bindgen::JsCast;
    let target = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    let frame = target.and_then(|it| it.closest(".runs-panel__table").ok().flatten());
    let corner = frame.map(|frame| frame.get_bounding_client_rect());
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a page")]
    let (left, top) = corner.map_or((0, 0), |it| (it.left() as i32, it.top() as i32));
    (event.client_x() - left, event.client_y() - top)
}
