//! Curves of many runs, ready to be drawn.

use std::sync::Arc;

use common::metric::{
    RunCursor, RunRef, RunSeries, Series, SeriesAnswer, SeriesRequest, TaskMetrics,
};

use super::curve::{Curve, Wanted, curve};
use super::source::source_of;
use super::store::{MetricStore, Need, RunSource};
use super::{source, stream};
use crate::engine::{Engine, Pick};
use crate::index::in_parts;
use crate::workspace::Workspace;
use crate::{Error, Result};

/// From how many runs on reading is shared among the cores.
const MANY: usize = 4;
/// The most runs, curves and points in one answer.
const MAX_RUNS: usize = 5_000;
const MAX_SERIES: usize = 20_000;
const MAX_POINTS: usize = 4_000_000;

/// A run that was found, with the name it was asked for by.
struct Asked {
    task: String,
    source: AskedSource,
}

enum AskedSource {
    Task(Box<RunSource>),
    Imported(Arc<crate::import::ImportedRun>),
}

/// What one run gives.
struct OfRun {
    cursor: RunCursor,
    series: Vec<RunSeries>,
}

impl Engine {
    /// The curves of many runs.
    ///
    /// # Errors
    /// When the filter is wrong, or the files of a run cannot be read. Runs that are not there are named
    /// in the answer.
    pub fn series(&self, pick: &Pick, request: &SeriesRequest) -> Result<SeriesAnswer> {
        let workspace = self.pick(pick)?;
        let mut answer = SeriesAnswer::default();
        let mut runs = match request.runs.is_empty() {
            true => self.runs_of_filter(&workspace, &request.filter)?,
            false => request.runs.clone(),
        };
        if runs.len() > MAX_RUNS {
            answer.limited =
                Some(format!("Only the first {MAX_RUNS} of {} runs are here.", runs.len()));
            runs.truncate(MAX_RUNS);
        }
        let mut asked = Vec::new();
        for run in runs {
            match self.asked(&workspace, &run) {
                Ok(found) => asked.push(found),
                Err(Error::NotFound(_)) => answer.missing.push(run),
                Err(error) => return Err(error),
            }
        }
        let mut wanted = Wanted::new(request);
        // However many runs there are, the answer has an upper bound.
        wanted.max_points = wanted.max_points.min((MAX_POINTS / asked.len().max(1)).max(50));
        let store = self.metric_store();
        let of_run = |asked: Asked| asked.read(store, &request.keys, &wanted);
        let work = |asked: Vec<Asked>| asked.into_iter().map(of_run).collect();
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

    /// Every track of every run of a task, each with at most `max_points` points.
    ///
    /// # Errors
    /// When there is no such task, or its files cannot be read.
    pub fn metrics(&self, pick: &Pick, name: &str, max_points: u32) -> Result<TaskMetrics> {
        let workspace = self.pick(pick)?;
        let entry = workspace.find(name)?;
        let request =
            SeriesRequest { max_points, x: common::metric::XAxis::Index, ..Default::default() };
        let wanted = Wanted::new(&request);
        let mut series = Vec::new();
        let runs = entry.info.open().runs;
        for (run_index, _) in (1..).zip(&runs) {
            let source = source::of(&entry, run_index, &runs);
            let asked =
                Asked { task: name.to_owned(), source: AskedSource::Task(Box::new(source)) };
            let of_run = asked.read(self.metric_store(), &["*".to_owned()], &wanted)?;
            series.extend(of_run.series.into_iter().map(plain));
        }
        series.sort_by(|a, b| (&a.key, a.run_index).cmp(&(&b.key, b.run_index)));
        Ok(TaskMetrics { task_name: entry.dir.name(), series })
    }

    fn asked(&self, workspace: &Arc<Workspace>, run: &RunRef) -> Result<Asked> {
        let source = match run.imported() {
            Some(_) => AskedSource::Imported(self.imported_run(workspace, run)?),
            None => {
                let entry = workspace.find(&run.task)?;
                AskedSource::Task(Box::new(source_of(&entry, run.run)?))
            }
        };
        Ok(Asked { task: run.task.clone(), source })
    }
}

impl Asked {
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
