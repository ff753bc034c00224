//! The engine's API object: its shared state, its open projects, and the selection of a request's workspace.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use common::WorkspaceName;
use common::live::Change;

use crate::event::{EventBus, Subscription};
use crate::open_project::OpenProject;
use crate::schedule::Machine;
use crate::system::SystemProbe;
use crate::watch::{self, Watcher};
use crate::workspace::{Project, Role, Workspace, check_owner, is_workspace, workspace_not_found};
use logs::LineIndexes;
use metrics::MetricStore;
use store::{Error, Result, clock};
use supervisor::gpu::GpuInventory;

/// Options of an engine.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder that holds, or will hold, `_pyruns_`.
    pub project_dir: PathBuf,
    /// The `pyr` executable that supervises runs.
    pub pyr_executable: PathBuf,
    /// The source of GPU information; usually [`gpus_of_this_machine`](supervisor::gpu::gpus_of_this_machine).
    pub gpus: Arc<dyn GpuInventory>,
}

/// Selects the workspace of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum WorkspaceSelector {
    /// The current workspace.
    #[default]
    Current,
    /// By the name of its folder in `_pyruns_`.
    Named(WorkspaceName),
    /// By the absolute path of its folder.
    Folder(PathBuf),
}

impl WorkspaceSelector {
    /// Reads the name or absolute path of a workspace, as requests contain it.
    ///
    /// # Errors
    /// `Workspace 'x' not found` if no workspace can have this name.
    pub fn parse(text: &str) -> Result<Self> {
        if Path::new(text).is_absolute() {
            return Ok(Self::Folder(text.into()));
        }
        WorkspaceName::of_folder(text).map(Self::Named).map_err(|_| workspace_not_found(text))
    }
}

/// All commands of Pyruns, one method per command. Cheap to clone.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    options: Options,
    bus: Arc<EventBus>,
    watcher: Arc<Watcher>,
    projects: Mutex<HashMap<PathBuf, Arc<OpenProject>>>,
    current: RwLock<Option<Arc<Workspace>>>,
    system: SystemProbe,
    line_indexes: LineIndexes,
    metrics: Arc<MetricStore>,
    role: Role,
}

impl Engine {
    /// Starts an engine that runs the project's queue, which continues where an earlier engine stopped.
    ///
    /// # Errors
    /// If the project's folder does not exist.
    pub fn start(options: Options) -> Result<Self> {
        Self::with_role(options, Role::Queue)
    }

    /// Starts an engine that changes tasks and leaves it to a server, or another process that runs the project's
    /// queue, to start them.
    ///
    /// # Errors
    /// If the project's folder does not exist or belongs to another user.
    pub fn client(options: Options) -> Result<Self> {
        Self::with_role(options, Role::Client)
    }

    /// Starts a read-only engine that starts no tasks. It may run at the same time as a server.
    ///
    /// # Errors
    /// If the project's folder does not exist.
    pub fn read(options: Options) -> Result<Self> {
        Self::with_role(options, Role::Reader)
    }

    fn with_role(options: Options, role: Role) -> Result<Self> {
        let dir = &options.project_dir;
        let project_dir = std::fs::canonicalize(dir).map_err(Error::io("opening", dir))?;
        let bus = Arc::new(EventBus::new(clock::epoch_us()));
        let engine = Self {
            inner: Arc::new(Inner {
                options: Options { project_dir, ..options },
                watcher: watch::start(bus.clone()),
                bus,
                projects: Mutex::default(),
                current: RwLock::default(),
                system: SystemProbe::default(),
                line_indexes: LineIndexes::default(),
                metrics: Arc::default(),
                role,
            }),
        };
        let pyruns_dir = engine.current_pyruns_dir();
        if pyruns_dir.is_dir() {
            if role != Role::Reader {
                check_owner(&pyruns_dir)?;
            }
            engine.project(&pyruns_dir);
        }
        Ok(engine)
    }

