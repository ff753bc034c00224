//! Builds table rows from task entries and imported runs.

use common::TaskStatus;
use common::metric::Aggregate;
use common::runs::{Cell, Column, Fixed};
use serde_json::{Map, Value};

use crate::task::TaskEntry;
use crate::tensorboard::EventFileStatistics;
use logs::failure;
use metrics::RunSource;
use metrics::import::ImportedRun;
use store::clock;
use store::task::{Run, TaskInfo};

/// A row to be inserted into the table.
pub(super) struct NewRow {
    /// Number of the run, from 1; 0 for a task without runs.
    pub(super) run: u32,
    pub(super) is_newest: bool,
    pub(super) status: TaskStatus,
    pub(super) cells: Vec<(Column, Cell)>,
    pub(super) metrics: Vec<(String, Aggregate)>,
    /// The source of newer values, while the run is running.
    pub(super) running: Option<RunSource>,
}

/// The rows of a task: one per run, or one for a task without runs.
pub(super) fn rows_of(entry: &TaskEntry, events: &EventFileStatistics) -> Vec<NewRow> {
    let info = entry.info.deserialize();
    let mut params = Vec::new();
    leaves("", &entry.config.deserialize(), &mut params);
    let count = info.runs.len();
    if count == 0 {
        return vec![row(entry, &info, &params, 0, &Run::default())];
    }
    let runs = (1..).zip(&info.runs);
    let with_events = |(run_index, run)| {
        let mut row = row(entry, &info, &params, run_index, run);
        if let Some(of_run) = events.of(entry.name(), run_index) {
            // Tracked metrics take precedence over event files.
            let others = of_run.statistics().filter(|(key, _)| !run.metrics.contains_key(*key));
            row.metrics.extend(others.map(|(key, statistics)| (key.clone(), *statistics)));
        }
        row
    };
    runs.map(with_events).collect()
}

fn row(
    entry: &TaskEntry,
    info: &TaskInfo,
    params: &[(Column, Cell)],
    run_index: u32,
    run: &Run,
) -> NewRow {
    let is_newest = run_index == info.run_index();
    let status = if is_newest { entry.summary.status } else { run.outcome.status() };
    let of_task = RunOfTask { entry, info, run_index, run, is_newest, status };
    let mut cells: Vec<(Column, Cell)> = Vec::with_capacity(params.len() + 24);
    let fixed = Fixed::ALL.iter().map(|fixed| (Column::Fixed(*fixed), of_task.cell(*fixed)));
    cells.extend(fixed.filter(|(_, cell)| !cell.is_missing()));
    cells.extend(params.iter().cloned());
    let mut records = Vec::new();
    leaves_of(&run.record, "", &mut records);
    cells.extend(records.into_iter().map(|(key, cell)| (Column::Record(key), cell)));
    let metrics = run.metrics.iter().map(|(key, statistics)| (key.clone(), *statistics)).collect();
    let running = of_task
        .is_running()
        .then(|| RunSource::new(&entry.dir, entry.tracks_stamp, run_index, &info.runs));
    NewRow { run: run_index, is_newest, status, cells, metrics, running }
}

/// What the fixed columns of a row are read from.
struct RunOfTask<'a> {
    entry: &'a TaskEntry,
    info: &'a TaskInfo,
    run_index: u32,
    run: &'a Run,
    is_newest: bool,
    status: TaskStatus,
}

