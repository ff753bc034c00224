//! Correcting the permissions of a project's files: those that an earlier version left open to
//! everybody, and all of them when the setting `shared` changes.

use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, Stat};
use rustix::fs::{fchmod, fstat, openat, statat};
use rustix::process::geteuid;

use super::Readers;

/// Which folder of a project is looked at: decides what is below it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// `_pyruns_`.
    Project,
    /// A folder of our own files, whatever is in there.
    Store,
    /// `_pyruns_/<workspace>`.
    Workspace,
    /// `tasks`, or what holds tasks' folders below it.
    Tasks,
    /// A task's folder. Folders that scripts make in it, `artifacts` first of all, are closed but
    /// not entered: what is in them is the user's.
    Task,
}

impl Place {
    /// What a folder of this place is; nothing for one that is not entered.
    fn below(self, name: &str) -> Option<Self> {
        match (self, name) {
            (Self::Project, ".python" | ".provenance") | (Self::Store, _) => Some(Self::Store),
            (Self::Project, name) => (!name.starts_with('.')).then_some(Self::Workspace),
            (Self::Workspace, "batches") | (Self::Task, "run_logs") => Some(Self::Store),
            (Self::Workspace, "tasks") | (Self::Tasks, ".trash" | ".staging") => Some(Self::Tasks),
            (Self::Workspace | Self::Task, _) => None,
            // A batch that is being written has a folder of its own in `.staging`, which is as good
            // as a task's: its tasks are closed by it.
            (Self::Tasks, _) => Some(Self::Task),
        }
    }
}

/// Gives `_pyruns_` the permissions that the readers ask for. By this alone everything below it is
/// closed to others at once.
///
/// # Errors
/// What the system said. A link in its place is left alone.
pub fn set_folder_readers(pyruns_dir: &Path, readers: Readers) -> io::Result<()> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let folder = openat(CWD, pyruns_dir, flags, Mode::empty())?;
    if let Some(mode) = wanted("", &fstat(&folder)?, readers) {
        fchmod(&folder, Mode::from_raw_mode(mode))?;
    }
    Ok(())
}

/// Gives every file and folder of a project the permissions that the readers ask for. Only what belongs
/// to us is changed, and no link is followed.
///
/// `tasks` gets its own when all that is in it is done: where it has them, it is not entered, so that
/// this costs nothing from the second time on however many tasks there are.
///
/// # Errors
/// When the folder itself cannot be read; what cannot be changed below it is passed over.
pub fn set_readers(pyruns_dir: &Path, readers: Readers) -> io::Result<()> {
    // The path of a project is trusted, below it no link is.
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    set_below(&openat(CWD, pyruns_dir, flags, Mode::empty())?, Place::Project, readers)
}

/// The same for a single workspace, whose folder may be anywhere: nothing beside it is changed.
///
/// # Errors
/// When the folder cannot be looked at; what cannot be changed below it is passed over.
pub fn set_workspace_readers(root: &Path, readers: Readers) -> io::Result<()> {
    let (Some(parent), Some(name)) = (root.parent(), root.file_name().and_then(|it| it.to_str()))
    else {
        return Ok(());
    };
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    set_entry(&openat(CWD, parent, flags, Mode::empty())?, name, Place::Project, readers)
}

fn set_below(folder: &OwnedFd, place: Place, readers: Readers) -> io::Result<()> {
    for entry in Dir::read_from(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().to_str() else { continue };
        if name == "." || name == ".." {
            continue;
        }
        if let Err(error) = set_entry(folder, name, place, readers) {
            // Gone meanwhile, or on a file system that has no permissions.
            tracing::debug!(name, %error, "permissions are left as they are");
        }
    }
    Ok(())
}

fn set_entry(folder: &OwnedFd, name: &str, place: Place, readers: Readers) -> io::Result<()> {
    let stat = statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?;
    let mode = wanted(name, &stat, readers);
    if FileType::from_raw_mode(stat.st_mode) == FileType::Directory {
        let below = place.below(name).filter(|below| *below != Place::Tasks || mode.is_some());
        if let Some(below) = below {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            set_below(&openat(folder, name, flags, Mode::empty())?, below, readers)?;
        }
    }
    mode.map_or(Ok(()), |mode| set_mode(folder, name, &stat, mode))
}

