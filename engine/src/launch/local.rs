//! Supervisors on this machine, detached from the server.

use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use super::{Launched, Launcher};
use crate::task::TaskDir;

/// Spawns `pyr supervise TASK_DIR`.
pub(crate) struct Local {
    pub(crate) pyr_executable: PathBuf,
}

impl Launcher for Local {
    fn launch(&self, dir: &TaskDir) -> io::Result<Box<dyn Launched>> {
        let child = Command::new(&self.pyr_executable)
            .arg("supervise")
            .arg(dir.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        Ok(Box::new(LocalSupervisor(child)))
    }
}

struct LocalSupervisor(Child);

impl Launched for LocalSupervisor {
    fn wait(&mut self) {
        // An error means that it is not our child any more, which is as gone as it gets.
        let _ = self.0.wait();
    }
}
