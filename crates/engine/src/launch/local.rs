//! Supervisors on this machine, detached from the server.

use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use super::{Launched, Launcher};
use store::task::TaskDir;

/// Spawns `pyr supervise TASK_DIR [--gpus 0,1]`.
pub(crate) struct Local {
    pub(crate) pyr_executable: PathBuf,
}

impl Launcher for Local {
    fn launch(&self, dir: &TaskDir, gpus: &[u32]) -> io::Result<Box<dyn Launched>> {
        let mut command = Command::new(&self.pyr_executable);
        command.arg("supervise").arg(dir.path());
        if !gpus.is_empty() {
            let indexes: Vec<String> = gpus.iter().map(u32::to_string).collect();
            command.arg("--gpus").arg(indexes.join(","));
        }
        let child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
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