/// Changes the permissions of an entry that is still the one that was looked at. It is not opened:
/// a pipe would wait, and its owner may have taken away his own right to read.
fn set_mode(folder: &OwnedFd, name: &str, seen: &Stat, mode: u32) -> io::Result<()> {
    let flags = OFlags::PATH | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let held = openat(folder, name, flags, Mode::empty())?;
    let stat = fstat(&held)?;
    if (stat.st_dev, stat.st_ino) == (seen.st_dev, seen.st_ino) {
        let path = format!("/proc/self/fd/{}", held.as_raw_fd());
        rustix::fs::chmod(path.as_str(), Mode::from_raw_mode(mode))?;
    }
    Ok(())
}

/// The permissions that an entry should have, where it has others and is ours to change.
fn wanted(name: &str, stat: &Stat, readers: Readers) -> Option<u32> {
    let kind = FileType::from_raw_mode(stat.st_mode);
    let of_group = match (kind, readers) {
        (FileType::Directory, Readers::Group) => 0o050,
        // Whoever can open a lock can hold it; the token lets in whoever knows it.
        (FileType::RegularFile, Readers::Group) if !is_for_owner_only(name) => 0o040,
        (FileType::Directory | FileType::RegularFile, _) => 0,
        _ => return None,
    };
    let mode = stat.st_mode & 0o7777;
    let wanted = mode & 0o7700 | of_group;
    (mode != wanted && stat.st_uid == geteuid().as_raw()).then_some(wanted)
}

fn is_for_owner_only(name: &str) -> bool {
    name.ends_with(".lock") || name.starts_with(".token")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
    }

    fn project() -> (tempfile::TempDir, std::path::PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let pyruns = dir.path().join("_pyruns_");
        let task = pyruns.join("train/tasks/a");
        fs::create_dir_all(task.join("run_logs")).unwrap();
        fs::create_dir_all(task.join("artifacts/run1")).unwrap();
        for file in ["task_info.json", "run_logs/run1.lock", "artifacts/run1/model.pt"] {
            fs::write(task.join(file), "").unwrap();
            fs::set_permissions(task.join(file), fs::Permissions::from_mode(0o666)).unwrap();
        }
        for folder in [&pyruns, &pyruns.join("train"), &pyruns.join("train/tasks"), &task] {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o2777)).unwrap();
        }
        (dir, pyruns)
    }

    fn set(pyruns: &Path, readers: Readers) {
        set_folder_readers(pyruns, readers).unwrap();
        set_readers(pyruns, readers).unwrap();
    }

    #[test]
    fn an_open_project_is_closed_and_a_shared_one_keeps_its_locks() {
        let (_dir, pyruns) = project();
        let task = pyruns.join("train/tasks/a");
        let modes = || {
            ["", "task_info.json", "run_logs", "run_logs/run1.lock", "artifacts"]
                .map(|name| mode(&task.join(name)) & 0o777)
        };
        set(&pyruns, Readers::Owner);
        assert_eq!(modes(), [0o700, 0o600, 0o700, 0o600, 0o700]);
        assert_eq!(mode(&pyruns), 0o2700, "the group of new files stays as it was chosen");
        assert_eq!(mode(&task.join("artifacts/run1/model.pt")), 0o666, "it is the user's");
        set(&pyruns, Readers::Group);
        assert_eq!(modes(), [0o750, 0o640, 0o750, 0o600, 0o750]);
        assert_eq!(mode(&pyruns.join("train/tasks")), 0o2750);
        set(&pyruns, Readers::Owner);
        assert_eq!(modes(), [0o700, 0o600, 0o700, 0o600, 0o700]);
    }

    #[test]
    fn no_link_is_followed() {
        let (dir, pyruns) = project();
        let outside = dir.path().join("outside");
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("file"), "").unwrap();
        let before = (mode(&outside), mode(&outside.join("file")));
        symlink(outside.join("file"), pyruns.join("train/tasks/a/config.yaml")).unwrap();
        symlink(&outside, pyruns.join("linked")).unwrap();
        symlink(&outside, pyruns.join("train/tasks/b")).unwrap();
        set(&pyruns, Readers::Owner);
        assert_eq!((mode(&outside), mode(&outside.join("file"))), before);
        let link = dir.path().join("link");
        symlink(&outside, &link).unwrap();
        assert!(set_folder_readers(&link, Readers::Owner).is_err());
    }

    #[test]
    fn tasks_that_are_done_are_not_entered_again() {
        let (_dir, pyruns) = project();
        set(&pyruns, Readers::Owner);
        let info = pyruns.join("train/tasks/a/task_info.json");
        fs::set_permissions(&info, fs::Permissions::from_mode(0o644)).unwrap();
        set(&pyruns, Readers::Owner);
        assert_eq!(mode(&info), 0o644, "it is closed by the folders above it");
    }
}
