//! Corrects the permissions of a project's files: those that an earlier version created readable
//! for other users, and all of them when the setting `shared` changes.

use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, Stat};
use rustix::fs::{fchmod, fstat, openat, statat};
use rustix::process::geteuid;

use super::Readers;

/// The kind of a project folder, which determines how the entries below it are treated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FolderKind {
    /// `_pyruns_`.
    Project,
    /// A folder with files of Pyruns only, at any depth.
    Store,
    /// `_pyruns_/<workspace>`.
    Workspace,
    /// `tasks`, or a folder that contains task folders.
    Tasks,
    /// A task's folder. Folders that scripts create in it, such as `artifacts`, get the permissions
    /// but are not entered: their content belongs to the user.
    Task,
}

impl FolderKind {
    /// The kind of an entry of this folder; `None` if it is not entered.
    fn below(self, name: &str) -> Option<Self> {
        match (self, name) {
            (Self::Project, ".python" | ".provenance") | (Self::Store, _) => Some(Self::Store),
            (Self::Project, name) => (!name.starts_with('.')).then_some(Self::Workspace),
            (Self::Workspace, "batches") | (Self::Task, "run_logs") => Some(Self::Store),
            (Self::Workspace, "tasks") | (Self::Tasks, ".trash" | ".staging") => Some(Self::Tasks),
            (Self::Workspace | Self::Task, _) => None,
            // A batch that is being written has its own folder in `.staging`. It is treated as a
            // task's folder: its permissions protect the tasks in it.
            (Self::Tasks, _) => Some(Self::Task),
        }
    }
}

/// Sets the permissions of `_pyruns_` for the given readers. This alone denies other users access
/// to everything below it.
///
/// # Errors
/// The I/O error. A link is not followed and not changed.
pub fn set_folder_readers(pyruns_dir: &Path, readers: Readers) -> io::Result<()> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let folder = openat(CWD, pyruns_dir, flags, Mode::empty())?;
    if let Some(mode) = corrected_mode("", &fstat(&folder)?, readers) {
        fchmod(&folder, Mode::from_raw_mode(mode))?;
    }
    Ok(())
}

/// Sets the permissions of every file and folder of a project for the given readers. Only entries
/// that belong to this user are changed, and links are not followed.
///
/// The permissions of `tasks` are set after those of its content. Where they are already correct,
/// `tasks` is not entered: a repeated call is cheap for any number of tasks.
///
/// # Errors
/// When the folder itself cannot be read; entries that cannot be changed are skipped.
pub fn set_readers(pyruns_dir: &Path, readers: Readers) -> io::Result<()> {
    // Links in the path of the project are trusted, links below it are not.
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    set_below(&openat(CWD, pyruns_dir, flags, Mode::empty())?, FolderKind::Project, readers)
}

/// Does the same for one workspace, whose folder may be anywhere: its siblings are not changed.
///
/// # Errors
/// When the folder cannot be read; entries that cannot be changed are skipped.
pub fn set_workspace_readers(root: &Path, readers: Readers) -> io::Result<()> {
    let (Some(parent), Some(name)) = (root.parent(), root.file_name().and_then(|it| it.to_str()))
    else {
        return Ok(());
    };
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    set_entry(&openat(CWD, parent, flags, Mode::empty())?, name, FolderKind::Project, readers)
}

fn set_below(folder: &OwnedFd, kind: FolderKind, readers: Readers) -> io::Result<()> {
    for entry in Dir::read_from(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().to_str() else { continue };
        if name == "." || name == ".." {
            continue;
        }
        if let Err(error) = set_entry(folder, name, kind, readers) {
            // Removed meanwhile, or on a file system without permissions.
            tracing::debug!(name, %error, "permissions are left as they are");
        }
    }
    Ok(())
}

fn set_entry(folder: &OwnedFd, name: &str, kind: FolderKind, readers: Readers) -> io::Result<()> {
    let stat = statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?;
    let mode = corrected_mode(name, &stat, readers);
    if FileType::from_raw_mode(stat.st_mode) == FileType::Directory {
        let below = kind.below(name).filter(|below| *below != FolderKind::Tasks || mode.is_some());
        if let Some(below) = below {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            set_below(&openat(folder, name, flags, Mode::empty())?, below, readers)?;
        }
    }
    mode.map_or(Ok(()), |mode| set_mode(folder, name, &stat, mode))
}

/// Changes the mode of an entry if it is still the file that `checked` describes. The entry is not
/// opened: opening a pipe would wait, and the owner may have removed the read permission.
fn set_mode(folder: &OwnedFd, name: &str, checked: &Stat, mode: u32) -> io::Result<()> {
    let flags = OFlags::PATH | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let entry = openat(folder, name, flags, Mode::empty())?;
    let stat = fstat(&entry)?;
    if (stat.st_dev, stat.st_ino) == (checked.st_dev, checked.st_ino) {
        let path = format!("/proc/self/fd/{}", entry.as_raw_fd());
        rustix::fs::chmod(path.as_str(), Mode::from_raw_mode(mode))?;
    }
    Ok(())
}

/// The mode that an entry should have, if its mode differs and this user may change it.
fn corrected_mode(name: &str, stat: &Stat, readers: Readers) -> Option<u32> {
    let file_type = FileType::from_raw_mode(stat.st_mode);
    let of_group = match (file_type, readers) {
        (FileType::Directory, Readers::Group) => 0o050,
        // Any user who can open a lock file can hold its lock, and the token grants access.
        (FileType::RegularFile, Readers::Group) if !is_for_owner_only(name) => 0o040,
        (FileType::Directory | FileType::RegularFile, _) => 0,
        _ => return None,
    };
    let mode = stat.st_mode & 0o7777;
    let corrected = mode & 0o7700 | of_group;
    (mode != corrected && stat.st_uid == geteuid().as_raw()).then_some(corrected)
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
    fn permissions_are_corrected_and_locks_of_a_shared_project_stay_private() {
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
