//! A cache of runs in memory, evicting the least recently used.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use common::metric::{Aggregate, float};

use super::overview::{Overview, Point};
use super::run_data::RunData;
use super::sidecar;
use super::tail::{JournalStat, read_new};
use crate::tensorboard::{EventFiles, Span, of_run};
use crate::track_store;
use store::Result;
use store::disk::Stamp;
use store::task::{TaskDir, file};

/// Memory budget for all cached runs.
const BUDGET_BYTES: usize = 256 << 20;
/// The points of a larger journal are not cached; it is read again when all of it is requested.
const MAX_COLUMN_BYTES: u64 = 512 << 20;
/// No overview is written for a shorter journal, which is fast to read.
pub(crate) const MIN_SIDECAR_BYTES: u64 = 1 << 20;

/// The location of a run's points.
#[derive(Debug, Clone)]
pub struct RunSource {
    /// Folder of the task.
    pub dir: TaskDir,
    /// Index of the run, from 1.
    pub run_index: u32,
    /// Whether the run may still write.
    pub is_open: bool,
    /// Keys of the tracks in `task_info.json`.
    pub folded: Vec<String>,
    /// Stamp of `tracks.sqlite3`, if it contains curves of the task.
    pub tracks_stamp: Option<Stamp>,
    /// Its start in seconds since 1970; 0 if unknown.
    pub start_s: f64,
    /// The time range in which its own event files were created.
    pub span: Span,
}

/// How much of a run is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Statistics of the journal; event files are not read.
    Journal,
    /// Statistics, and an overview of each curve.
    Overview,
    /// Every point.
    All,
}

/// The cached runs.
#[derive(Default)]
pub struct MetricStore {
    cached: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    runs: HashMap<PathBuf, Slot>,
    /// Incremented with every use.
    clock: u64,
}

struct Slot {
    run: Arc<Mutex<CachedRun>>,
    used: u64,
    bytes: usize,
}

#[derive(Default)]
struct CachedRun {
    stat: Option<JournalStat>,
    data: RunData,
    /// Event files that the run wrote in its task's folder.
    events: EventFiles,
    /// Whether the tracks of `task_info.json` were merged in.
    is_merged: bool,
    /// Stamp of the `tracks.sqlite3` they were read from, if any.
    tracks_stamp: Option<Stamp>,
}

impl MetricStore {
    /// Calls `read` with the current data of a run.
    ///
    /// # Errors
    /// When its files exist but cannot be read.
    pub fn with<T>(
        &self,
        source: &RunSource,
        need: Need,
        read: impl FnOnce(&RunData) -> T,
    ) -> Result<T> {
        let path = source.dir.journal(source.run_index);
        let run = {
            let mut table = self.table();
            table.clock += 1;
            let used = table.clock;
            let slot = table.runs.entry(path.clone());
            let slot = slot.or_insert_with(|| Slot { run: Arc::default(), used, bytes: 0 });
            slot.used = used;
            slot.run.clone()
        };
        let mut cached = run.lock().unwrap_or_else(PoisonError::into_inner);
        cached.refresh(source, need)?;
        let result = read(&cached.data);
        let bytes = cached.data.bytes();
        drop(cached);
        self.table().record_size(&path, bytes);
        Ok(result)
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.cached.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    /// Records the size of a run, and evicts the least recently used runs over the budget.
    fn record_size(&mut self, path: &PathBuf, bytes: usize) {
        if let Some(slot) = self.runs.get_mut(path) {
            slot.bytes = bytes;
        }
        let mut all: usize = self.runs.values().map(|slot| slot.bytes).sum();
        while all > BUDGET_BYTES {
            let oldest = self.runs.iter().min_by_key(|(_, slot)| slot.used);
            let Some(path) = oldest.map(|(path, _)| path.clone()) else { return };
            all -= self.runs.remove(&path).map_or(0, |slot| slot.bytes);
        }
    }
}

impl CachedRun {
    fn refresh(&mut self, source: &RunSource, need: Need) -> Result<()> {
        if self.is_merged && self.tracks_stamp != source.tracks_stamp {
            *self = Self::default();
        }
        if need == Need::Journal {
            return self.refresh_journal(source, need);
        }
        let files = of_run(&source.dir, source.run_index, source.span);
        if !self.events.can_continue(&files) {
            *self = Self::default();
        }
        self.refresh_journal(source, need)?;
        self.events.read_into(&files, &mut self.data)
    }

