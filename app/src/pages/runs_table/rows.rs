//! The rows: only those in sight are in the page, whatever their number.

use common::runs::{Cell, ColumnInfo, ColumnKind, cell_text, group_text, is_best, is_number};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::cell_menu::{CellMenu, Picked};
use super::choose::width;
use super::head::{CHECK_WIDTH, HeadRow, offsets};
use super::scale::{fraction, tint};
use super::state::{Entry, Table, group_name, use_table};
use crate::components::handler::mouse;
use crate::components::{Badge, Progress, RelativeTime, StatusBadge};
use crate::i18n::use_messages;
use crate::pages::query::{Query, task_path};

/// The height of a row, pixels; the stylesheet says the same.
const ROW: f64 = 32.0;
/// Rows beyond either end of what is in sight.
const SPARE: u64 = 12;

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
    let sight = RwSignal::new((0_u64, 30_u64));
    let look = move || {
        let Some(host) = node.get_untracked() else { return };
        let top = f64::from(host.scroll_top());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "rows in sight"
        )]
        let (first, count) =
            ((top / ROW) as u64, (f64::from(host.client_height()) / ROW).ceil() as u64);
        let now = (first.saturating_sub(SPARE), first + count + SPARE);
        if sight.get_untracked() != now {
            sight.set(now);
        }
    };
    Effect::new(move |_| {
        node.track();
        table.frame.track();
        look();
        let handle = window_event_listener(ev::resize, move |_| look());
        on_cleanup(move || handle.remove());
    });
    let places = Memo::new(move |_| {
        let total = table.frame.with(|frame| frame.total);
        let (first, last) = sight.get();
        (first.min(total), last.min(total))
    });
    Effect::new(move |_| {
        let (first, last) = places.get();
        if last > first {
            table.want(first, last - 1);
        }
    });
    let height = move || {
        #[expect(clippy::cast_precision_loss, reason = "far fewer rows than 2^53")]
        let rows = table.frame.with(|frame| frame.total) as f64;
        format!("{}px", (rows + 1.0) * ROW)
    };
    let anchor = StoredValue::new(None::<u64>);
    let all = move || {
        let (first, last) = places.get();
        first..last
    };
    view! {
        <div
            class="runs"
            node_ref=node
            role="table"
            tabindex="0"
            aria-label=t.title
            aria-rowcount=move || table.frame.with(|frame| frame.total + 1)
            on:scroll=move |_| look()
        >
            <div class="runs__body" style:height=height style:width=full_width style=("--columns", template)>
                <HeadRow offsets=left dragged/>
                <For each=all key=|place| *place let:place>
                    <Row place left anchor picked colour/>
                </For>
            </div>
        </div>
        <CellMenu picked/>
    }
}

