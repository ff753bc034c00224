//! Follows a task's log across its runs.

use common::TaskName;
use std::sync::Arc;

use common::TaskStatus;
use logs::{FollowedTask, LogStart};
use store::Result;
use store::task::{TaskDir, TaskInfo};
use tokio::sync::watch;

use crate::engine::{Engine, WorkspaceSelector};
use crate::event::EventBus;
use crate::watch::TaskChanges;
use crate::workspace::Workspace;

/// The messages of a task's log, in order, across its runs.
pub type LogFollower = logs::LogFollower<IndexedTask>;

/// A task of an open workspace. Its state is read from the index; its changes are signalled by the file system
/// and by events.
pub struct IndexedTask {
    workspace: Arc<Workspace>,
    dir: TaskDir,
    changes: TaskChanges,
    events: watch::Receiver<u64>,
}

impl FollowedTask for IndexedTask {
    fn newest(&self) -> Option<(u32, TaskStatus)> {
        let entry = self.workspace.index.get(self.dir.name())?;
        Some((entry.summary.run_index, entry.summary.status))
    }

    fn info(&self) -> TaskInfo {
        let entry = self.workspace.index.get(self.dir.name());
        entry.map(|entry| entry.info.deserialize()).unwrap_or_default()
    }

    fn mark_seen(&mut self) {
        self.changes.mark_seen();
        self.events.borrow_and_update();
    }

    async fn changed(&mut self) {
        tokio::select! {
            () = self.changes.changed() => {}
            _ = self.events.changed() => {}
        }
    }
}

impl Engine {
    /// Follows a task's log from a byte offset, without gaps or duplicates, across runs.
    ///
    /// # Errors
    /// If the task or log does not exist.
    pub fn follow_log(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        start: &LogStart,
    ) -> Result<LogFollower> {
        follow(self.workspace_of(selector)?, self.bus(), name, start)
    }
}

fn follow(
    workspace: Arc<Workspace>,
    bus: &EventBus,
    name: &TaskName,
    start: &LogStart,
) -> Result<LogFollower> {
    let dir = workspace.find(name)?.dir.clone();
    // Changes from here on are signalled; the reload reads the earlier ones.
    let changes = workspace.task_changes(&dir);
    let events = bus.watch();
    workspace.reload(name);
    let task = IndexedTask { workspace, dir: dir.clone(), changes, events };
    logs::LogFollower::new(task, dir, start)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use common::TaskStatus;
    use common::log::LogMessage;
    use tokio::time::timeout;

    use super::*;
    use store::task::{Run, Transition, file};

    const TIMEOUT: Duration = Duration::from_secs(20);

    /// Changes a task like another process. There are no sweeps in this test, because no project is open.
    fn write(dir: &TaskDir, change: impl FnOnce(&mut TaskInfo)) {
        file::update(dir, |info| {
            change(info);
            Ok(())
        })
        .unwrap();
    }

    fn append(dir: &TaskDir, run: u32, text: &str) {
        let mut log = fs::File::options().append(true).create(true).open(dir.log(run)).unwrap();
        std::io::Write::write_all(&mut log, text.as_bytes()).unwrap();
    }

    async fn next(follower: &mut LogFollower) -> LogMessage {
        timeout(TIMEOUT, follower.next()).await.expect("a message").expect("the task is there")
    }

    fn content(message: LogMessage) -> String {
        match message {
            LogMessage::Chunk { content, .. } => content,
            other => panic!("not a chunk: {other:?}"),
        }
    }

    /// `with_logs`: whether the log folder exists before the first run.
    async fn a_run_of_another_process_is_seen(with_logs: bool) {
        let root = tempfile::tempdir().unwrap();
        let dir = TaskDir::at(&root.path().join("tasks/t")).unwrap();
        let folder = if with_logs { dir.run_logs() } else { dir.path().to_owned() };
        fs::create_dir_all(folder).unwrap();
        let info = TaskInfo::named("t");
        fs::write(dir.info(), info.to_text()).unwrap();
        let bus = Arc::new(EventBus::new(1));
        let watcher = crate::watch::start(bus.clone());
        let workspace = Workspace::open(
            root.path().to_owned(),
            common::WorkspaceName::of_folder("w").unwrap(),
            bus.clone(),
            watcher,
        );
        let mut follower = follow(workspace, &bus, dir.name(), &LogStart::default()).unwrap();
        for run in 1..=2 {
            let submit = Transition::Submit { queued_at_us: u64::from(run), fail_fast_us: None };
            write(&dir, |info| info.apply(submit).unwrap());
            fs::create_dir_all(dir.run_logs()).unwrap();
            // Before the start of the run is written.
            append(&dir, run, "first\n");
            let begun = next(&mut follower).await;
            assert!(matches!(begun, LogMessage::Run { run_index, .. } if run_index == run));
            assert_eq!(content(next(&mut follower).await), "first\n");
            write(&dir, |info| {
                info.apply(Transition::Begin).unwrap();
                info.runs.push(Run::default());
            });
            append(&dir, run, "second\n");
            assert_eq!(content(next(&mut follower).await), "second\n");
            write(&dir, |info| info.apply(Transition::Complete).unwrap());
            let end = next(&mut follower).await;
            assert!(matches!(end, LogMessage::End { status: TaskStatus::Completed, .. }));
        }
    }

    #[tokio::test]
    async fn runs_that_another_process_starts_are_followed_without_a_sweep() {
        a_run_of_another_process_is_seen(true).await;
    }

    #[tokio::test]
    async fn so_is_the_first_run_of_a_task_without_a_folder_for_logs() {
        a_run_of_another_process_is_seen(false).await;
    }
}
