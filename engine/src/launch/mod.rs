//! Ways to start a supervisor. The supervisor itself is the same everywhere.

mod local;

use std::io;

pub(crate) use local::Local;

use crate::task::TaskDir;

/// Starts supervisors somewhere: on this machine now, on a cluster later.
pub(crate) trait Launcher: Send + Sync {
    /// Starts the supervisor of a queued task.
    ///
    /// # Errors
    /// When it could not even be started.
    fn launch(&self, dir: &TaskDir) -> io::Result<Box<dyn Launched>>;
}

/// A supervisor that was started.
pub(crate) trait Launched: Send {
    /// Waits until it is gone, however it ended.
    fn wait(&mut self);
}
