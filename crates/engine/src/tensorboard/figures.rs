//! The figures of event files beside tasks, for the table of runs.
//!
//! Read by a thread of its own, so that no list waits for files that somebody else has written; a file that is as
//! it was costs a look at its size and time. Only figures are kept, however long the curves are.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use common::metric::Aggregate;

use crate::task::TaskEntry;
use metrics::spans_of;
use metrics::tensorboard::EventFiles;
use metrics::tensorboard::of_task;
use store::Result;

/// The shortest time between two looks at all tasks, and how many times as long as a look it is.
const INTERVAL: Duration = Duration::from_secs(1);
const SHARE: u32 = 50;
/// More keys of a run are none that anybody reads.
const MAX_KEYS: usize = 10_000;

/// What is known of the event files of a workspace.
#[derive(Default)]
pub(crate) struct EventFigures {
    held: Mutex<Held>,
    looked: Condvar,
}

#[derive(Default)]
struct Held {
    tasks: HashMap<Box<str>, Runs>,
    /// Tasks whose figures have changed since somebody asked.
    news: BTreeSet<String>,
    is_looking: [bool; 2],
    has_looked: bool,
    /// What ran at the last look: the end of a run is looked at once more.
    running: Vec<String>,
    next: Option<Instant>,
}

/// The runs of a task that have event files.
type Runs = Vec<(u32, Arc<OfRun>)>;

/// The event files of a run.
#[derive(Debug, Clone, Default)]
pub(crate) struct OfRun {
    files: EventFiles,
    figures: BTreeMap<String, Aggregate>,
}

/// Which tasks a look is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Every task: somebody asks for the table.
    All,
    /// Those that run, and those that did at the last look: somebody may follow their curves.
    Running,
}

impl EventFigures {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it is time for a look; whoever is told so has to [look](Self::look).
    pub(crate) fn is_due(&self, which: Which) -> bool {
        let mut held = self.held();
        let is_due = which == Which::Running || held.next.is_none_or(|next| Instant::now() >= next);
        is_due && !std::mem::replace(&mut held.is_looking[which as usize], true)
    }

    /// Notes what runs now; answers what ran when this was called last.
    pub(crate) fn ran_before(&self, now: &[Arc<TaskEntry>]) -> Vec<String> {
        let names = now.iter().map(|entry| entry.name().to_owned()).collect();
        std::mem::replace(&mut self.held().running, names)
    }

    /// Looks at the files of these tasks. `changed` is called with each run whose figures are others.
    pub(crate) fn look(
        &self,
        which: Which,
        entries: &[Arc<TaskEntry>],
        mut changed: impl FnMut(&TaskEntry, u32),
    ) {
        let began = Instant::now();
        let _done = Done(self, which);
        for entry in entries.iter().filter(|entry| entry.brief.run_index > 0) {
            for run_index in self.look_at(entry) {
                changed(entry, run_index);
            }
        }
        let mut held = self.held();
        if which == Which::All {
            let there: HashSet<&str> = entries.iter().map(|entry| entry.name()).collect();
            held.tasks.retain(|name, _| there.contains(&**name));
            held.next = Some(Instant::now() + INTERVAL.max(began.elapsed() * SHARE));
        }
    }

    /// Waits for the first look at all tasks, until then at most.
    pub(crate) fn wait(&self, until: Instant) {
        let held = self.held();
        let patience = until.saturating_duration_since(Instant::now());
        let wait = self.looked.wait_timeout_while(held, patience, |held| !held.has_looked);
        drop(wait.unwrap_or_else(PoisonError::into_inner));
    }

    /// The tasks whose figures have changed since this was asked last.
    pub(crate) fn take_news(&self) -> BTreeSet<String> {
        std::mem::take(&mut self.held().news)
    }

    /// The figures of a run, by key.
    pub(crate) fn of(&self, task: &str, run_index: u32) -> Option<Arc<OfRun>> {
        of_run(self.held().tasks.get(task)?, run_index).cloned()
    }

    /// Looks at the files of a task; answers the runs whose figures are others.
    fn look_at(&self, entry: &TaskEntry) -> Vec<u32> {
        let known = self.held().tasks.get(entry.name()).cloned().unwrap_or_default();
        let files = of_task(&entry.dir, || spans_of(&entry.info.open().runs));
        if files.is_empty() && known.is_empty() {
            return Vec::new();
        }
        let is_gone = |run: &u32| files.iter().all(|(other, _)| other != run);
        let mut changed: Vec<u32> = known.iter().map(|(run, _)| *run).filter(is_gone).collect();
        let mut runs = Vec::new();
        for (run_index, files) in files {
            let before = of_run(&known, run_index);
            let fresh = match before.filter(|of_run| of_run.files.is_current(&files)) {
                Some(same) => same.clone(),
                None => {
                    changed.push(run_index);
                    // What cannot be read has no figures; the next look tries again.
                    Arc::new(OfRun::read(before, &files).unwrap_or_default())
                }
            };
            runs.push((run_index, fresh));
        }
        if !changed.is_empty() {
            let mut held = self.held();
            held.tasks.insert(entry.name().into(), runs);
            held.news.insert(entry.name().to_owned());
        }
        changed
    }
}

/// The end of a look, however it ends: nobody waits for it any more.
struct Done<'a>(&'a EventFigures, Which);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        let mut held = self.0.held();
        held.is_looking[self.1 as usize] = false;
        held.has_looked |= self.1 == Which::All;
        drop(held);
        self.0.looked.notify_all();
    }
}

fn of_run(runs: &Runs, run_index: u32) -> Option<&Arc<OfRun>> {
    runs.iter().find(|(of, _)| *of == run_index).map(|(_, of_run)| of_run)
}

impl OfRun {
    fn read(before: Option<&Arc<Self>>, files: &[PathBuf]) -> Result<Self> {
        let goes_on = before.filter(|of_run| of_run.files.can_continue(files));
        let mut of_run = goes_on.map(|of_run| (**of_run).clone()).unwrap_or_default();
        let Self { files: events, figures } = &mut of_run;
        events.read_new(files, &mut |key, scalar| {
            if let Some(figures) = figures.get_mut(key) {
                figures.push(scalar.value);
            } else if figures.len() < MAX_KEYS {
                figures.insert(key.to_owned(), Aggregate::of([scalar.value]));
            }
        })?;
        Ok(of_run)
    }

    /// Key and figures of each curve.
    pub(crate) fn figures(&self) -> impl Iterator<Item = (&String, &Aggregate)> {
        self.figures.iter()
    }
}
