//! Reads the load of the machine.

use common::system::SystemMetrics;

use crate::engine::Engine;

impl Engine {
    /// CPU load since the last call, memory, GPUs and disk.
    #[must_use]
    pub fn system_metrics(&self) -> SystemMetrics {
        let probe = self.system();
        SystemMetrics {
            cpu_percent: probe.cpu_percent(),
            mem_percent: probe.mem_percent(),
            gpus: self.gpus().poll(),
            disk: self.disk(),
        }
    }
}
