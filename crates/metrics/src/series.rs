//! Returns the curves of many runs.

use std::sync::Arc;

use common::metric::{RunCursor, RunSeries, Series, SeriesAnswer, SeriesRequest, TaskMetrics};

use crate::import::ImportedRun;

use super::curve::{Curve, CurveQuery, curve};
use super::metric_store::{MetricStore, Need, RunSource};
use super::stream;
use store::Result;
use store::parallel::in_parts;
use store::task::TaskDir;

/// From this many runs on, reading uses several threads.
const PARALLEL_MIN_RUNS: usize = 4;
/// Maximum number of runs, curves and points in one response.
const MAX_RUNS: usize = 5_000;
const MAX_SERIES: usize = 20_000;
const MAX_POINTS: usize = 4_000_000;

/// A requested run.
pub struct RequestedRun {
    /// The task's name, or that of an imported run.
    pub task: String,
    /// The location of its curves.
    pub source: RequestedSource,
}

/// The location of the curves of a run.
pub enum RequestedSource {
    /// In a task's folder.
    Task(Box<RunSource>),
    /// In the folder of another tracker.
    Imported(Arc<ImportedRun>),
}

/// The curves of one run.
struct RunCurves {
    cursor: RunCursor,
    series: Vec<RunSeries>,
}

/// The curves of many runs, in the order of `requested`. Ignores `request.runs` and
/// `request.filter`.
///
/// # Errors
/// When the files of a run cannot be read.
pub fn series(
    store: &MetricStore,
    mut requested: Vec<RequestedRun>,
    request: &SeriesRequest,
) -> Result<SeriesAnswer> {
    let mut response = SeriesAnswer::default();
    if requested.len() > MAX_RUNS {
        response.limited =
            Some(format!("Only the first {MAX_RUNS} of {} runs are here.", requested.len()));
        requested.truncate(MAX_RUNS);
    }
    let mut query = CurveQuery::new(request);
    // Limits the total size of the response for any number of runs.
    query.max_points = query.max_points.min((MAX_POINTS / requested.len().max(1)).max(50));
    let run_curves = |requested: RequestedRun| requested.read(store, &request.keys, &query);
    let work = |requested: Vec<RequestedRun>| requested.into_iter().map(run_curves).collect();
    let mut points = 0;
    for (index, run_curves) in in_parts(requested, PARALLEL_MIN_RUNS, work).into_iter().enumerate()
    {
        let RunCurves { cursor, series } = run_curves?;
        response.runs.push(cursor);
        for one in series {
            if response.series.len() == MAX_SERIES || points > MAX_POINTS {
                response.limited =
                    Some(format!("Only the curves of the first {index} runs are here."));
                break;
            }
            points += one.x.len();
            response.series.push(one);
        }
    }
    // A stable sort: the runs of a key keep the requested order.
    response.series.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(response)
}

/// Every curve of every run of a task, each with at most `max_points` points. `sources` are its
/// runs, starting with the first.
///
/// # Errors
/// When its files cannot be read.
pub fn task_metrics(
    store: &MetricStore,
    dir: &TaskDir,
    sources: Vec<RunSource>,
    max_points: u32,
) -> Result<TaskMetrics> {
    let request =
        SeriesRequest { max_points, x: common::metric::XAxis::Index, ..Default::default() };
    let query = CurveQuery::new(&request);
    let mut series = Vec::new();
    for source in sources {
        let requested = RequestedRun {
            task: dir.name().to_string(),
            source: RequestedSource::Task(Box::new(source)),
        };
        let run_curves = requested.read(store, &["*".to_owned()], &query)?;
        series.extend(run_curves.series.into_iter().map(to_series));
    }
    series.sort_by(|a, b| (&a.key, a.run_index).cmp(&(&b.key, b.run_index)));
    Ok(TaskMetrics { task_name: dir.name().to_string(), series })
}

impl RequestedRun {
    fn read(&self, store: &MetricStore, keys: &[String], query: &CurveQuery) -> Result<RunCurves> {
        match &self.source {
            RequestedSource::Imported(run) => {
                let data = run.data()?;
                Ok(self.collect(&data, 1, 0.0, keys, query).0)
            }
            RequestedSource::Task(source) => self.read_task(source, store, keys, query),
        }
    }

    fn read_task(
        &self,
        source: &RunSource,
        store: &MetricStore,
        keys: &[String],
        query: &CurveQuery,
    ) -> Result<RunCurves> {
        let collect = |data: &super::run_data::RunData| {
            self.collect(data, source.run_index, source.start_s, keys, query)
        };
        let (run_curves, incomplete) = store.with(source, Need::Overview, collect)?;
        if incomplete.is_empty() {
            return Ok(run_curves);
        }
        let (mut run_curves, incomplete) = store.with(source, Need::All, collect)?;
        if !incomplete.is_empty() {
            let journal = source.dir.journal(source.run_index);
            let names: Vec<&str> =
                incomplete.iter().map(|at| run_curves.series[*at].key.as_str()).collect();
            let start_s = run_curves.cursor.start_s;
            let curves = stream::curves(&journal, &names, query, start_s)?;
            for (at, Curve { x, y, smooth }) in incomplete.into_iter().zip(curves) {
                let one = &mut run_curves.series[at];
                (one.x, one.y, one.smooth) = (x, y, smooth);
            }
        }
        Ok(run_curves)
    }

    /// The curves of a run, and the indices of those for which `data` does not contain enough
    /// points.
    fn collect(
        &self,
        data: &super::run_data::RunData,
        run_index: u32,
        start_s: f64,
        keys: &[String],
        query: &CurveQuery,
    ) -> (RunCurves, Vec<usize>) {
        let start_s = if start_s > 0.0 { start_s } else { data.first_t };
        let start_s = if start_s.is_finite() { start_s } else { 0.0 };
        let mut series = Vec::new();
        let mut incomplete = Vec::new();
        let mut names: Vec<String> = Vec::with_capacity(data.keys.len());
        for (key, key_data) in data.keys.iter().enumerate() {
            names.push(key_data.name.to_string());
            if !is_requested(&key_data.name, keys) {
                continue;
            }
            let curve = curve(data, key, query, start_s).unwrap_or_else(|| {
                incomplete.push(series.len());
                Curve::default()
            });
            series.push(RunSeries {
                task: self.task.clone(),
                run: run_index,
                key: key_data.name.to_string(),
                aggregate: key_data.aggregate,
                x: curve.x,
                y: curve.y,
                smooth: curve.smooth,
            });
        }
        names.sort_unstable();
        let (task, run, cursor) = (self.task.clone(), run_index, data.cursor);
        let cursor = RunCursor { task, run, cursor, start_s, keys: names };
        (RunCurves { cursor, series }, incomplete)
    }
}

/// Whether a key is requested.
fn is_requested(key: &str, requested: &[String]) -> bool {
    if requested.is_empty() {
        return !key.starts_with("sys/") && !key.starts_with("time/");
    }
    requested.iter().any(|requested| match requested.strip_suffix('*') {
        Some(prefix) => key.starts_with(prefix),
        None => key == requested,
    })
}

/// The older format of a curve.
fn to_series(series: RunSeries) -> Series {
    let RunSeries { run, key, aggregate, x, y, .. } = series;
    Series {
        run_index: run,
        key,
        point_count: aggregate.count,
        x,
        y: y.into_iter().map(|value| value.is_finite().then_some(value)).collect(),
        last: aggregate.last.filter(|last| last.is_finite()),
        min: aggregate.min,
        max: aggregate.max,
        nan_count: aggregate.nan_count,
        inf_count: aggregate.inf_count,
    }
}
