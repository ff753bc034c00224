//! Finds and kills all processes of a run, including those that left its process group.

use std::collections::HashMap;
use std::fs;

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

/// Every descendant of `root`, found by reading the parent of each process.
pub(crate) fn descendants(root: u32) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    let Ok(listing) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    for item in listing.flatten() {
        let Some(pid) = item.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        if let Some(parent) = parent_of(pid) {
            children.entry(parent).or_default().push(pid);
        }
    }
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(pid) = open.pop() {
        let below = children.remove(&pid).unwrap_or_default();
        found.extend(&below);
        open.extend(below);
    }
    found
}

/// The same by reading the children of each process, where the kernel provides them (usually since
/// Linux 4.2): the cost does not depend on the number of processes on the machine.
pub(crate) fn below(root: u32) -> Vec<u32> {
    let Some(mut open) = children_of(root) else {
        return descendants(root);
    };
    let mut found = Vec::new();
    while let Some(pid) = open.pop() {
        found.push(pid);
        // A process that has ended meanwhile has none.
        open.extend(children_of(pid).unwrap_or_default());
    }
    found
}

/// `/proc/PID/task/TID/children` of all its threads (proc(5)).
fn children_of(pid: u32) -> Option<Vec<u32>> {
    let mut children = Vec::new();
    for thread in fs::read_dir(format!("/proc/{pid}/task")).ok()?.flatten() {
        let text = fs::read_to_string(thread.path().join("children")).ok()?;
        children.extend(text.split_whitespace().filter_map(|word| word.parse::<u32>().ok()));
    }
    Some(children)
}

/// The fourth field of `/proc/PID/stat` (proc(5)); zombies count as ended.
fn parent_of(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The command in parentheses may contain any character, so fields are counted from its end.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ');
    let state = fields.next()?;
    let parent = fields.next()?.parse().ok()?;
    (state != "Z").then_some(parent)
}

/// Sends a signal to the process group and to every other descendant of the supervisor.
pub(crate) fn signal_all(group: u32, signal: Signal) {
    let own = std::process::id();
    if let Some(pid) = pid_of(group) {
        // An error means that the process has already ended.
        let _ = kill_process_group(pid, signal);
    }
    for pid in descendants(own) {
        if let Some(pid) = pid_of(pid).filter(|pid| !in_group(*pid, group)) {
            let _ = kill_process(pid, signal);
        }
    }
}

fn in_group(pid: Pid, group: u32) -> bool {
    rustix::process::getpgid(Some(pid))
        .is_ok_and(|of| u32::try_from(of.as_raw_nonzero().get()) == Ok(group))
}

/// Converts a number to a process id.
pub(crate) fn pid_of(pid: u32) -> Option<Pid> {
    i32::try_from(pid).ok().and_then(Pid::from_raw)
}
