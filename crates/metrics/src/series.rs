//! Curves of many runs, ready to be drawn.

use std::sync::Arc;

use common::metric::{RunCursor, RunSeries, Series, SeriesAnswer, SeriesRequest, TaskMetrics};

use crate::import::ImportedRun;

use super::curve::{Curve, Wanted, curve};
use super::metric_store::{MetricStore, Need, RunSource};
use super::stream;
use store::Result;
use store::parallel::in_parts;
use store::task::TaskDir;

/// From how many runs on reading is shared among the cores.
const MANY: usize = 4;
/// The most runs, curves and points in one answer.
const MAX_RUNS: usize = 5_000;
const MAX_SERIES: usize = 20_000;
const MAX_POINTS: usize = 4_000_000;

/// A run that was found, with the name it was asked for by.
pub struct AskedRun {
    /// The task's name, or that of an imported run.
    pub task: String,
    /// Where its curves are.
    pub source: AskedSource,
}

/// Where the curves of a run are.
pub enum AskedSource {
    /// In a task's folder.
    Task(Box<RunSource>),
    /// In the folder of another tracker.
    Imported(Arc<ImportedRun>),
}

/// What one run gives.
struct OfRun {
    cursor: RunCursor,
    series: Vec<RunSeries>,
}

/// The curves of many runs, in the order of `asked`. `request.runs` and `request.filter` are not looked at.
///
/// # Errors
/// When the files of a run cannot be read.
pub fn series(
    store: &MetricStore,
    mut asked: Vec<AskedRun>,
    request: &SeriesRequest,
) -> Result<SeriesAnswer> {
    let mut answer = SeriesAnswer::default();
    if asked.len() > MAX_RUNS {
        answer.limited =
            Some(format!("Only the first {MAX_RUNS} of {} runs are here.", asked.len()));
        asked.truncate(MAX_RUNS);
    }
    let mut wanted = Wanted::new(request);
    // However many runs there are, the answer has an upper bound.
    wanted.max_points = wanted.max_points.min((MAX_POINTS / asked.len().max(1)).max(50));
    let of_run = |asked: AskedRun| asked.read(store, &request.keys, &wanted);
    let work = |asked: Vec<AskedRun>| asked.into_iter().map(of_run).collect();
    let mut points = 0;
    for (place, of_run) in in_parts(asked, MANY, work).into_iter().enumerate() {
        let OfRun { cursor, series } = of_run?;
        answer.runs.push(cursor);
        for one in series {
            if answer.series.len() == MAX_SERIES || points > MAX_POINTS {
                answer.limited =
                    Some(format!("Only the curves of the first {place} runs are here."));
                break;
            }
            points += one.x.len();
            answer.series.push(one);
        }
    }
    // A stable sort: the runs of a key keep the order in which they were asked for.
    answer.series.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(answer)
}

/// Every track of every run of a task, each with at most `max_points` points. `sources` are its runs, from the
/// first.
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
    let wanted = Wanted::new(&request);
    let mut series = Vec::new();
    for source in sources {
        let asked = AskedRun { task: dir.name(), source: AskedSource::Task(Box::new(source)) };
        let of_run = asked.read(store, &["*".to_owned()], &wanted)?;
        series.extend(of_run.series.into_iter().map(plain));
    }
    series.sort_by(|a, b| (&a.key, a.run_index).cmp(&(&b.key, b.run_index)));
    Ok(TaskMetrics { task_name: dir.name(), series })
}

impl AskedRun {
    fn read(&self, store: &MetricStore, keys: &[String], wanted: &Wanted) -> Result<OfRun> {
        match &self.source {
            AskedSource::Imported(run) => {
                let data = run.data()?;
                Ok(self.collect(&data, 1, 0.0, keys, wanted).0)
            }
            AskedSource::Task(source) => self.read_task(source, store, keys, wanted),
        }
    }

    fn read_task(
        &self,
        source: &RunSource,
        store: &MetricStore,
        keys: &[String],
        wanted: &Wanted,
    ) -> Result<OfRun> {
        let collect = |data: &super::run_data::RunData| {
            self.collect(data, source.run_index, source.start_s, keys, wanted)
        };
        let (of_run, lacking) = store.with(source, Need::Overview, collect)?;
        if lacking.is_empty() {
            return Ok(of_run);
        }
        let (mut of_run, lacking) = store.with(source, Need::All, collect)?;
        if !lacking.is_empty() {
            let journal = source.dir.journal(source.run_index);
            let names: Vec<&str> =
                lacking.iter().map(|at| of_run.series[*at].key.as_str()).collect();
            let start_s = of_run.cursor.start_s;
            let curves = stream::curves(&journal, &names, wanted, start_s)?;
            for (at, Curve { x, y, smooth }) in lacking.into_iter().zip(curves) {
                let one = &mut of_run.series[at];
                (one.x, one.y, one.smooth) = (x, y, smooth);
            }
        }
        Ok(of_run)
    }

    /// The curves of a run, and which of them `data` does not hold enough of.
    fn collect(
        &self,
        data: &super::run_data::RunData,
        run_index: u32,
        start_s: f64,
        keys: &[String],
        wanted: &Wanted,
    ) -> (OfRun, Vec<usize>) {
        let start_s = if start_s > 0.0 { start_s } else { data.first_t };
        let start_s = if start_s.is_finite() { start_s } else { 0.0 };
        let mut series = Vec::new();
        let mut lacking = Vec::new();
        let mut names: Vec<String> = Vec::with_capacity(data.keys.len());
        for (key, data_of_key) in data.keys.iter().enumerate() {
            names.push(data_of_key.name.to_string());
            if !is_wanted(&data_of_key.name, keys) {
                continue;
            }
            let curve = curve(data, key, wanted, start_s).unwrap_or_else(|| {
                lacking.push(series.len());
                Curve::default()
            });
            series.push(RunSeries {
                task: self.task.clone(),
                run: run_index,
                key: data_of_key.name.to_string(),
                aggregate: data_of_key.aggregate,
                x: curve.x,
                y: curve.y,
                smooth: curve.smooth,
            });
        }
        names.sort_unstable();
        let (task, run, cursor) = (self.task.clone(), run_index, data.cursor);
        let cursor = RunCursor { task, run, cursor, start_s, keys: names };
        (OfRun { cursor, series }, lacking)
    }
}

/// Whether a key is among the asked ones.
fn is_wanted(key: &str, asked: &[String]) -> bool {
    if asked.is_empty() {
        return !key.starts_with("sys/") && !key.starts_with("time/");
    }
    asked.iter().any(|asked| match asked.strip_suffix('*') {
        Some(beginning) => key.starts_with(beginning),
        None => key == asked,
    })
}

/// The older form of a curve.
fn plain(series: RunSeries) -> Series {
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
