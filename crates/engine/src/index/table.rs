//! The index: entries by name, the queue, and the sort orders that were requested.

use common::TaskName;
use std::borrow::Borrow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::ops::Bound;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use common::TaskStatus;

use super::Sorting;
use super::find::{Counts, IndexPage, IndexQuery};
use super::order::Order;
use crate::task::{QueuePosition, TaskEntry};
use store::task::scan::ScannedTask;

/// Maximum number of sort orders that are kept up to date. The oldest one is evicted first.
const MAX_ORDERS: usize = 6;

/// The tasks of one workspace.
#[derive(Default)]
pub(crate) struct Index {
    tables: RwLock<Tables>,
}

#[derive(Default)]
struct Tables {
    /// Incremented by every change.
    revision: u64,
    entries: HashSet<ByName>,
    counts: Counts,
    /// Queued tasks in the order in which they start.
    queue: BTreeSet<QueuePosition>,
    /// The submission time of the latest submission so far.
    latest_queued_us: u64,
    /// Names of running tasks.
    running: HashSet<TaskName>,
    /// Number of failed tasks of each submission with `fail_fast`.
    failed: HashMap<u64, u32>,
    /// The orders that were requested, the default order first.
    orders: Vec<Order>,
}

/// An entry that is hashed by its name, so that the name is stored only once.
struct ByName(Arc<TaskEntry>);

