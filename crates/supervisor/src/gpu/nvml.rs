//! GPU data from NVML. The library is loaded at the first request; without it there are no GPUs,
//! which is not an error.

use std::ffi::OsStr;
use std::fmt;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use common::system::{Gpu, GpuProcess};
use nvml_wrapper::enums::device::UsedGpuMemory;
use nvml_wrapper::error::NvmlError;
use nvml_wrapper::{Device, Nvml};

use super::GpuInventory;
use super::process::{command_name, owner};

/// How long a result is cached: a page and the queue may request it at the same time.
const CACHE_TTL: Duration = Duration::from_millis(500);
/// The same for the queue, which reads the GPUs when a run has ended, and then often.
const REFRESH_TTL: Duration = Duration::from_millis(10);
/// The name that the driver installs; the one without a version comes with development packages
/// only.
const LIBRARY: &str = "libnvidia-ml.so.1";

/// NVIDIA's management library.
#[derive(Default)]
pub(super) struct NvmlInventory {
    library: OnceLock<Option<Nvml>>,
    last: Mutex<Option<(Instant, Vec<Gpu>)>>,
}

impl fmt::Debug for NvmlInventory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NVML")
    }
}

impl GpuInventory for NvmlInventory {
    fn poll(&self) -> Vec<Gpu> {
        self.read_cached(CACHE_TTL)
    }

    fn refresh(&self) -> Vec<Gpu> {
        self.read_cached(REFRESH_TTL)
    }
}

impl NvmlInventory {
    /// The GPUs, read again if the last result is older than `max_age`.
    fn read_cached(&self, max_age: Duration) -> Vec<Gpu> {
        let Some(nvml) = self.library.get_or_init(load) else {
            return Vec::new();
        };
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((at, gpus)) if at.elapsed() < max_age => gpus.clone(),
            _ => {
                let gpus = read_all(nvml);
                *last = Some((Instant::now(), gpus.clone()));
                gpus
            }
        }
    }
}

fn load() -> Option<Nvml> {
    match Nvml::builder().lib_path(OsStr::new(LIBRARY)).init() {
        Ok(nvml) => Some(nvml),
        // A missing library means that there are no GPUs; any other error is logged.
        Err(NvmlError::LibloadingError(_)) => None,
        Err(error) => {
            tracing::warn!(%error, "the GPU driver does not respond; no GPUs are available");
            None
        }
    }
}

/// A GPU that returns an error is left out: no run can be started on it.
fn read_all(nvml: &Nvml) -> Vec<Gpu> {
    let count = nvml.device_count().unwrap_or(0);
    let gpu = |index| {
        let result = nvml.device_by_index(index).and_then(|device| read(index, &device));
        result.inspect_err(|error| tracing::debug!(index, %error, "a GPU does not respond")).ok()
    };
    (0..count).filter_map(gpu).collect()
}

fn read(index: u32, device: &Device) -> Result<Gpu, NvmlError> {
    let memory = device.memory_info()?;
    Ok(Gpu {
        index,
        name: device.name()?,
        uuid: device.uuid()?,
        // Not available on every card, nor inside every container.
        util: device.utilization_rates().map_or(0.0, |rates| f64::from(rates.gpu)),
        mem_used: mebibytes(memory.used),
        mem_total: mebibytes(memory.total),
        processes: device.running_compute_processes().map_or_else(
            |_| Vec::new(),
            |processes| {
                let process = |process: &nvml_wrapper::struct_wrappers::device::ProcessInfo| {
                    let memory = match process.used_gpu_memory {
                        UsedGpuMemory::Used(bytes) => bytes,
                        UsedGpuMemory::Unavailable => 0,
                    };
                    GpuProcess {
                        pid: process.pid,
                        user: owner(process.pid),
                        name: command_name(process.pid),
                        memory_mb: mebibytes(memory),
                    }
                };
                processes.iter().map(process).collect()
            },
        ),
    })
}

#[expect(clippy::cast_precision_loss, reason = "no GPU has 2^53 bytes")]
fn mebibytes(bytes: u64) -> f64 {
    (bytes as f64 / 1024.0 / 1024.0).round()
}
