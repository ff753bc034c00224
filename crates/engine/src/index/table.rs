//! Name → entry, and the orders in which somebody asks for them.

use std::borrow::Borrow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::ops::Bound;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use common::TaskStatus;

use super::Sorting;
use super::find::{Counts, Found, Wanted};
use super::order::Order;
use crate::task::{QueuePlace, TaskEntry};
use store::task::scan::ScannedTask;

/// How many orders are kept up to date; the one that was built first makes room for another.
const ORDERS: usize = 6;

/// The tasks of one workspace.
#[derive(Default)]
pub(crate) struct Index {
    tables: RwLock<Tables>,
}

#[derive(Default)]
struct Tables {
    /// Counts the changes.
    revision: u64,
    entries: HashSet<ByName>,
    counts: Counts,
    /// Queued tasks in the order in which they are to start, so that nobody ever sorts them.
    queue: BTreeSet<QueuePlace>,
    /// The latest submission that was ever seen here.
    latest_queued_us: u64,
    /// Names of running tasks.
    running: HashSet<String>,
    /// Submissions that fail fast → how many of their tasks have failed.
    failed: HashMap<u64, u32>,
    /// The orders that were asked for, the usual one first.
    orders: Vec<Order>,
}

/// An entry that is found by its name, which is kept only once.
struct ByName(Arc<TaskEntry>);

impl Borrow<str> for ByName {
    fn borrow(&self) -> &str {
        self.0.name()
    }
}

impl Hash for ByName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.name().hash(state);
    }
}

impl PartialEq for ByName {
    fn eq(&self, other: &Self) -> bool {
        self.0.name() == other.0.name()
    }
}

impl Eq for ByName {}

/// What a look at the disk found to be otherwise than the index says.
pub(crate) struct Outdated {
    /// New ones, and those with other files than were read.
    pub(crate) changed: Vec<ScannedTask>,
    /// Names of tasks that are there no more.
    pub(crate) gone: Vec<String>,
}

impl Index {
    fn read(&self) -> RwLockReadGuard<'_, Tables> {
        self.tables.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Tables> {
        self.tables.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn get(&self, name: &str) -> Option<Arc<TaskEntry>> {
        self.read().get(name).cloned()
    }

    /// All entries, in no order.
    pub(crate) fn all(&self) -> Vec<Arc<TaskEntry>> {
        self.read().all().cloned().collect()
    }

    /// Another number after every change.
    pub(crate) fn revision(&self) -> u64 {
        self.read().revision
    }

    /// How many tasks there are in each status.
    pub(crate) fn counts(&self) -> Counts {
        self.read().counts.clone()
    }

    /// One page of what is wanted, in the given order.
    pub(crate) fn find(&self, sorting: &Sorting, wanted: &Wanted) -> Found {
        let tables = self.read();
        if let Some(order) = tables.order(sorting) {
            return order.find(wanted, &tables.counts);
        }
        drop(tables);
        // Nobody has asked for this order yet; whoever comes second finds it there.
        let mut tables = self.write();
        tables.build(sorting);
        match tables.order(sorting) {
            Some(order) => order.find(wanted, &tables.counts),
            None => Found::default(),
        }
    }

    /// Running tasks, in no order.
    pub(crate) fn running(&self) -> Vec<Arc<TaskEntry>> {
        let tables = self.read();
        tables.running.iter().filter_map(|name| tables.get(name)).cloned().collect()
    }

    /// Whether a task of this submission has failed.
    pub(crate) fn has_failed(&self, submission: u64) -> bool {
        self.read().failed.contains_key(&submission)
    }

    /// A time for a new submission: now, or after all earlier ones where the clock was set back.
    pub(crate) fn next_queued_us(&self, now_us: u64) -> u64 {
        now_us.max(self.read().latest_queued_us.saturating_add(1))
    }

    /// How many tasks are queued.
    pub(crate) fn queued_count(&self) -> usize {
        self.read().queue.len()
    }

    /// The queued task that comes next after a place, or the first one.
    pub(crate) fn queued_after(&self, place: Option<&QueuePlace>) -> Option<Arc<TaskEntry>> {
        let tables = self.read();
        let next = match place {
            Some(place) => tables.queue.range((Bound::Excluded(place), Bound::Unbounded)).next(),
            None => tables.queue.first(),
        };
        next.and_then(|place| tables.get(&place.name)).cloned()
    }

    /// Which tasks are not as they were read.
    pub(crate) fn outdated(&self, seen: &[ScannedTask]) -> Outdated {
        let tables = self.read();
        let is_read = |task: &&ScannedTask| {
            let entry = tables.get(&task.name);
            entry.is_some_and(|entry| {
                (entry.stamp, entry.config_stamp) == (task.info, task.config)
                    && entry.has_current_tracks()
            })
        };
        let changed = seen.iter().filter(|task| !is_read(task)).cloned().collect();
        let there: HashSet<&str> = seen.iter().map(|task| task.name.as_str()).collect();
        let gone = tables.all().map(|entry| entry.name()).filter(|name| !there.contains(name));
        Outdated { changed, gone: gone.map(str::to_owned).collect() }
    }

    pub(crate) fn insert(&self, entry: Arc<TaskEntry>) {
        self.write().insert(entry);
    }

    /// Takes many at once, with the usual order ready for the first request.
    pub(crate) fn extend(&self, entries: impl Iterator<Item = Arc<TaskEntry>>) {
        let mut tables = self.write();
        entries.for_each(|entry| tables.insert(entry));
        tables.build(&Sorting::usual());
    }

    pub(crate) fn remove(&self, name: &str) {
        self.write().remove(name);
    }
}

fn failed_fast(entry: &TaskEntry) -> Option<u64> {
    entry.brief.fail_fast_us.filter(|_| entry.brief.status == TaskStatus::Failed)
}

impl Tables {
    fn get(&self, name: &str) -> Option<&Arc<TaskEntry>> {
        self.entries.get(name).map(|ByName(entry)| entry)
    }

