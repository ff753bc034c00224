//! The scheduler's jobs at its launcher: submits, polls, cancels and records them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use common::TaskStatus;
use common::options::RunOptions;

use super::scheduler::{InFlight, Key, State, key};
use crate::launch::{Job, JobId, JobRecord, JobState, RecordedJob, SubmitError, Unreachable};
use crate::task::TaskEntry;
use crate::workspace::{Project, Workspace};

/// Delay before an unreachable launcher is polled again.
const RETRY: Duration = Duration::from_secs(10);

/// A task to be started, with the GPUs chosen for it.
pub(super) struct Launch {
    pub(super) workspace: Arc<Workspace>,
    pub(super) entry: Arc<TaskEntry>,
    pub(super) options: RunOptions,
    pub(super) gpus: Vec<u32>,
}

impl State {
    /// Submits tasks to the launcher in one call. Returns the number of accepted jobs.
    pub(super) fn submit(&mut self, launches: Vec<Launch>) -> usize {
        if launches.is_empty() {
            return 0;
        }
        let job = |launch: &Launch| Job {
            dir: launch.entry.dir.clone(),
            options: launch.options.clone(),
            gpus: launch.gpus.clone(),
        };
        let jobs: Vec<Job> = launches.iter().map(job).collect();
        let results = self.launcher.submit(&jobs);
        let mut taken = 0;
        for (launch, result) in launches.into_iter().zip(results) {
            let Launch { workspace, entry, gpus, .. } = launch;
            match result {
                Ok(job) => {
                    taken += 1;
                    self.is_unreachable = false;
                    let submission = entry.summary.queued_at_us;
                    let in_flight = InFlight { submission, gpus, job, is_cancelled: false };
                    self.supervised.insert(key(&workspace, &entry), Some(in_flight));
                }
                Err(SubmitError::Unreachable(why)) => self.note_unreachable(&why),
                Err(refused @ SubmitError::Refused(_)) => {
                    if let Err(error) = supervisor::fail_unstarted(&entry.dir, &refused.to_string())
                    {
                        tracing::error!(%error, task = %entry.name(), "could not mark a task failed");
                    }
                    workspace.reload(entry.name());
                }
            }
        }
        self.record_jobs();
        self.schedule_poll();
        taken
    }

    /// Polls all jobs in one call if the poll is due.
    pub(super) fn poll_jobs(&mut self, project: &Project) {
        self.cancel_unwanted_jobs(project);
        if self.next_poll.is_none_or(|at| at > Instant::now()) {
            return;
        }
        let jobs = self.supervised.iter().filter_map(|(key, job)| Some((key, job.as_ref()?)));
        let (keys, ids): (Vec<Key>, Vec<_>) =
            jobs.map(|(key, job)| (key.clone(), job.job.clone())).unzip();
        match self.launcher.poll(&ids) {
            Ok(states) => {
                self.is_unreachable = false;
                for (key, id) in keys.iter().zip(&ids) {
                    match states.get(id) {
                        Some(JobState::Running) => {}
                        Some(JobState::Pending(reason)) => {
                            if let Ok(workspace) = project.workspace(&key.0) {
                                workspace.set_wait_reason(&key.1, reason.clone());
                            }
                        }
                        None => self.ended(key),
                    }
                }
                self.record_jobs();
                self.schedule_poll();
            }
            Err(why) => self.note_unreachable(&why),
        }
    }

    /// Cancels jobs whose task was cancelled or submitted again before they started.
    fn cancel_unwanted_jobs(&mut self, project: &Project) {
        let mut unwanted = Vec::new();
        for (key, job) in &mut self.supervised {
            let Some(job) = job.as_mut().filter(|job| !job.is_cancelled) else { continue };
            let entry = project.workspace(&key.0).ok().and_then(|it| it.index.get(&key.1));
            let is_wanted = entry.is_some_and(|entry| match entry.summary.status {
                TaskStatus::Queued => entry.summary.queued_at_us == job.submission,
                status => status == TaskStatus::Running,
            });
            if !is_wanted {
                unwanted.push(job);
            }
        }
        if unwanted.is_empty() {
            return;
        }
        let ids: Vec<JobId> = unwanted.iter().map(|job| job.job.clone()).collect();
        match self.launcher.cancel(&ids) {
            Ok(()) => unwanted.into_iter().for_each(|job| job.is_cancelled = true),
            // It is tried again with the next update of the queue.
            Err(why) => self.note_unreachable(&why),
        }
    }

