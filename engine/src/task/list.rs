//! `GET /api/tasks`: filter, order, page; all in memory.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::sync::Arc;

use common::TaskStatus;
use common::page::{TaskPage, TaskQuery};
use serde_json::Value;

use super::TaskEntry;
use super::search::{Needles, show};
use super::view::Detail;
use crate::engine::{Engine, Pick};
use crate::{Error, Result};

impl Engine {
    /// The tasks that match, in order, one page of them.
    ///
    /// # Errors
    /// When the status is none.
    pub fn list_tasks(&self, pick: &Pick, query: &TaskQuery) -> Result<TaskPage> {
        let wanted = wanted_status(&query.status)?;
        let workspace = self.pick(pick)?;
        let needles = Needles::new(&query.query);
        let mut matches: Vec<Arc<TaskEntry>> =
            workspace.index.all().into_iter().filter(|entry| needles.match_entry(entry)).collect();
        let mut status_counts: BTreeMap<TaskStatus, u64> =
            TaskStatus::ALL.into_iter().map(|status| (status, 0)).collect();
        for entry in &matches {
            *status_counts.entry(entry.info.status).or_default() += 1;
        }
        matches.retain(|entry| wanted.is_none_or(|status| entry.info.status == status));
        sort(&mut matches, &query.sort);
        let total = matches.len() as u64;
        let offset = query.offset.min(total);
        let room = usize::try_from(query.limit).ok().filter(|limit| *limit > 0);
        let detail = if query.compact { Detail::Compact } else { Detail::Full };
        let items: Vec<common::Task> = matches
            .iter()
            .skip(usize::try_from(offset).unwrap_or(usize::MAX))
            .take(room.unwrap_or(usize::MAX))
            .map(|entry| workspace.view(entry, detail))
            .collect();
        let has_more = offset + (items.len() as u64) < total;
        Ok(TaskPage {
            items,
            total,
            offset: query.offset,
            limit: query.limit,
            has_more,
            status_counts,
        })
    }
}

fn wanted_status(text: &str) -> Result<Option<TaskStatus>> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("all") {
        return Ok(None);
    }
    TaskStatus::parse(text)
        .map(Some)
        .ok_or_else(|| Error::invalid(format!("status: '{text}' is none of All, pending, queued, running, completed, failed, cancelled.")))
}

impl TaskEntry {
    /// The newest of its times, in the stored format, which sorts as text.
    pub(crate) fn latest_activity(&self) -> String {
        let last = self.info.runs.last();
        let times = last.into_iter().flat_map(|run| [&run.start_time, &run.finish_time]);
        times.chain([&self.info.created_at]).max().cloned().unwrap_or_default()
    }
}

fn sort(entries: &mut [Arc<TaskEntry>], column: &str) {
    let (column, descending) = match column.strip_prefix('-') {
        Some(column) => (column, true),
        None => (column, false),
    };
    if column.is_empty() {
        return entries.sort_by_cached_key(|entry| usual_order(entry));
    }
    let mut keyed: Vec<(Cell, Arc<TaskEntry>)> =
        entries.iter().map(|entry| (cell(entry, column), entry.clone())).collect();
    keyed.sort_by(|(a, first), (b, second)| {
        let order = match (a, b) {
            // Tasks without a value come last in both directions.
            (Cell::Missing, Cell::Missing) => Ordering::Equal,
            (Cell::Missing, _) => return Ordering::Greater,
            (_, Cell::Missing) => return Ordering::Less,
            _ if descending => b.compare(a),
            _ => a.compare(b),
        };
        order.then_with(|| first.info.name.cmp(&second.info.name))
    });
    for (place, (_, entry)) in entries.iter_mut().zip(keyed) {
        *place = entry;
    }
}

/// Pinned first; then the manual order; then running and queued; then the latest activity.
fn usual_order(entry: &TaskEntry) -> (bool, i64, bool, Reverse<String>, String) {
    (
        !entry.info.pinned,
        entry.info.task_order.unwrap_or(i64::MAX),
        !entry.info.status.is_active(),
        Reverse(entry.latest_activity()),
        entry.info.name.clone(),
    )
}

/// A value to sort by.
enum Cell {
    Missing,
    Number(f64),
    Text(String),
}

impl Cell {
    /// Numbers before texts, each in its own order.
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Number(_), _) | (Self::Missing, Self::Text(_)) => Ordering::Less,
            (Self::Text(_), _) | (Self::Missing, _) => Ordering::Greater,
        }
    }

    fn of(value: Option<&Value>) -> Self {
        match value {
            None | Some(Value::Null) => Self::Missing,
            Some(Value::Number(number)) => number.as_f64().map_or(Self::Missing, Self::Number),
            Some(other) => Self::Text(show(other).to_lowercase()),
        }
    }
}

fn cell(entry: &TaskEntry, column: &str) -> Cell {
    let text = |text: &str| match text {
        "" => Cell::Missing,
        text => Cell::Text(text.to_lowercase()),
    };
    let last = entry.info.runs.last();
    let info = &entry.info;
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    match column {
        "name" => text(&info.name),
        "status" => Cell::Number(info.status as u8 as f64),
        "created_at" => text(&info.created_at),
        "notes" => text(&info.notes),
        "runs" => Cell::Number(info.runs.len() as f64),
        "start_time" => last.map_or(Cell::Missing, |run| text(&run.start_time)),
        "finish_time" => last.map_or(Cell::Missing, |run| text(&run.finish_time)),
        "duration_s" => last.and_then(|run| run.duration_s).map_or(Cell::Missing, Cell::Number),
        path => match (path.strip_prefix("config."), path.strip_prefix("records.")) {
            (Some(key), _) => Cell::of(lookup(&entry.config, key)),
            (_, Some(key)) => Cell::of(last.and_then(|run| run.record.get(key))),
            _ => Cell::of(lookup(&entry.config, path)),
        },
    }
}

/// A config value by its key, or by its dotted path.
fn lookup<'a>(config: &'a serde_json::Map<String, Value>, path: &str) -> Option<&'a Value> {
    if let Some(value) = config.get(path) {
        return Some(value);
    }
    let (first, rest) = path.split_once('.')?;
    lookup(config.get(first)?.as_object()?, rest)
}
