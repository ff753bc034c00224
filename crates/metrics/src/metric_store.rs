//! Runs in memory, the ones that were asked for last; all others are on disk only.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use common::metric::{Aggregate, float};

use super::overview::{Overview, Point};
use super::run_data::RunData;
use super::sidecar;
use super::tail::{Found, read_on};
use crate::tensorboard::{EventFiles, Span, of_run};
use crate::track_store;
use store::Result;
use store::disk::Stamp;
use store::task::{TaskDir, file};

/// How much of all runs is kept in memory.
const BUDGET_BYTES: usize = 256 << 20;
/// A journal that is larger is not held as columns, but read when all of it is asked for.
const MAX_COLUMN_BYTES: u64 = 512 << 20;
/// Of a shorter journal no overview is kept on disk: reading it takes no time.
pub(crate) const MIN_SIDECAR_BYTES: u64 = 1 << 20;

/// Where a run's points are.
#[derive(Debug, Clone)]
pub struct RunSource {
    /// Folder of the task.
    pub dir: TaskDir,
    /// Number of the run, from 1.
    pub run_index: u32,
    /// Whether it may still write.
    pub is_open: bool,
    /// Keys that `task_info.json` has tracks of.
    pub folded: Vec<String>,
    /// Of `tracks.sqlite3`, where curves of the task are in it.
    pub tracks_stamp: Option<Stamp>,
    /// Its start, seconds since 1970; 0 where it is not known.
    pub start_s: f64,
    /// When event files that are its own were begun.
    pub span: Span,
}

/// How much of a run is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Figures of what was tracked; event files are left alone.
    Journal,
    /// Figures, and a picture of the whole.
    Overview,
    /// Every point.
    All,
}

/// Runs in memory.
#[derive(Default)]
pub struct MetricStore {
    held: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    runs: HashMap<PathBuf, Slot>,
    /// Grows with every use.
    clock: u64,
}

struct Slot {
    run: Arc<Mutex<Held>>,
    used: u64,
    bytes: usize,
}

#[derive(Default)]
struct Held {
    found: Option<Found>,
    data: RunData,
    /// Event files that the run wrote beside its task.
    events: EventFiles,
    /// Whether the tracks of `task_info.json` were added.
    is_joined: bool,
    /// The `tracks.sqlite3` they were taken from, if any.
    tracks_stamp: Option<Stamp>,
}

impl MetricStore {
    /// Looks at a run, as of now.
    ///
    /// # Errors
    /// When its files are there but cannot be read.
    pub fn with<T>(
        &self,
        source: &RunSource,
        need: Need,
        look: impl FnOnce(&RunData) -> T,
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
        let mut held = run.lock().unwrap_or_else(PoisonError::into_inner);
        held.refresh(source, need)?;
        let answer = look(&held.data);
        let bytes = held.data.bytes();
        drop(held);
        self.table().note(&path, bytes);
        Ok(answer)
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    /// Notes the size of a run, and lets go of those that were not used for longest.
    fn note(&mut self, path: &PathBuf, bytes: usize) {
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

impl Held {
    fn refresh(&mut self, source: &RunSource, need: Need) -> Result<()> {
        if self.is_joined && self.tracks_stamp != source.tracks_stamp {
            *self = Self::default();
        }
        if need == Need::Journal {
            return self.refresh_journal(source, need);
        }
        let files = of_run(&source.dir, source.run_index, source.span);
        if !self.events.goes_on(&files) {
            *self = Self::default();
        }
        self.refresh_journal(source, need)?;
        self.events.read_into(&files, &mut self.data)
    }

    fn refresh_journal(&mut self, source: &RunSource, need: Need) -> Result<()> {
        let path = source.dir.journal(source.run_index);
        let Some(found) = Found::at(&path) else {
            return self.without_journal(source);
        };
        let is_same = self.found.is_some_and(|known| known.inode == found.inode)
            && self.data.cursor <= found.bytes;
        // An overview from disk, or of a run that was too long, has no columns.
        let wants_more = need == Need::All && self.data.columns.is_none() && self.fits(found);
        if !is_same || wants_more {
            *self = Self { data: self.begin(source, found, need), ..Self::default() };
        }
        if self.data.cursor < found.bytes {
            read_on(&path, &mut self.data, !source.is_open, |_, _| ())?;
            self.keep_overview(source, found);
        }
        self.found = Some(found);
        self.join_folded(source)
    }

    fn fits(&self, found: Found) -> bool {
        found.bytes <= MAX_COLUMN_BYTES && self.data.fits_columns()
    }

    fn begin(&self, source: &RunSource, found: Found, need: Need) -> RunData {
        if need != Need::All && !source.is_open && found.bytes >= MIN_SIDECAR_BYTES {
            let path = source.dir.overview(source.run_index);
            if let Some(data) = sidecar::read(&path, found.bytes) {
                return data;
            }
        }
        RunData::new(found.bytes <= MAX_COLUMN_BYTES)
    }

    /// Spares the next server the work. A run goes on without.
    fn keep_overview(&self, source: &RunSource, found: Found) {
        let is_due = !source.is_open && found.bytes >= MIN_SIDECAR_BYTES;
        let path = source.dir.overview(source.run_index);
        if is_due && sidecar::read(&path, found.bytes).is_none() {
            let written = sidecar::write(&path, found.bytes, &self.data);
            if let Err(error) = written {
                tracing::debug!(%error, "the overview of a run is not kept");
            }
        }
    }

    /// A run of another program, or one whose journal was deleted.
    fn without_journal(&mut self, source: &RunSource) -> Result<()> {
        if self.found.is_some() || !self.is_joined || source.is_open {
            *self = Self { data: RunData::new(true), ..Self::default() };
        }
        self.join_folded(source)
    }

    /// Adds the tracks of `task_info.json` that the journal has not.
    fn join_folded(&mut self, source: &RunSource) -> Result<()> {
        self.tracks_stamp = source.tracks_stamp;
        let is_there = |key: &String| self.data.find(key).is_some();
        if std::mem::replace(&mut self.is_joined, true) || source.folded.iter().all(is_there) {
            return Ok(());
        }
        let (mut info, _) = file::read(&source.dir)?;
        // Why it cannot be read is said with the task; the other curves are shown.
        if let Err(error) = track_store::merge_into(&source.dir, &mut info) {
            tracing::debug!(%error, task = source.dir.name_str(), "curves are missing");
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
    /// A curve of which only the values are known.
    fn put_list(&mut self, key: &str, aggregate: Aggregate, values: &[f64]) {
        // As many buckets as points: they are in memory already.
        let mut overview = Overview::new(values.len());
        for (index, y) in (0..).zip(values) {
            overview.push(Point { index, step: f64::NAN, t: f64::NAN, y: *y });
        }
        self.put(key, aggregate, overview);
    }

    /// Whether all points would fit, as far as is known.
    fn fits_columns(&self) -> bool {
        let points: u64 = self.keys.iter().map(|key| key.aggregate.count).sum();
        points <= super::run_data::MAX_COLUMN_POINTS as u64
    }
}
