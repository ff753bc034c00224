//! The owner, name and state of a process that uses a GPU.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Name of the user that owns a process; the uid if it has no name; empty if the process is not
/// visible (it has ended, or runs outside of our container).
pub(crate) fn owner(pid: u32) -> String {
    let Ok(meta) = fs::metadata(format!("/proc/{pid}")) else {
        return String::new();
    };
    user_name(meta.uid())
}

/// Name of a user; the uid if it has none.
#[must_use]
pub fn user_name(uid: u32) -> String {
    let uid = uid.to_string();
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let named = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == uid).then(|| name.to_owned())
    });
    named.unwrap_or(uid)
}

/// The command name of a process.
pub(super) fn command_name(pid: u32) -> String {
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    name.trim_end().to_owned()
}

/// Whether a process belongs to a run of this project: its environment, which only its own user may
/// read, contains the folder of a task.
#[must_use]
pub fn belongs_to_project(pid: u32, pyruns_dir: &Path) -> bool {
    let environ = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
    let mut items = environ.split(|byte| *byte == 0);
    items.any(|item| match item.strip_prefix(b"PYRUNS_TASK_DIR=") {
        Some(dir) => Path::new(std::ffi::OsStr::from_bytes(dir)).starts_with(pyruns_dir),
        None => false,
    })
}

/// State of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is running. The start time distinguishes it from a later process with the same pid.
    Running {
        /// In clock ticks since boot.
        started: u64,
    },
    /// It is exiting: its memory and environment may be gone, while its GPU memory may still be
    /// allocated.
    Exiting,
    /// No such process is visible: it has ended, or runs outside of our container.
    Absent,
}

/// Set in a process's flags when it has begun to exit (`PF_EXITING` of the kernel).
const EXITING: u64 = 0x4;

/// The state of a process.
#[must_use]
pub fn presence(pid: u32) -> Presence {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    read_presence(&stat).unwrap_or(Presence::Absent)
}

/// Flags and start of `/proc/PID/stat`, fields 9 and 22 (proc(5)).
fn read_presence(stat: &str) -> Option<Presence> {
    // The command in parentheses may contain any character, so fields are counted from its end:
    // state is the third.
    let (_, fields) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = fields.split(' ').collect();
    let number = |field: usize| fields.get(field - 3)?.parse::<u64>().ok();
    let exiting = matches!(fields.first(), Some(&("Z" | "X"))) || number(9)? & EXITING != 0;
    let started = number(22)?;
    Some(if exiting { Presence::Exiting } else { Presence::Running { started } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_process_belongs_to_root_and_to_no_project() {
        assert_eq!(owner(1), "root");
        assert!(!command_name(1).is_empty());
        assert!(!belongs_to_project(1, Path::new("/")));
        assert_eq!(owner(u32::MAX), "");
    }

    #[test]
    fn an_ended_process_is_exiting_until_it_is_reaped() {
        assert!(matches!(presence(std::process::id()), Presence::Running { started: 1.. }));
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
        while presence(child.id()) != Presence::Exiting {
            assert!(std::time::Instant::now() < deadline);
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        child.wait().unwrap();
        assert_eq!(presence(child.id()), Presence::Absent);
        let stat = |state: &str, flags| {
            format!("7 (a ) b) {state} 1 7 7 0 -1 {flags} 1 2 3 4 1 2 3 4 20 0 1 0 99 1000 55")
        };
        let running = Some(Presence::Running { started: 99 });
        assert_eq!(read_presence(&stat("S", 4_194_304)), running);
        assert_eq!(read_presence(&stat("D", 4_194_308)), Some(Presence::Exiting));
        assert_eq!(read_presence(&stat("Z", 4_194_304)), Some(Presence::Exiting));
    }
}