    /// Restores the jobs that an earlier server submitted, so that they are not submitted again.
    pub(super) fn restore_recorded_jobs(&mut self, project: &Project) {
        if self.lock.is_none() || self.record.is_some() || !self.launcher.outlives_server() {
            return;
        }
        let record = JobRecord::open(&project.pyruns_dir, self.launcher.name());
        for (workspace, task, job) in record.jobs() {
            let RecordedJob { submission, id } = job.clone();
            let in_flight = InFlight { submission, gpus: Vec::new(), job: id, is_cancelled: false };
            self.supervised.insert((workspace, task), Some(in_flight));
        }
        self.record = Some(record);
        self.next_poll = Some(Instant::now());
    }

    fn record_jobs(&mut self) {
        let Some(record) = &mut self.record else { return };
        let recorded = |(key, job): (&Key, &Option<InFlight>)| {
            let InFlight { submission, job, .. } = job.as_ref()?;
            Some((key.clone(), RecordedJob { submission: *submission, id: job.clone() }))
        };
        if let Err(error) = record.set(self.supervised.iter().filter_map(recorded)) {
            tracing::error!(%error, "the ids of submitted jobs could not be written");
        }
    }

    fn schedule_poll(&mut self) {
        // The delay of an unreachable launcher stays.
        if self.is_unreachable {
            return;
        }
        let has_jobs = self.supervised.values().any(Option::is_some);
        let interval = self.launcher.poll_interval().filter(|_| has_jobs);
        self.next_poll = interval.map(|interval| Instant::now() + interval);
    }

