//! Samples the GPUs of a run into its journal: those assigned to it, and those that one of its
//! processes uses.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use common::system::Gpu;
use serde_json::{Map, Value, json};

use super::journal_line::append;
use crate::gpu::GpuInventory;

/// Prefixes of the device files that every program using the driver has open: `/dev/nvidiactl`,
/// `/dev/nvidia0`, …; in WSL `/dev/dxg`.
const DRIVER_FILES: [&str; 2] = ["/dev/nvidia", "/dev/dxg"];

/// The journal for the points; `None` after the run has ended.
type Journal = Arc<Mutex<Option<PathBuf>>>;

/// Reads the driver in a separate thread: loading its library takes up to seconds, and the
/// supervisor must not wait for it. The thread starts when the run first uses the driver; for other
/// runs nothing is loaded.
pub(crate) struct GpuSampler {
    assigned: Vec<u32>,
    inventory: fn() -> Arc<dyn GpuInventory>,
    journal: Journal,
    /// Sends the pids of the run to the thread.
    requests: Option<SyncSender<Vec<u32>>>,
}

impl GpuSampler {
    /// `assigned` are the indices of the GPUs assigned to the run, in the driver's order.
    pub(crate) fn new(
        journal: &Path,
        assigned: &[u32],
        inventory: fn() -> Arc<dyn GpuInventory>,
    ) -> Self {
        let journal = Arc::new(Mutex::new(Some(journal.to_owned())));
        Self { assigned: assigned.to_vec(), inventory, journal, requests: None }
    }

    /// Requests a point for each GPU of the run, whose processes are `pids`.
    pub(crate) fn sample(&mut self, pids: &[u32]) {
        if self.requests.is_none() {
            if self.assigned.is_empty() && !any_has_open(pids, &DRIVER_FILES) {
                return;
            }
            self.requests = Some(self.start());
        }
        if let Some(requests) = &self.requests {
            // A request is dropped while the previous one is in progress.
            let _ = requests.try_send(pids.to_vec());
        }
    }

    fn start(&self) -> SyncSender<Vec<u32>> {
        let (requests, receiver) = sync_channel(1);
        let (assigned, inventory, journal) =
            (self.assigned.clone(), self.inventory, self.journal.clone());
        std::thread::spawn(move || serve(&receiver, &assigned, &*inventory(), &journal));
        requests
    }
}