impl RunOfTask<'_> {
    /// The value in a fixed column.
    fn cell(&self, column: Fixed) -> Cell {
        let Self { entry, info, run, .. } = *self;
        match column {
            Fixed::Name => Cell::text(entry.name().as_str()),
            Fixed::Run => Cell::Number(f64::from(self.run_index)),
            Fixed::Status => Cell::text(self.status.as_str()),
            Fixed::Created => Cell::text(&info.created_at),
            Fixed::Started => Cell::text(&run.start_time),
            Fixed::Finished => Cell::text(&run.finish_time),
            Fixed::Duration => Cell::number(run.duration_s),
            Fixed::Progress => Cell::number(self.progress()),
            Fixed::Reason => Cell::text(run.outcome.reason()),
            Fixed::Failure => Cell::text(&self.failure().unwrap_or_default()),
            Fixed::ExitCode => Cell::number(run.outcome.exit_code().map(f64::from)),
            Fixed::CpuTime => Cell::number(run.cpu_s),
            #[expect(clippy::cast_precision_loss, reason = "no machine has 2^53 bytes")]
            Fixed::PeakMemory => Cell::number(run.peak_memory_bytes.map(|bytes| bytes as f64)),
            Fixed::Gpus => {
                let gpus: Vec<String> = run.gpus.iter().map(ToString::to_string).collect();
                Cell::text(&gpus.join(", "))
            }
            Fixed::Batch => {
                info.batch.as_ref().map_or(Cell::Missing, |batch| Cell::text(&batch.name))
            }
            Fixed::Tags => Cell::text(&info.tags.join(", ")),
            Fixed::Notes => Cell::text(&info.notes),
            Fixed::Pinned if info.pinned => Cell::Bool(true),
            Fixed::Kind => Cell::text(kind_of(info)),
            // Only imported runs have a source.
            Fixed::Pinned | Fixed::Source => Cell::Missing,
        }
    }

    fn is_running(&self) -> bool {
        self.is_newest && self.status == TaskStatus::Running
    }

    fn progress(&self) -> Option<f64> {
        match self.status {
            TaskStatus::Completed => Some(1.0),
            _ if self.is_running() => self.entry.progress.and_then(|said| said.fraction()),
            _ => (self.is_newest && self.info.progress > 0.0).then_some(self.info.progress),
        }
    }

    fn failure(&self) -> Option<String> {
        let stored = self.run.outcome.failure().map(|failure| failure.text.clone());
        let failed = self.status == TaskStatus::Failed && self.run_index > 0;
        stored.or_else(|| failed.then(|| failure::without_log(self.run, self.run_index).text))
    }
}

fn kind_of(info: &TaskInfo) -> &'static str {
    match info.task_kind {
        common::TaskKind::Python => "python",
        common::TaskKind::Shell => "shell",
    }
}

/// The duration of a running run so far.
pub(super) fn duration_so_far(source: &RunSource) -> Cell {
    match source.start_s {
        start_s if start_s > 0.0 => Cell::Number((clock::epoch_s() - start_s).max(0.0)),
        _ => Cell::Missing,
    }
}

fn leaves(prefix: &str, config: &Map<String, Value>, into: &mut Vec<(Column, Cell)>) {
    let mut flat = Vec::new();
    leaves_of(config, prefix, &mut flat);
    into.extend(flat.into_iter().map(|(path, cell)| (Column::Param(path), cell)));
}

/// Flattens a map to values with dotted paths. A list is one value.
fn leaves_of(map: &Map<String, Value>, prefix: &str, into: &mut Vec<(String, Cell)>) {
    for (key, value) in map {
        let path = format!("{prefix}{key}");
        match value {
            Value::Object(inner) => leaves_of(inner, &format!("{path}."), into),
            leaf => match Cell::from(leaf) {
                Cell::Missing => {}
                cell => into.push((path, cell)),
            },
        }
    }
}

/// The row of an imported run.
pub(super) fn row_of_import(run: &ImportedRun) -> NewRow {
    let meta = &run.meta;
    let fixed = [
        (Fixed::Name, Cell::text(&run.task)),
        (Fixed::Run, Cell::Number(1.0)),
        (Fixed::Status, Cell::text(meta.status.as_str())),
        (Fixed::Created, Cell::text(&meta.started)),
        (Fixed::Started, Cell::text(&meta.started)),
        (Fixed::Finished, Cell::text(&meta.finished)),
        (Fixed::Duration, Cell::number(meta.duration_s)),
        (Fixed::Tags, Cell::text(&meta.tags.join(", "))),
        (Fixed::Notes, Cell::text(&meta.notes)),
        (Fixed::Source, Cell::text(run.kind.as_str())),
    ];
    let mut cells: Vec<(Column, Cell)> =
        fixed.into_iter().map(|(fixed, cell)| (Column::Fixed(fixed), cell)).collect();
    for (key, text) in &meta.params {
        // Imported parameters are strings.
        let cell = text.parse::<f64>().map_or_else(|_| Cell::text(text), Cell::Number);
        cells.push((Column::Param(key.clone()), cell));
    }
    let metrics = run.aggregates().into_iter().collect();
    NewRow { run: 1, is_newest: true, status: meta.status, cells, metrics, running: None }
}