    /// Logs the first failure of a series. The states of the jobs are unchanged.
    fn note_unreachable(&mut self, why: &Unreachable) {
        if !std::mem::replace(&mut self.is_unreachable, true) {
            tracing::warn!(launcher = self.launcher.name(), "{why}");
        }
        self.next_poll = Some(Instant::now() + RETRY);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc;

    use common::TaskStatus;
    use common::system::Gpu;
    use store::task::{Queued, TaskDir, TaskInfo, TaskState, Transition, file};
    use supervisor::gpu::GpuInventory;

    use common::{TaskName, WorkspaceName};

    use super::*;
    use crate::event::EventBus;
    use crate::launch::Scripted;
    use crate::watch;
    use crate::workspace::Role;

    #[derive(Debug)]
    struct NoGpus;

    impl GpuInventory for NoGpus {
        fn poll(&self) -> Vec<Gpu> {
            Vec::new()
        }
    }

    fn workspace_name() -> WorkspaceName {
        WorkspaceName::of_folder("w").unwrap()
    }

    fn task_name(text: &str) -> TaskName {
        TaskName::new(text).unwrap()
    }

    fn queued_task(root: &std::path::Path, name: &str, queued_at_us: u64) -> TaskDir {
        let dir = TaskDir::at(&root.join("_pyruns_/w/tasks").join(name)).unwrap();
        fs::create_dir_all(dir.path()).unwrap();
        let state = Queued { queued_at_us: Some(queued_at_us), ..Queued::default() };
        let info = TaskInfo::named(name).in_state(TaskState::Queued(state));
        fs::write(dir.info(), info.to_text()).unwrap();
        dir
    }

    /// A server that runs the queue of a project.
    struct Server {
        project: Arc<Project>,
        state: State,
    }

    impl Server {
        fn start(root: &std::path::Path, launcher: &Scripted) -> Self {
            let bus = Arc::new(EventBus::new(1));
            let watcher = watch::start(bus.clone());
            let project =
                Arc::new(Project::new(root.join("_pyruns_"), bus.clone(), watcher, Role::Queue));
            project.workspace(&workspace_name()).unwrap();
            let (wake, _) = mpsc::channel();
            let launcher = Box::new(launcher.clone());
            let weak = Arc::downgrade(&project);
            Self { state: State::new(weak, launcher, Arc::new(NoGpus), bus, wake), project }
        }

        fn update(&mut self) {
            std::thread::sleep(Duration::from_millis(2));
            self.state.update(&self.project.clone(), true);
        }

        fn wait_reason(&self, name: &str) -> Option<String> {
            let entry = self
                .project
                .workspace(&workspace_name())
                .unwrap()
                .index
                .get(&task_name(name))
                .unwrap();
            entry.wait_reason.as_deref().map(str::to_owned)
        }
    }

    #[test]
    fn a_server_that_comes_later_finds_the_jobs_and_submits_none_again() {
        let root = tempfile::tempdir().unwrap();
        let dirs = ["a", "b"].map(|name| queued_task(root.path(), name, 5));
        let cluster = Scripted::default();
        let mut first = Server::start(root.path(), &cluster);
        first.update();
        assert_eq!(cluster.cluster().jobs.len(), 2, "both in one look");
        first.update();
        assert_eq!(first.wait_reason("a").as_deref(), Some("Resources for 0 CPUs"));
        drop(first);
        let mut second = Server::start(root.path(), &cluster);
        second.update();
        second.update();
        assert_eq!(cluster.cluster().jobs.len(), 2);
        // One job begins, and ends without writing its end: the run is marked failed.
        fs::create_dir_all(dirs[0].run_logs()).unwrap();
        file::update(&dirs[0], |info| Ok(info.apply(Transition::Begin)?)).unwrap();
        file::update(&dirs[0], |info| {
            info.runs.push(store::task::Run::default());
            Ok(())
        })
        .unwrap();
        cluster.cluster().jobs[0].1 = None;
        second.update();
        second.update();
        assert_eq!(file::read(&dirs[0]).unwrap().0.status(), TaskStatus::Failed);
        assert_eq!(cluster.cluster().jobs.len(), 2);
    }

    #[test]
    fn a_task_that_is_cancelled_in_the_queue_is_taken_back() {
        let root = tempfile::tempdir().unwrap();
        let dir = queued_task(root.path(), "a", 5);
        let cluster = Scripted::default();
        let mut server = Server::start(root.path(), &cluster);
        server.update();
        file::update(&dir, |info| Ok(info.apply(Transition::Cancel)?)).unwrap();
        server.project.workspace(&workspace_name()).unwrap().reload(&task_name("a"));
        server.update();
        server.update();
        assert_eq!(cluster.cluster().cancelled.len(), 1, "once");
        assert!(server.state.supervised.is_empty());
    }

    #[test]
    fn a_cancel_that_does_not_reach_the_launcher_is_sent_again() {
        let root = tempfile::tempdir().unwrap();
        let dir = queued_task(root.path(), "a", 5);
        let cluster = Scripted::default();
        let mut server = Server::start(root.path(), &cluster);
        server.update();
        file::update(&dir, |info| Ok(info.apply(Transition::Cancel)?)).unwrap();
        server.project.workspace(&workspace_name()).unwrap().reload(&task_name("a"));
        cluster.cluster().is_down = true;
        server.update();
        assert!(cluster.cluster().cancelled.is_empty() && server.state.is_unreachable);
        let next_poll = server.state.next_poll.unwrap();
        assert!(next_poll > Instant::now() + RETRY / 2, "an unreachable launcher is left alone");
        cluster.cluster().is_down = false;
        server.update();
        assert_eq!(cluster.cluster().cancelled.len(), 1);
    }

    #[test]
    fn an_unreachable_launcher_changes_no_run() {
        let root = tempfile::tempdir().unwrap();
        let dir = queued_task(root.path(), "a", 5);
        let cluster = Scripted::default();
        cluster.cluster().is_down = true;
        let mut server = Server::start(root.path(), &cluster);
        server.update();
        assert_eq!(file::read(&dir).unwrap().0.status(), TaskStatus::Queued);
        cluster.cluster().is_down = false;
        server.update();
        assert_eq!(cluster.cluster().jobs.len(), 1, "it is submitted when it answers again");
        cluster.cluster().is_down = true;
        server.state.next_poll = Some(Instant::now());
        server.update();
        assert!(server.state.is_unreachable && server.state.supervised.len() == 1);
    }
}