impl Borrow<TaskName> for ByName {
    fn borrow(&self) -> &TaskName {
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

/// The differences between the disk and the index.
pub(crate) struct StaleTasks {
    /// New tasks, and tasks whose files have changed since they were read.
    pub(crate) changed: Vec<ScannedTask>,
    /// Names of tasks that no longer exist.
    pub(crate) removed: Vec<TaskName>,
}

impl Index {
    fn read(&self) -> RwLockReadGuard<'_, Tables> {
        self.tables.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Tables> {
        self.tables.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn get(&self, name: &TaskName) -> Option<Arc<TaskEntry>> {
        self.read().get(name).cloned()
    }

    /// All entries, unordered.
    pub(crate) fn all(&self) -> Vec<Arc<TaskEntry>> {
        self.read().all().cloned().collect()
    }

    /// A number that increases with every change.
    pub(crate) fn revision(&self) -> u64 {
        self.read().revision
    }

    /// Number of tasks in each status.
    pub(crate) fn counts(&self) -> Counts {
        self.read().counts.clone()
    }

    /// One page of the tasks that match a query, in the given order.
    pub(crate) fn find(&self, sorting: &Sorting, query: &IndexQuery) -> IndexPage {
        let tables = self.read();
        if let Some(order) = tables.order(sorting) {
            return order.find(query, &tables.counts);
        }
        drop(tables);
        // The order is not built yet. Another thread may build it before this one has the write lock.
        let mut tables = self.write();
        tables.build(sorting);
        match tables.order(sorting) {
            Some(order) => order.find(query, &tables.counts),
            None => IndexPage::default(),
        }
    }

    /// Running tasks, unordered.
    pub(crate) fn running(&self) -> Vec<Arc<TaskEntry>> {
        let tables = self.read();
        tables.running.iter().filter_map(|name| tables.get(name)).cloned().collect()
    }

    /// Whether a task of this submission has failed.
    pub(crate) fn has_failed(&self, submission: u64) -> bool {
        self.read().failed.contains_key(&submission)
    }

    /// A submission time that is later than all earlier ones, even if the clock was set back.
    pub(crate) fn next_queued_us(&self, now_us: u64) -> u64 {
        now_us.max(self.read().latest_queued_us.saturating_add(1))
    }

    /// Number of queued tasks.
    pub(crate) fn queued_count(&self) -> usize {
        self.read().queue.len()
    }

    /// The next queued task after a position, or the first one.
    pub(crate) fn queued_after(&self, position: Option<&QueuePosition>) -> Option<Arc<TaskEntry>> {
        let tables = self.read();
        let next = match position {
            Some(position) => {
                tables.queue.range((Bound::Excluded(position), Bound::Unbounded)).next()
            }
            None => tables.queue.first(),
        };
        next.and_then(|position| tables.get(&position.name)).cloned()
    }

    /// Compares a scan of the disk with the index.
    pub(crate) fn stale_tasks(&self, scanned: &[ScannedTask]) -> StaleTasks {
        let tables = self.read();
        let is_read = |task: &&ScannedTask| {
            let entry = tables.get(&task.name);
            entry.is_some_and(|entry| {
                (entry.stamp, entry.config_stamp) == (task.info, task.config)
                    && entry.has_current_tracks()
            })
        };
        let changed = scanned.iter().filter(|task| !is_read(task)).cloned().collect();
        let present: HashSet<&TaskName> = scanned.iter().map(|task| &task.name).collect();
        let removed = tables.all().map(|entry| entry.name()).filter(|name| !present.contains(name));
        StaleTasks { changed, removed: removed.cloned().collect() }
    }

    pub(crate) fn insert(&self, entry: Arc<TaskEntry>) {
        self.write().insert(entry);
    }

    /// Inserts many entries, and builds the default order for the first request.
    pub(crate) fn extend(&self, entries: impl Iterator<Item = Arc<TaskEntry>>) {
        let mut tables = self.write();
        entries.for_each(|entry| tables.insert(entry));
        tables.build(&Sorting::default_order());
    }

    pub(crate) fn remove(&self, name: &TaskName) {
        self.write().remove(name);
    }
}

fn failed_fast(entry: &TaskEntry) -> Option<u64> {
    entry.summary.fail_fast_us.filter(|_| entry.summary.status == TaskStatus::Failed)
}

impl Tables {
    fn get(&self, name: &TaskName) -> Option<&Arc<TaskEntry>> {
        self.entries.get(name).map(|ByName(entry)| entry)
    }

    fn all(&self) -> impl Iterator<Item = &Arc<TaskEntry>> {
        self.entries.iter().map(|ByName(entry)| entry)
    }

    fn insert(&mut self, entry: Arc<TaskEntry>) {
        self.remove(entry.name());
        self.revision += 1;
        if let Some(position) = QueuePosition::of(&entry) {
            let queued_at_us = entry.summary.queued_at_us.unwrap_or_default();
            self.latest_queued_us = self.latest_queued_us.max(queued_at_us);
            self.queue.insert(position);
        }
        if entry.summary.status == TaskStatus::Running {
            self.running.insert(entry.name().clone());
        }
        *self.counts.entry(entry.summary.status).or_default() += 1;
        if let Some(submission) = failed_fast(&entry) {
            *self.failed.entry(submission).or_default() += 1;
        }
        self.orders.iter_mut().for_each(|order| order.insert(&entry));
        self.entries.insert(ByName(entry));
    }

    fn remove(&mut self, name: &TaskName) {
        let Some(ByName(entry)) = self.entries.take(name) else {
            return;
        };
        self.revision += 1;
        if let Some(position) = QueuePosition::of(&entry) {
            self.queue.remove(&position);
        }
        self.running.remove(name);
        if let Some(count) = self.counts.get_mut(&entry.summary.status) {
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
        if self.orders.len() == MAX_ORDERS {
            // The first one is the default order, which is requested most often.
            self.orders.remove(1);
        }
        let order = Order::build(sorting.clone(), self.all());
        self.orders.push(order);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::SearchTerms;
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
        let dir = TaskDir::at(format!("/tasks/{name}").as_ref()).unwrap();
        Arc::new(TaskEntry::new(dir, info, &format!("lr: {lr}\n")))
    }

    fn names(index: &Index, sort: &str, query: &IndexQuery) -> Vec<String> {
        let found = index.find(&Sorting::parse(sort), query);
        found.entries.iter().map(|entry| entry.name().to_string()).collect()
    }

    #[test]
    fn orders_follow_changes_and_removals() {
        let index = Index::default();
        for (name, lr) in [("a", 3), ("b", 1), ("c", 2)] {
            index.insert(entry(name, TaskStatus::Pending, lr));
        }
        let all = IndexQuery::default();
        assert_eq!(names(&index, "config.lr", &all), ["b", "c", "a"]);
        index.insert(entry("b", TaskStatus::Failed, 9));
        index.remove(&TaskName::new("c").unwrap());
        index.insert(entry("d", TaskStatus::Pending, 4));
        assert_eq!(names(&index, "config.lr", &all), ["a", "d", "b"]);
        assert_eq!(names(&index, "-config.lr", &all), ["b", "d", "a"]);
        assert_eq!(index.counts()[&TaskStatus::Pending], 2);
    }

    /// An entry with the fields of the default order.
    fn at(name: &str, status: TaskStatus, change: impl FnOnce(&mut TaskInfo)) -> Arc<TaskEntry> {
        let mut info = TaskInfo::named(name).in_state(state_of(status));
        change(&mut info);
        let dir = TaskDir::at(format!("/tasks/{name}").as_ref()).unwrap();
        Arc::new(TaskEntry::new(dir, info, ""))
    }

    #[test]
    fn running_tasks_come_first_then_the_queue_then_ended_tasks() {
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
                // A recent change does not move a task in the queue.
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
        assert_eq!(names(&index, "", &IndexQuery::default()), expected);
    }

    #[test]
    fn names_are_in_natural_order_as_the_last_criterion() {
        let index = Index::default();
        for name in ["t_10-of-12", "t_2-of-12", "T_3-of-12", "t_1-of-12"] {
            index.insert(entry(name, TaskStatus::Pending, 1));
        }
        let expected = ["t_1-of-12", "t_2-of-12", "T_3-of-12", "t_10-of-12"];
        for sort in ["", "name", "lr", "-lr"] {
            assert_eq!(names(&index, sort, &IndexQuery::default()), expected, "{sort}");
        }
        let mut descending = names(&index, "-name", &IndexQuery::default());
        descending.reverse();
        assert_eq!(descending, expected);
    }

    #[test]
    fn evicted_orders_are_rebuilt() {
        let index = Index::default();
        index.insert(entry("a", TaskStatus::Pending, 3));
        index.insert(entry("b", TaskStatus::Pending, 1));
        for sort in ["", "name", "-name", "lr", "-lr", "notes", "status", "runs", "-runs", "name"] {
            assert_eq!(names(&index, sort, &IndexQuery::default()).len(), 2, "{sort}");
        }
    }

    proptest! {
        /// After any sequence of changes, an updated order equals one that is rebuilt.
        #[test]
        fn an_incremental_order_equals_a_rebuilt_one(
            steps in prop::collection::vec((0_u8..8, 0_u8..6, -3_i64..3, any::<bool>()), 1..60),
            offset in 0_usize..4,
        ) {
            let incremental = Index::default();
            for sort in ["", "lr", "-lr"] {
                incremental.find(&Sorting::parse(sort), &IndexQuery::default());
            }
            for (name, status, lr, remove) in steps {
                let name = format!("task{name}");
                if remove {
                    incremental.remove(&TaskName::new(&name).unwrap());
                } else {
                    incremental.insert(entry(&name, TaskStatus::ALL[usize::from(status)], lr));
                }
            }
            let fresh = Index::default();
            fresh.extend(incremental.all().into_iter());
            prop_assert_eq!(incremental.counts().values().sum::<u64>(), fresh.counts().values().sum::<u64>());
            let terms = SearchTerms::new("lr: 1");
            for sort in ["", "lr", "-lr"] {
                let pending = Some(TaskStatus::Pending);
                for query in [
                    IndexQuery { offset, limit: Some(3), ..IndexQuery::default() },
                    IndexQuery { status: pending, offset, ..IndexQuery::default() },
                    IndexQuery { terms: Some(&terms), status: pending, ..IndexQuery::default() },
                ] {
                    prop_assert_eq!(names(&incremental, sort, &query), names(&fresh, sort, &query));
                }
            }
        }
    }
}
