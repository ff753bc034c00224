//! Ways to start a supervisor. The supervisor itself is the same everywhere.

mod local;

use std::io;

pub(crate) use local::Local;

use store::task::TaskDir;

/// Starts supervisors somewhere: on this machine now, on a cluster later.
pub(crate) trait Launcher: Send + Sync {
    /// Starts the supervisor of a queued task, whose run is to see these GPUs.
    ///
    /// # Errors
    /// When it could not even be started.
    fn launch(&self, dir: &TaskDir, gpus: &[u32]) -> io::Result<Box<dyn Launched>>;
}

/// A supervisor that was started.
pub(crate) trait Launched: Send {
    /// Waits until it is gone, however it ended.
    fn wait(&mut self);
}