    fn all(&self) -> impl Iterator<Item = &Arc<TaskEntry>> {
        self.entries.iter().map(|ByName(entry)| entry)
    }

    fn insert(&mut self, entry: Arc<TaskEntry>) {
        self.remove(entry.name());
        self.revision += 1;
        if let Some(place) = QueuePlace::of(&entry) {
            let queued_at_us = entry.brief.queued_at_us.unwrap_or_default();
            self.latest_queued_us = self.latest_queued_us.max(queued_at_us);
            self.queue.insert(place);
        }
        if entry.brief.status == TaskStatus::Running {
            self.running.insert(entry.name().to_owned());
        }
        *self.counts.entry(entry.brief.status).or_default() += 1;
        if let Some(submission) = failed_fast(&entry) {
            *self.failed.entry(submission).or_default() += 1;
        }
        self.orders.iter_mut().for_each(|order| order.insert(&entry));
        self.entries.insert(ByName(entry));
    }

    fn remove(&mut self, name: &str) {
        let Some(ByName(entry)) = self.entries.take(name) else {
            return;
        };
        self.revision += 1;
        if let Some(place) = QueuePlace::of(&entry) {
            self.queue.remove(&place);
        }
        self.running.remove(name);
        if let Some(count) = self.counts.get_mut(&entry.brief.status) {
            *count -= 1;
        }
        if let Some(submission) = failed_fast(&entry) {
            let left = self.failed.remove(&submission).unwrap_or(0).saturating_sub(1);
            if left > 0 {
                self.failed.insert(submission, left);
            }
        }
        self.orders.iter_mut().for_each(|order| order.remove(&entry));
    }

    fn order(&self, sorting: &Sorting) -> Option<&Order> {
        self.orders.iter().find(|order| order.sorting() == sorting)
    }

