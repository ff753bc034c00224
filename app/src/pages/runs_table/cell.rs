//! The content of a cell.

use common::runs::{
    Cell, ColumnInfo, ColumnKind, GroupRow, RunRow, cell_text, cell_text_in, group_text_in,
    is_best, is_number,
};
use leptos::prelude::*;

use super::scale::{fraction, tint};
use super::state::{Entry, RunsTable, group_name};
use crate::components::{Badge, Progress, RelativeTime, StatusBadge};
use crate::i18n::use_messages;
use crate::url_query::{UrlQuery, task_path};

/// The content of a cell and its attributes.
pub(super) struct CellContent {
    /// The full value, for the tooltip.
    title: Option<String>,
    number: Option<f64>,
    /// The value is NaN or infinite.
    non_finite: bool,
    content: AnyView,
}

impl CellContent {
    /// The value of a row or a group in the column at `index`.
    pub(super) fn new(table: RunsTable, info: &ColumnInfo, index: usize, entry: &Entry) -> Self {
        let value = entry.value(index);
        let number = match entry {
            Entry::Run(_) => value.as_ref().and_then(Cell::as_number),
            Entry::Group(group) => group.cells.get(index).and_then(|cell| cell.mean),
        };
        let content = match entry {
            Entry::Run(row) => of_run(table, row, info, value.as_ref().unwrap_or(&Cell::Missing)),
            Entry::Group(group) => of_group(group, info, index),
        };
        Self {
            title: value.as_ref().map(|cell| match cell {
                Cell::Text(text) if is_sentence(info) => translated(text),
                _ => cell_text(cell, ColumnKind::Text),
            }),
            number: number.filter(|_| is_number(info.kind)),
            non_finite: value.as_ref().is_some_and(Cell::is_non_finite),
            content,
        }
    }

    /// The cell; `left` is its offset if pinned, `start` its grid column if columns before it are not rendered.
    pub(super) fn view(
        self,
        info: &ColumnInfo,
        index: usize,
        left: Option<u32>,
        start: Option<String>,
        scale: bool,
    ) -> AnyView {
        // Colours rate results; a large parameter is not better.
        let coloured = scale && !info.name.starts_with("params.");
        let ground = self
            .number
            .filter(|_| coloured)
            .and_then(|number| fraction(number, info.min?, info.max?).map(tint));
        view! {
            <span
                class="runs__cell"
                class:runs__cell--number=is_number(info.kind)
                class:runs__cell--pinned=left.is_some()
                class:runs__cell--best=is_best(self.number, info)
                class:non-finite=self.non_finite
                style:left=left.map(|left| format!("{left}px"))
                style:grid-column-start=start
                style=("--ground", ground)
                role="cell"
                aria-colindex=index
                title=self.title
            >
                {self.content}
            </span>
        }
        .into_any()
    }
}

/// The content of a group's cell: the common value of its runs, else their mean and deviation.
fn of_group(group: &GroupRow, info: &ColumnInfo, index: usize) -> AnyView {
    let cell = group.cells.get(index).cloned().unwrap_or_default();
    match (info.name.as_str(), &cell.value) {
        ("name", None) => {
            let text = use_messages().runs().group_of;
            text(&group_name(group), group.runs.len()).into_any()
        }
        ("status", Some(Cell::Text(text))) => status(text),
        _ => group_text_in(&cell, info, &use_messages().common().units).into_any(),
    }
}

/// The content of a run's cell: a link, a status, tags, or text.
fn of_run(table: RunsTable, row: &RunRow, info: &ColumnInfo, cell: &Cell) -> AnyView {
    match (info.name.as_str(), cell) {
        ("name", _) => {
            let name = row.task.clone();
            if name.starts_with('@') {
                return view! { <span class="task-name">{name}</span> }.into_any();
            }
            let search =
                UrlQuery::default().with("ws", table.ws.get_untracked().as_deref()).to_search();
            let href = task_path(&name, &search);
            view! { <a class="task-name" href=href>{name}</a> }.into_any()
        }
        ("status", Cell::Text(text)) => status(text),
        ("progress", Cell::Number(done)) => {
            let label = use_messages().runs().progress;
            view! { <Progress value=Some(*done) label/> }.into_any()
        }
        ("failure", Cell::Text(text)) => {
            view! { <span class="runs__failure">{translated(text)}</span> }.into_any()
        }
        ("reason", Cell::Text(text)) => translated(text).into_any(),
        ("tags", Cell::Text(text)) => {
            let tag = |tag: String| view! { <Badge>{tag}</Badge> };
            let tags = text.split(',').map(|tag| tag.trim().to_owned());
            view! { <span class="runs__tags">{tags.map(tag).collect_view()}</span> }.into_any()
        }
        (_, Cell::Text(text)) if info.kind == ColumnKind::Time => {
            view! { <RelativeTime stored=text.to_string()/> }.into_any()
        }
        _ => cell_text_in(cell, info.kind, &use_messages().common().units).into_any(),
    }
}

/// Whether the column has sentences of Pyruns. Filters name them as they are stored.
fn is_sentence(info: &ColumnInfo) -> bool {
    ["reason", "failure"].contains(&info.name.as_str())
}

fn translated(text: &str) -> String {
    (use_messages().ending().reason)(text)
}

/// A status badge.
fn status(text: &str) -> AnyView {
    match common::TaskStatus::parse(text) {
        Some(status) => view! { <StatusBadge status/> }.into_any(),
        None => text.to_owned().into_any(),
    }
}
