//! GPUs, as `nvidia-smi` tells. Where it is absent there are none, and that is no error.

use std::collections::HashMap;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use common::system::{Gpu, GpuProcess};

use crate::interpreter::find;

/// Asking takes the driver some 50 ms, so an answer serves this long.
const FRESH: Duration = Duration::from_secs(2);

/// The last answer and its age.
#[derive(Default)]
pub(super) struct GpuProbe {
    last: Mutex<Option<(Instant, Vec<Gpu>)>>,
}

impl GpuProbe {
    /// The GPUs now, or a moment ago.
    pub(super) fn read(&self) -> Vec<Gpu> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((at, gpus)) if at.elapsed() < FRESH => gpus.clone(),
            _ => {
                let gpus = ask();
                *last = Some((Instant::now(), gpus.clone()));
                gpus
            }
        }
    }
}

fn ask() -> Vec<Gpu> {
    let fields = "index,name,uuid,utilization.gpu,memory.used,memory.total";
    let mut gpus = parse_gpus(&query(&format!("--query-gpu={fields}")));
    if !gpus.is_empty() {
        let processes = query("--query-compute-apps=gpu_uuid,pid,process_name,used_memory");
        add_processes(&mut gpus, &processes);
    }
    gpus
}

fn query(what: &str) -> String {
    let Some(program) = find("nvidia-smi") else {
        return String::new();
    };
    let output = Command::new(program).args([what, "--format=csv,noheader,nounits"]).output();
    match output {
        Ok(output) if output.status.success() => {
            String::from_utf8_lossy(&output.stdout).into_owned()
        }
        _ => String::new(),
    }
}

fn parse_gpus(csv: &str) -> Vec<Gpu> {
    let number = |text: &str| text.parse::<f64>().unwrap_or(0.0);
    csv.lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split(',').map(str::trim).collect();
            let [index, name, uuid, util, used, total] = cells[..] else {
                return None;
            };
            Some(Gpu {
                index: index.parse().ok()?,
                name: name.to_owned(),
                uuid: uuid.to_owned(),
                util: number(util),
                mem_used: number(used),
                mem_total: number(total),
                processes: Vec::new(),
            })
        })
        .collect()
}

fn add_processes(gpus: &mut [Gpu], csv: &str) {
    let mut by_gpu: HashMap<&str, Vec<GpuProcess>> = HashMap::new();
    for line in csv.lines() {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        let [uuid, pid, name, memory] = cells[..] else {
            continue;
        };
        let Ok(pid) = pid.parse() else { continue };
        by_gpu.entry(uuid).or_default().push(GpuProcess {
            pid,
            user: owner(pid),
            name: name.rsplit('/').next().unwrap_or(name).to_owned(),
            memory_mb: memory.parse().unwrap_or(0.0),
        });
    }
    for gpu in gpus {
        gpu.processes = by_gpu.remove(gpu.uuid.as_str()).unwrap_or_default();
    }
}

/// Name of the user that a process belongs to; the number where it has no name.
fn owner(pid: u32) -> String {
    use std::os::unix::fs::MetadataExt;
    let Ok(meta) = std::fs::metadata(format!("/proc/{pid}")) else {
        return String::new();
    };
    let uid = meta.uid().to_string();
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let named = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == uid).then(|| name.to_owned())
    });
    named.unwrap_or(uid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_the_tool_are_read() {
        let mut gpus =
            parse_gpus("0, NVIDIA H200, GPU-a, 37, 512, 143771\n1, X, GPU-b, [N/A], 0, 8\n");
        add_processes(&mut gpus, "GPU-a, 1, /usr/bin/python3, 500\nGPU-z, 2, x, 1\nnonsense\n");
        assert_eq!((gpus[0].index, gpus[0].util, gpus[0].mem_total), (0, 37.0, 143_771.0));
        assert_eq!(gpus[0].processes[0].name, "python3");
        assert_eq!(gpus[0].processes[0].user, "root");
        assert!(gpus[1].processes.is_empty());
        assert!(parse_gpus("No devices were found\n").is_empty());
    }
}