    fn build(&mut self, sorting: &Sorting) {
        if self.order(sorting).is_some() {
            return;
        }
        if self.orders.len() == ORDERS {
            // The first one is the usual order, which is asked for again and again.
            self.orders.remove(1);
        }
        let order = Order::build(sorting.clone(), self.all());
        self.orders.push(order);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::Needles;
    use proptest::prelude::*;
    use store::task::{Attempt, TaskDir, TaskInfo, TaskState};

    fn state_of(status: TaskStatus) -> TaskState {
        let attempt = Attempt::default();
        match status {
            TaskStatus::Pending => TaskState::Pending,
            TaskStatus::Queued => TaskState::Queued(store::task::Queued::default()),
            TaskStatus::Running => TaskState::Running(attempt),
            TaskStatus::Completed => TaskState::Completed(attempt),
            TaskStatus::Failed => TaskState::Failed(attempt),
            TaskStatus::Cancelled => TaskState::Cancelled(attempt),
        }
    }

    fn entry(name: &str, status: TaskStatus, lr: i64) -> Arc<TaskEntry> {
        let info = TaskInfo::named(name).in_state(state_of(status));
        let dir = TaskDir::new(format!("/tasks/{name}").into());
        Arc::new(TaskEntry::new(dir, info, &format!("lr: {lr}\n")))
    }

    fn names(index: &Index, sort: &str, wanted: &Wanted) -> Vec<String> {
        let found = index.find(&Sorting::parse(sort), wanted);
        found.entries.iter().map(|entry| entry.name().to_owned()).collect()
    }

    #[test]
    fn orders_follow_what_is_changed_and_removed() {
        let index = Index::default();
        for (name, lr) in [("a", 3), ("b", 1), ("c", 2)] {
            index.insert(entry(name, TaskStatus::Pending, lr));
        }
        let all = Wanted::default();
        assert_eq!(names(&index, "config.lr", &all), ["b", "c", "a"]);
        index.insert(entry("b", TaskStatus::Failed, 9));
        index.remove("c");
        index.insert(entry("d", TaskStatus::Pending, 4));
        assert_eq!(names(&index, "config.lr", &all), ["a", "d", "b"]);
        assert_eq!(names(&index, "-config.lr", &all), ["b", "d", "a"]);
        assert_eq!(index.counts()[&TaskStatus::Pending], 2);
    }

    /// An entry with what the usual order asks for.
    fn at(name: &str, status: TaskStatus, change: impl FnOnce(&mut TaskInfo)) -> Arc<TaskEntry> {
        let mut info = TaskInfo::named(name).in_state(state_of(status));
        change(&mut info);
        let dir = TaskDir::new(format!("/tasks/{name}").into());
        Arc::new(TaskEntry::new(dir, info, ""))
    }

    #[test]
    fn running_tasks_come_first_then_the_queue_then_what_ended_last() {
        use TaskStatus::{Completed, Failed, Pending, Queued, Running};
        let time = |minute: u32| format!("2026-11-24_10-{minute:02}-00");
        let ran = |name: &str, status, start: u32, finish: Option<u32>| {
            at(name, status, |info| {
                info.created_at = time(0);
                info.runs.push(store::task::Run {
                    start_time: time(start),
                    finish_time: finish.map(time).unwrap_or_default(),
                    ..Default::default()
                });
            })
        };
        let queued = |name: &str, queued_at_us, priority| {
            at(name, Queued, |info| {
                let state =
                    store::task::Queued { queued_at_us: Some(queued_at_us), ..Default::default() };
                *info = info.clone().in_state(TaskState::Queued(state));
                info.options.priority = priority;
                // A task that was changed lately does not leave its place in the queue.
                info.created_at = time(u32::try_from(queued_at_us).unwrap());
            })
        };
        let index = Index::default();
        for entry in [
            ran("done early", Completed, 1, Some(5)),
            queued("queue 3", 3, 0),
            ran("failed late", Failed, 2, Some(50)),
            ran("runs long", Running, 2, None),
            queued("queue 2", 2, 0),
            queued("urgent", 9, 5),
            ran("runs since now", Running, 40, None),
            at("never ran", Pending, |info| info.created_at = time(20)),
            at("pinned", Pending, |info| info.pinned = true),
            at("by hand", Completed, |info| info.task_order = Some(1)),
        ] {
            index.insert(entry);
        }
        let expected = [
            "pinned",
            "by hand",
            "runs since now",
            "runs long",
            "urgent",
            "queue 2",
            "queue 3",
            "failed late",
            "never ran",
            "done early",
        ];
        assert_eq!(names(&index, "", &Wanted::default()), expected);
    }

    #[test]
    fn names_are_in_natural_order_also_where_nothing_else_tells_them_apart() {
        let index = Index::default();
        for name in ["t_10-of-12", "t_2-of-12", "T_3-of-12", "t_1-of-12"] {
            index.insert(entry(name, TaskStatus::Pending, 1));
        }
        let expected = ["t_1-of-12", "t_2-of-12", "T_3-of-12", "t_10-of-12"];
        for sort in ["", "name", "lr", "-lr"] {
            assert_eq!(names(&index, sort, &Wanted::default()), expected, "{sort}");
        }
        let mut descending = names(&index, "-name", &Wanted::default());
        descending.reverse();
        assert_eq!(descending, expected);
    }

    #[test]
    fn more_orders_than_are_kept_are_all_right() {
        let index = Index::default();
        index.insert(entry("a", TaskStatus::Pending, 3));
        index.insert(entry("b", TaskStatus::Pending, 1));
        for sort in ["", "name", "-name", "lr", "-lr", "notes", "status", "runs", "-runs", "name"] {
            assert_eq!(names(&index, sort, &Wanted::default()).len(), 2, "{sort}");
        }
    }

    proptest! {
        /// Whatever happens, an order that was kept is the one that is built anew.
        #[test]
        fn a_kept_order_is_a_fresh_one(
            steps in prop::collection::vec((0_u8..8, 0_u8..6, -3_i64..3, any::<bool>()), 1..60),
            offset in 0_usize..4,
        ) {
            let kept = Index::default();
            for sort in ["", "lr", "-lr"] {
                kept.find(&Sorting::parse(sort), &Wanted::default());
            }
            for (name, status, lr, remove) in steps {
                let name = format!("task{name}");
                if remove {
                    kept.remove(&name);
                } else {
                    kept.insert(entry(&name, TaskStatus::ALL[usize::from(status)], lr));
                }
            }
            let fresh = Index::default();
            fresh.extend(kept.all().into_iter());
            prop_assert_eq!(kept.counts().values().sum::<u64>(), fresh.counts().values().sum::<u64>());
            let needles = Needles::new("lr: 1");
            for sort in ["", "lr", "-lr"] {
                let pending = Some(TaskStatus::Pending);
                for wanted in [
                    Wanted { offset, limit: Some(3), ..Wanted::default() },
                    Wanted { status: pending, offset, ..Wanted::default() },
                    Wanted { needles: Some(&needles), status: pending, ..Wanted::default() },
                ] {
                    prop_assert_eq!(names(&kept, sort, &wanted), names(&fresh, sort, &wanted));
                }
            }
        }
    }
}
