//! The column headers: sort, move, resize, and a menu.

use common::runs::{ColumnInfo, is_number};
use leptos::ev;
use leptos::prelude::*;

use super::column_menu::ColumnMenu;
use super::column_set::{is_pinned, width};
use super::state::use_table;
use super::view::moved;
use crate::components::handler::mouse;
use crate::components::{Icon, IconView};
use crate::i18n::use_messages;

/// Minimum width of a column, pixels.
const MIN_WIDTH: f64 = 48.0;

/// The row of column headers.
#[component]
pub(super) fn HeaderRow(
    /// Offsets of pinned columns from the left, pixels, by column.
    offsets: Memo<Vec<Option<u32>>>,
    /// The width of a column while it is resized.
    dragged: RwSignal<Option<(String, u16)>>,
) -> impl IntoView {
    let t = use_messages().runs();
    let table = use_table();
    // The column that is dragged.
    let moving = StoredValue::new(None::<String>);
    // Without the value ranges, which change while runs continue.
    let columns = Memo::new(move |_| {
        let header = |info: &ColumnInfo| ColumnInfo {
            name: info.name.clone(),
            kind: info.kind,
            ..ColumnInfo::default()
        };
        table.frame.with(|frame| frame.columns.iter().map(header).collect::<Vec<_>>())
    });
    let headers = move || {
        let offsets = offsets.get();
        let header = |(position, info): (usize, &ColumnInfo)| {
            let left = offsets.get(position).copied().flatten();
            view! { <HeaderCell info=info.clone() left moving dragged/> }
        };
        columns.with(|columns| columns.iter().enumerate().map(header).collect_view())
    };
    view! {
        <div class="runs__row runs__row--head" role="row" aria-rowindex="1">
            <span class="runs__cell runs__cell--check runs__cell--pinned" role="columnheader" style:left="0px">
                <span class="visually-hidden">{t.choose}</span>
            </span>
            {headers}
        </div>
    }
}

#[component]
fn HeaderCell(
    info: ColumnInfo,
    left: Option<u32>,
    moving: StoredValue<Option<String>>,
    dragged: RwSignal<Option<(String, u16)>>,
) -> impl IntoView {
    let t = use_messages().runs();
    let table = use_table();
    let number = is_number(info.kind);
    let label = t.label(&info.name);
    let title = (t.sort_by)(&t.full_label(&info.name));
    let (name, info) = (StoredValue::new(info.name.clone()), StoredValue::new(info));
    let order = move || {
        table.view.with(|view| {
            let position =
                view.sort.iter().position(|key| name.with_value(|name| key.column == *name));
            position.map(|at| (at, view.sort.len() > 1, view.sort[at].descending))
        })
    };
    let aria = move || match order() {
        None => "none",
        Some((_, _, true)) => "descending",
        Some((_, _, false)) => "ascending",
    };
    let sort = move |event: ev::MouseEvent| {
        table.show(|view| name.with_value(|name| view.sorted_by(name, event.shift_key())));
    };
    let position = move || order().and_then(|(at, several, _)| several.then(|| at + 1));
    let drop = move |event: ev::DragEvent| {
        event.prevent_default();
        let Some(column) = moving.try_update_value(Option::take).flatten() else { return };
        let columns = table.columns.get_untracked();
        let columns = name.with_value(|name| moved(&columns, &column, Some(name)));
        table.show(|mut view| {
            view.columns = Some(columns);
            view
        });
    };
    view! {
        <span
            class="runs__cell runs__head"
            class:runs__cell--number=number
            class:runs__cell--pinned=left.is_some()
            style:left=left.map(|left| format!("{left}px"))
            role="columnheader"
            aria-sort=aria
            draggable="true"
            on:dragstart=move |_: ev::DragEvent| moving.set_value(Some(name.get_value()))
            on:dragover=move |event: ev::DragEvent| event.prevent_default()
            on:drop=drop
        >
            <button type="button" class="runs__sort" title=title on:click=mouse(sort)>
                <span class="runs__label">{label}</span>
                <IconView icon=Icon::ChevronDown/>
                <span class="runs__place">{position}</span>
            </button>
            <ColumnMenu info/>
            <Resizer info dragged/>
        </span>
    }
}

/// The resize handle of a header: drag it to change the width; a double click resets it.
#[component]
fn Resizer(
    info: StoredValue<ColumnInfo>,
    dragged: RwSignal<Option<(String, u16)>>,
) -> impl IntoView {
    let table = use_table();
    let began = StoredValue::new(None::<(f64, f64)>);
    let name = move || info.with_value(|info| info.name.clone());
    let down = move |event: ev::PointerEvent| {
        event.prevent_default();
        event.stop_propagation();
        capture(&event);
        let now = table.view.with_untracked(|view| info.with_value(|info| width(info, view)));
        began.set_value(Some((f64::from(event.client_x()), f64::from(now))));
    };
    let drag = move |event: ev::PointerEvent| {
        let Some((from, width)) = began.get_value() else { return };
        let wide = (width + f64::from(event.client_x()) - from).clamp(MIN_WIDTH, 900.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        dragged.set(Some((name(), wide as u16)));
    };
    let up = move |_: ev::PointerEvent| {
        began.set_value(None);
        if let Some((name, width)) = dragged.try_update(Option::take).flatten() {
            table.show(|view| view.with_width(&name, width));
        }
    };
    let usual = move |event: ev::MouseEvent| {
        event.stop_propagation();
        table.show(|mut view| {
            view.widths.retain(|(known, _)| *known != name());
            view
        });
    };
    // Dragging the handle must not drag the column.
    let stay = move |event: ev::DragEvent| {
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        <span
            class="runs__edge"
            aria-hidden="true"
            draggable="true"
            on:dragstart=stay
            on:pointerdown=down
            on:pointermove=drag
            on:pointerup=up
            on:pointercancel=up
            on:dblclick=mouse(usual)
        ></span>
    }
}

fn capture(event: &ev::PointerEvent) {
    use wasm_bindgen::JsCast;
    let target = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    if let Some(target) = target {
        // Fails only for a pointer that no longer exists.
        let _ = target.set_pointer_capture(event.pointer_id());
    }
}

/// The offsets of pinned columns: after the checkboxes and the columns pinned before them.
pub(super) fn offsets(
    columns: &[ColumnInfo],
    widths: &[u16],
    view: &super::view::TableView,
) -> Vec<Option<u32>> {
    let mut left = CHECK_WIDTH;
    let offset = |(info, width): (&ColumnInfo, &u16)| {
        is_pinned(&info.name, view).then(|| {
            let here = left;
            left += u32::from(*width);
            here
        })
    };
    columns.iter().zip(widths).map(offset).collect()
}

/// The width of the column with the checkboxes, pixels.
pub(super) const CHECK_WIDTH: u32 = 36;
