//! Whose process it is that uses a GPU.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Name of the user that a process belongs to; the number where it has no name, nothing where the
/// process is not to be seen (it is gone, or lives outside of our container).
pub(crate) fn owner(pid: u32) -> String {
    let Ok(meta) = fs::metadata(format!("/proc/{pid}")) else {
        return String::new();
    };
    user_name(meta.uid())
}

/// Name of a user; the number where it has none.
pub(crate) fn user_name(uid: u32) -> String {
    let uid = uid.to_string();
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let named = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == uid).then(|| name.to_owned())
    });
    named.unwrap_or(uid)
}

/// What the process is called.
pub(super) fn command_name(pid: u32) -> String {
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    name.trim_end().to_owned()
}

/// Whether a process is one of a run of this project: it carries the folder of a task in its
/// environment, which only its own user may read.
pub(crate) fn belongs_to_project(pid: u32, pyruns_dir: &Path) -> bool {
    let environ = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
    let mut items = environ.split(|byte| *byte == 0);
    items.any(|item| match item.strip_prefix(b"PYRUNS_TASK_DIR=") {
        Some(dir) => Path::new(std::ffi::OsStr::from_bytes(dir)).starts_with(pyruns_dir),
        None => false,
    })
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
}