    /// Identifies the start of the engine that event ids belong to.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.inner.bus.epoch()
    }

    /// Id of the newest event. While it is unchanged, the state of the engine is unchanged.
    #[must_use]
    pub fn newest_event_id(&self) -> u64 {
        self.inner.bus.newest_id()
    }

    /// Subscribes to events after `since`, or to new events; see [`Subscription`].
    #[must_use]
    pub fn subscribe(&self, since: Option<u64>) -> Subscription {
        Subscription::new(self.inner.bus.clone(), since)
    }

    pub(crate) fn bus(&self) -> &Arc<EventBus> {
        &self.inner.bus
    }

    pub(crate) fn gpus(&self) -> &dyn GpuInventory {
        &*self.inner.options.gpus
    }

    pub(crate) fn system(&self) -> &SystemProbe {
        &self.inner.system
    }

    pub(crate) fn line_indexes(&self) -> &LineIndexes {
        &self.inner.line_indexes
    }

    pub(crate) fn metric_store(&self) -> &Arc<MetricStore> {
        &self.inner.metrics
    }

    /// How long a response may wait for background reads. A read-only engine waits for all of them; a server
    /// responds with the data that is available and publishes an event when there is more.
    pub(crate) fn response_timeout(&self) -> Duration {
        match self.inner.role {
            Role::Queue => Duration::from_millis(250),
            Role::Client | Role::Reader => Duration::from_secs(3600),
        }
    }

    /// The folder the engine was started in.
    pub(crate) fn start_dir(&self) -> &Path {
        &self.inner.options.project_dir
    }

    /// The current workspace, if one is open.
    pub(crate) fn current(&self) -> Option<Arc<Workspace>> {
        self.inner.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Makes a workspace the current one. Tasks of other workspaces continue to run.
    pub(crate) fn switch_to(&self, workspace: Arc<Workspace>) {
        let name = workspace.name().to_string();
        *self.inner.current.write().unwrap_or_else(PoisonError::into_inner) = Some(workspace);
        self.inner.bus.publish(Change::WorkspaceChanged { workspace: name });
    }

    /// The `_pyruns_` folder of the current workspace, or of the start folder.
    pub(crate) fn current_pyruns_dir(&self) -> PathBuf {
        match self.current() {
            Some(workspace) => workspace.pyruns_dir().to_owned(),
            None => self.start_dir().join("_pyruns_"),
        }
    }

    /// The project of a `_pyruns_` folder.
    pub(crate) fn project(&self, pyruns_dir: &Path) -> Arc<Project> {
        self.open_project(pyruns_dir).project.clone()
    }

    fn open_project(&self, pyruns_dir: &Path) -> Arc<OpenProject> {
        let mut projects = self.inner.projects.lock().unwrap_or_else(PoisonError::into_inner);
        let open = || {
            let Options { pyr_executable, gpus, .. } = self.inner.options.clone();
            let (bus, watcher) = (self.inner.bus.clone(), self.inner.watcher.clone());
            let machine = Machine { pyr_executable, gpus };
            OpenProject::open(pyruns_dir.to_owned(), machine, bus, &watcher, self.inner.role)
        };
        projects.entry(pyruns_dir.to_owned()).or_insert_with(open).clone()
    }

    /// Opens a workspace folder of any project.
    pub(crate) fn open_root(&self, root: &Path) -> Result<Arc<Workspace>> {
        let (pyruns_dir, name) = split(root)?;
        if self.inner.role != Role::Reader {
            check_owner(pyruns_dir)?;
        }
        self.project(pyruns_dir).workspace(&name)
    }

    /// Reopens a workspace after its script has changed.
    pub(crate) fn reopen_root(&self, root: &Path) -> Result<Arc<Workspace>> {
        let (pyruns_dir, name) = split(root)?;
        self.project(pyruns_dir).reopen(&name)
    }

    /// Whether the request may have a workspace: false only if none is named and none is open.
    #[must_use]
    pub fn has_workspace(&self, selector: &WorkspaceSelector) -> bool {
        !matches!(selector, WorkspaceSelector::Current) || self.current().is_some()
    }

    /// The workspace of a request.
    ///
    /// # Errors
    /// If no workspace is open, or the named one does not exist.
    pub(crate) fn workspace_of(&self, selector: &WorkspaceSelector) -> Result<Arc<Workspace>> {
        match selector {
            WorkspaceSelector::Current => self.current().ok_or_else(|| {
                Error::invalid("No workspace is open. Open a script or the shell workspace first.")
            }),
            WorkspaceSelector::Folder(path) => {
                let found = std::fs::canonicalize(path).ok().filter(|root| is_workspace(root));
                self.open_root(&found.ok_or_else(|| workspace_not_found(path.display()))?)
            }
            WorkspaceSelector::Named(name) => {
                self.project(&self.current_pyruns_dir()).workspace(name)
            }
        }
    }

    /// Notifies the scheduler of a workspace's project.
    pub(crate) fn wake(&self, workspace: &Workspace) {
        self.open_project(workspace.pyruns_dir()).wake();
    }

    /// Publishes a change of the settings and notifies the scheduler.
    pub(crate) fn settings_changed(&self, workspace: &Workspace) {
        self.bus().publish(Change::WorkspaceChanged { workspace: workspace.name().to_string() });
        self.wake(workspace);
    }
}

fn split(root: &Path) -> Result<(&Path, WorkspaceName)> {
    let name = root.file_name().and_then(|name| WorkspaceName::of_folder(name.to_str()?).ok());
    root.parent()
        .zip(name)
        .ok_or_else(|| Error::invalid(format!("Not a workspace folder: {}", root.display())))
}