/// One row, as soon as it was read.
#[component]
fn Row(
    place: u64,
    left: Memo<Vec<Option<u32>>>,
    anchor: StoredValue<Option<u64>>,
    picked: RwSignal<Option<Picked>>,
    colour: Callback<std::sync::Arc<str>, Option<String>>,
) -> impl IntoView {
    let t = use_messages().runs();
    let table = use_table();
    let entry = Memo::new(move |_| table.entry(place));
    let id = Memo::new(move |_| entry.with(|entry| entry.as_ref().map(Entry::id)));
    let is_chosen = Memo::new(move |_| {
        id.with(|id| id.as_ref().is_some_and(|id| table.chosen.with(|all| all.contains_key(id))))
    });
    let is_lit = Memo::new(move |_| id.with(|id| id.is_some() && table.lit.with(|lit| lit == id)));
    let choose = move |event: ev::MouseEvent| {
        event.stop_propagation();
        let from = anchor.get_value().filter(|_| event.shift_key());
        match (from, entry.get_untracked()) {
            (Some(from), _) => table.choose_range(from, place),
            (None, Some(entry)) => table.toggle(&entry),
            (None, None) => {}
        }
        anchor.set_value(Some(place));
    };
    #[expect(clippy::cast_precision_loss, reason = "far fewer rows than 2^53")]
    let top = format!("translateY({}px)", (place + 1) as f64 * ROW);
    let mark = move || {
        let colour = id.get().and_then(|id| colour.run(id));
        colour.map(|colour| view! { <i class="runs__mark" style:background=colour></i> })
    };
    let cells = move || {
        let frame = table.frame.get();
        let left = left.get();
        let scale = table.view.with(|view| view.scale);
        entry.get().map(|entry| cells(table, &frame, &left, &entry, scale, picked))
    };
    view! {
        <div
            class="runs__row"
            class:runs__row--chosen=is_chosen
            class:runs__row--lit=is_lit
            role="row"
            aria-rowindex=place + 2
            style:transform=top
            on:mouseenter=mouse(move |_| table.lit.set(id.get_untracked()))
            on:mouseleave=mouse(move |_| table.lit.set(None))
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

fn cells(
    table: Table,
    frame: &super::state::Frame,
    left: &[Option<u32>],
    entry: &Entry,
    scale: bool,
    picked: RwSignal<Option<Picked>>,
) -> Vec<AnyView> {
    let cell = |(place, info): (usize, &ColumnInfo)| {
        let (value, number, content) = match entry {
            Entry::Run(row) => {
                let cell = row.cells.get(place).cloned().unwrap_or_default();
                let number = cell.as_number().filter(|_| is_number(info.kind));
                let content = run_content(table, row, info, &cell);
                (Some(cell), number, content)
            }
            Entry::Group(group) => {
                let cell = group.cells.get(place).cloned().unwrap_or_default();
                let number = cell.mean.filter(|_| is_number(info.kind));
                let content = match (info.name.as_str(), &cell.value) {
                    ("name", None) => {
                        let text = use_messages().runs().group_of;
                        text(&group_name(group), group.runs.len()).into_any()
                    }
                    ("status", Some(Cell::Text(text))) => status(text),
                    _ => group_text(&cell, info).into_any(),
                };
                (cell.value.clone(), number, content)
            }
        };
        // Colours tell of results; a parameter is no better for being large.
        let coloured = scale && !info.name.starts_with("params.");
        let ground = number
            .filter(|_| coloured)
            .and_then(|number| fraction(number, info.min?, info.max?).map(tint));
        let pick = {
            let column = info.name.clone();
            let value = value.clone();
            move |event: ev::MouseEvent| {
                let Some(cell) = value.clone().filter(|_| column != "name") else { return };
                event.stop_propagation();
                let (x, y) = place_of(&event);
                picked.set(Some(Picked { column: column.clone(), cell, x, y }));
            }
        };
        let left = left.get(place).copied().flatten();
        let title = value.as_ref().map(|cell| cell_text(cell, ColumnKind::Text));
        view! {
            <span
                class="runs__cell"
                class:runs__cell--number=is_number(info.kind)
                class:runs__cell--pinned=left.is_some()
                class:runs__cell--best=is_best(number, info)
                style:left=left.map(|left| format!("{left}px"))
                style=("--ground", ground)
                role="cell"
                title=title
                on:click=mouse(pick)
            >
                {content}
            </span>
        }
        .into_any()
    };
    frame.columns.iter().enumerate().map(cell).collect()
}

/// Where the pointer is, from the corner of the box around the table.
fn place_of(event: &ev::MouseEvent) -> (i32, i32) {
    use wasm_bindgen::JsCast;
    let target = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    let frame = target.and_then(|it| it.closest(".runs-panel__table").ok().flatten());
    let corner = frame.map(|frame| frame.get_bounding_client_rect());
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a page")]
    let (left, top) = corner.map_or((0, 0), |it| (it.left() as i32, it.top() as i32));
    (event.client_x() - left, event.client_y() - top)
}

/// What a cell of a run shows: a link, a status, tags, or words.
fn run_content(
    table: Table,
    row: &common::runs::RunRow,
    info: &ColumnInfo,
    cell: &Cell,
) -> AnyView {
    match (info.name.as_str(), cell) {
        ("name", _) => {
            let name = row.task.clone();
            if name.starts_with('@') {
                return view! { <span class="task-name">{name}</span> }.into_any();
            }
            let search =
                Query::default().with("ws", table.ws.get_untracked().as_deref()).to_search();
            let href = task_path(&name, &search);
            view! { <a class="task-name" href=href>{name}</a> }.into_any()
        }
        ("status", Cell::Text(text)) => status(text),
        ("progress", Cell::Number(done)) => {
            let label = use_messages().runs().progress;
            view! { <Progress value=Some(*done) label/> }.into_any()
        }
        ("tags", Cell::Text(text)) => {
            let tag = |tag: String| view! { <Badge>{tag}</Badge> };
            let tags = text.split(',').map(|tag| tag.trim().to_owned());
            view! { <span class="runs__tags">{tags.map(tag).collect_view()}</span> }.into_any()
        }
        (_, Cell::Text(text)) if info.kind == ColumnKind::Time => {
            view! { <RelativeTime stored=text.to_string()/> }.into_any()
        }
        _ => cell_text(cell, info.kind).into_any(),
    }
}

/// A status by its word.
fn status(text: &str) -> AnyView {
    match common::TaskStatus::parse(text) {
        Some(status) => view! { <StatusBadge status/> }.into_any(),
        None => text.to_owned().into_any(),
    }
}
