//! Finds and kills processes of a run that outlived its supervisor.

use std::fs;
use std::time::{Duration, Instant};

use rustix::process::{Signal, kill_process};

use super::tree::pid_of;
use store::task::TaskDir;

/// Kills every process whose environment contains this run.
pub(crate) fn kill_orphans(dir: &TaskDir, run_index: u32) {
    let path = dir.path();
    let path = path.to_string_lossy();
    let deadline = Instant::now() + Duration::from_secs(2);
    loop {
        let left = orphans(&path, run_index);
        if left.is_empty() || Instant::now() > deadline {
            return;
        }
        for pid in left.into_iter().filter_map(pid_of) {
            // An error means that the process has already ended.
            let _ = kill_process(pid, Signal::KILL);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Pids of the processes whose environment contains the folder and index of the run; a pid that was
/// reused by another process never matches.
fn orphans(task_dir: &str, run_index: u32) -> Vec<u32> {
    let wanted = [format!("PYRUNS_TASK_DIR={task_dir}"), format!("PYRUNS_RUN_INDEX={run_index}")];
    let Ok(listing) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    let pids = listing.flatten().filter_map(|item| item.file_name().to_str()?.parse().ok());
    pids.filter(|pid| *pid != std::process::id())
        .filter(|pid| {
            let environ = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
            let has = |wanted: &String| {
                environ.split(|byte| *byte == 0).any(|item| item == wanted.as_bytes())
            };
            wanted.iter().all(has)
        })
        .collect()
}