impl Drop for GpuSampler {
    /// Stops writing. Does not wait for the thread: the driver may be slow.
    fn drop(&mut self) {
        *self.journal.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

fn serve(
    receiver: &Receiver<Vec<u32>>,
    assigned: &[u32],
    inventory: &dyn GpuInventory,
    journal: &Journal,
) {
    while let Ok(pids) = receiver.recv() {
        let points = points(&inventory.poll(), assigned, &pids);
        let journal = journal.lock().unwrap_or_else(PoisonError::into_inner);
        match &*journal {
            Some(journal) if !points.is_empty() => append(journal, &Value::Object(points)),
            Some(_) => {}
            None => return,
        }
    }
}

/// Utilisation and memory of each GPU that is assigned to the run or used by it.
fn points(gpus: &[Gpu], assigned: &[u32], pids: &[u32]) -> Map<String, Value> {
    let mut points = Map::new();
    for gpu in gpus {
        let own = gpu.processes.iter().filter(|process| pids.contains(&process.pid));
        let (count, own_mib) =
            own.fold((0, 0.0), |(count, mib), process| (count + 1, mib + process.memory_mb));
        if count == 0 && !assigned.contains(&gpu.index) && !is_the_only_candidate(gpus) {
            continue;
        }
        // The driver may not report memory per process, or use other pids than the container: then
        // the total of the GPU is recorded.
        let used_mib = if own_mib > 0.0 { own_mib } else { gpu.mem_used };
        let name = |what: &str| format!("sys/gpu{}_{what}", gpu.index);
        points.insert(name("util_percent"), json!(gpu.util));
        points.insert(name("memory_bytes"), json!(used_mib * 1024.0 * 1024.0));
    }
    points
}

/// Whether a run that uses the driver can only be on this one GPU although the driver lists none of
/// its processes: in a container it may list none, or use the pids of the host.
fn is_the_only_candidate(gpus: &[Gpu]) -> bool {
    let is_here = |pid: u32| Path::new("/proc").join(pid.to_string()).exists();
    let [gpu] = gpus else { return false };
    !gpu.processes.iter().any(|process| is_here(process.pid))
}

/// Whether one of these processes has a file open whose path starts with one of the prefixes.
fn any_has_open(pids: &[u32], prefixes: &[&str]) -> bool {
    pids.iter().any(|pid| {
        let open = fs::read_dir(format!("/proc/{pid}/fd"));
        open.into_iter().flatten().flatten().any(|file| {
            let path = fs::read_link(file.path()).unwrap_or_default();
            let path = path.to_string_lossy();
            prefixes.iter().any(|prefix| path.starts_with(prefix))
        })
    })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use common::system::GpuProcess;

    use super::*;

    /// A pid that does not exist on this machine.
    const FOREIGN_PID: u32 = 4_711_000;

    fn gpu(index: u32, pids: &[u32]) -> Gpu {
        let process = |pid: &u32| GpuProcess { pid: *pid, memory_mb: 3.0, ..GpuProcess::default() };
        let processes = pids.iter().map(process).collect();
        Gpu { index, util: 50.0, mem_used: 100.0, processes, ..Gpu::default() }
    }

    fn sampled_gpus(gpus: &[Gpu], assigned: &[u32], pids: &[u32]) -> Vec<String> {
        points(gpus, assigned, pids)
            .keys()
            .filter(|key| key.ends_with("util_percent"))
            .cloned()
            .collect()
    }

    #[test]
    fn a_run_has_curves_of_every_gpu_that_it_was_given_or_is_seen_on() {
        let own = std::process::id();
        let gpus = [gpu(0, &[1]), gpu(1, &[1, own]), gpu(2, &[])];
        assert_eq!(sampled_gpus(&gpus, &[], &[own]), ["sys/gpu1_util_percent"]);
        assert_eq!(
            sampled_gpus(&gpus, &[2], &[own]),
            ["sys/gpu1_util_percent", "sys/gpu2_util_percent"]
        );
        assert_eq!(sampled_gpus(&gpus, &[], &[2]), [""; 0]);
        let points = points(&gpus, &[2], &[own]);
        assert_eq!(points["sys/gpu1_memory_bytes"], json!(3.0 * 1024.0 * 1024.0), "only its own");
        assert_eq!(points["sys/gpu2_memory_bytes"], json!(100.0 * 1024.0 * 1024.0));
    }

    #[test]
    fn the_only_gpu_is_the_runs_where_the_driver_counts_processes_otherwise() {
        assert_eq!(sampled_gpus(&[gpu(0, &[FOREIGN_PID])], &[], &[2]), ["sys/gpu0_util_percent"]);
        assert_eq!(sampled_gpus(&[gpu(0, &[])], &[], &[2]), ["sys/gpu0_util_percent"]);
        assert_eq!(sampled_gpus(&[gpu(0, &[1])], &[], &[2]), [""; 0], "it names processes of here");
        assert_eq!(sampled_gpus(&[gpu(0, &[]), gpu(1, &[])], &[], &[2]), [""; 0]);
    }

    #[test]
    fn gpu_processes_are_found_by_their_open_device_files() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let path = file.path().to_str().unwrap();
        assert!(any_has_open(&[FOREIGN_PID, std::process::id()], &["/nothing", path]));
        assert!(!any_has_open(&[std::process::id()], &["/nothing"]));
        assert!(!any_has_open(&[FOREIGN_PID], &[path]));
    }

    #[derive(Debug)]
    struct One;

    impl GpuInventory for One {
        fn poll(&self) -> Vec<Gpu> {
            vec![gpu(7, &[std::process::id()])]
        }
    }

    #[test]
    fn points_are_written_until_the_run_has_ended_and_never_after() {
        let dir = tempfile::tempdir().unwrap();
        let journal = dir.path().join("run1.journal.jsonl");
        let mut sampler = GpuSampler::new(&journal, &[7], || Arc::new(One));
        let deadline = Instant::now() + Duration::from_secs(30);
        while !journal.exists() {
            sampler.sample(&[std::process::id()]);
            assert!(Instant::now() < deadline);
            std::thread::sleep(Duration::from_millis(5));
        }
        let requests = sampler.requests.clone();
        drop(sampler);
        let before = fs::read_to_string(&journal).unwrap();
        assert!(before.contains("sys/gpu7_util_percent"), "{before}");
        // The thread ends at the next request, and no line is added.
        while requests.as_ref().is_some_and(|requests| requests.send(Vec::new()).is_ok()) {
            assert!(Instant::now() < deadline);
        }
        assert_eq!(fs::read_to_string(&journal).unwrap(), before);
    }
}