    fn refresh_journal(&mut self, source: &RunSource, need: Need) -> Result<()> {
        let path = source.dir.journal(source.run_index);
        let Some(stat) = JournalStat::at(&path) else {
            return self.without_journal(source);
        };
        let is_same = self.stat.is_some_and(|previous| previous.inode == stat.inode)
            && self.data.cursor <= stat.bytes;
        // An overview from disk, or of a run that was too long, has no point columns.
        let wants_more = need == Need::All && self.data.columns.is_none() && self.fits(stat);
        if !is_same || wants_more {
            *self = Self { data: self.load_or_new(source, stat, need), ..Self::default() };
        }
        if self.data.cursor < stat.bytes {
            read_new(&path, &mut self.data, !source.is_open, |_, _| ())?;
            self.write_overview(source, stat);
        }
        self.stat = Some(stat);
        self.merge_folded(source)
    }

    fn fits(&self, stat: JournalStat) -> bool {
        stat.bytes <= MAX_COLUMN_BYTES && self.data.fits_columns()
    }

    fn load_or_new(&self, source: &RunSource, stat: JournalStat, need: Need) -> RunData {
        if need != Need::All && !source.is_open && stat.bytes >= MIN_SIDECAR_BYTES {
            let path = source.dir.overview(source.run_index);
            if let Some(data) = sidecar::read(&path, stat.bytes) {
                return data;
            }
        }
        RunData::new(stat.bytes <= MAX_COLUMN_BYTES)
    }

    /// Writes the overview, so that the next server need not read the journal. Errors are only
    /// logged.
    fn write_overview(&self, source: &RunSource, stat: JournalStat) {
        let is_due = !source.is_open && stat.bytes >= MIN_SIDECAR_BYTES;
        let path = source.dir.overview(source.run_index);
        if is_due && sidecar::read(&path, stat.bytes).is_none() {
            let written = sidecar::write(&path, stat.bytes, &self.data);
            if let Err(error) = written {
                tracing::debug!(%error, "the overview of a run is not kept");
            }
        }
    }

    /// For a run of another program, or one whose journal was deleted.
    fn without_journal(&mut self, source: &RunSource) -> Result<()> {
        if self.stat.is_some() || !self.is_merged || source.is_open {
            *self = Self { data: RunData::new(true), ..Self::default() };
        }
        self.merge_folded(source)
    }

    /// Adds the tracks of `task_info.json` that the journal does not contain.
    fn merge_folded(&mut self, source: &RunSource) -> Result<()> {
        self.tracks_stamp = source.tracks_stamp;
        let exists = |key: &String| self.data.find(key).is_some();
        if std::mem::replace(&mut self.is_merged, true) || source.folded.iter().all(exists) {
            return Ok(());
        }
        let (mut info, _) = file::read(&source.dir)?;
        // The error is shown with the task; the other curves are still returned.
        if let Err(error) = track_store::merge_into(&source.dir, &mut info) {
            tracing::debug!(%error, task = %source.dir.name(), "curves are missing");
        }
        let slot = usize::try_from(source.run_index).unwrap_or(usize::MAX).wrapping_sub(1);
        let Some(run) = info.runs.get_mut(slot) else {
            return Ok(());
        };
        for (key, value) in std::mem::take(&mut run.track) {
            if self.data.find(&key).is_none() {
                self.data.put_list(
                    &key,
                    run.aggregate_of(&key, &value),
                    &float::list_from_json(&value),
                );
            }
        }
        Ok(())
    }
}

impl RunData {
    /// Adds a curve of which only the values are known.
    fn put_list(&mut self, key: &str, aggregate: Aggregate, values: &[f64]) {
        // As many buckets as points: they are in memory already.
        let mut overview = Overview::new(values.len());
        for (index, y) in (0..).zip(values) {
            overview.push(Point { index, step: f64::NAN, t: f64::NAN, y: *y });
        }
        self.put(key, aggregate, overview);
    }

    /// Whether all points would fit, as far as known.
    fn fits_columns(&self) -> bool {
        let points: u64 = self.keys.iter().map(|key| key.aggregate.count).sum();
        points <= super::run_data::MAX_COLUMN_POINTS as u64
    }
}
