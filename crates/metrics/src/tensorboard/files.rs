//! Reads the event files of one run incrementally.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::RunData;
use crate::tensorboard::read::{ReadState, Scalar, read_scalars};
use store::Result;
use store::disk::Stamp;

/// Maximum number of event files in one folder.
const MAX_FILES: usize = 10_000;

/// How far each event file of a run was read.
#[derive(Debug, Clone, Default)]
pub struct EventFiles {
    /// The common parent folder: keys are prefixed with the folders below it.
    root: PathBuf,
    read: BTreeMap<PathBuf, (Stamp, ReadState)>,
    /// Keys that existed before.
    existing_keys: BTreeSet<String>,
}

impl EventFiles {
    /// Whether `files` can be read from where reading stopped. This is not possible if a file was
    /// removed or replaced, or if a new file changes the prefixes of the keys: then everything is
    /// read again.
    #[must_use]
    pub fn can_continue(&self, files: &[PathBuf]) -> bool {
        let is_same = |(path, (previous, _)): (&PathBuf, &(Stamp, ReadState))| {
            Stamp::of(path).is_some_and(|now| now.has_grown_from(*previous))
        };
        self.read.is_empty() || self.root == root_of(files) && self.read.iter().all(is_same)
    }

    /// Whether nothing was written to `files` since they were read.
    #[must_use]
    pub fn is_current(&self, files: &[PathBuf]) -> bool {
        let is_read = |path: &PathBuf| {
            self.read.get(path).is_some_and(|(previous, _)| Stamp::of(path) == Some(*previous))
        };
        self.read.len() == files.len() && files.iter().all(is_read)
    }

    /// Reads the new points of `files`, which are sorted, and passes them to `take` with their
    /// keys: the folders between the common parent and the file's own folder, and the tag.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn read_new(
        &mut self,
        files: &[PathBuf],
        take: &mut dyn FnMut(&str, &Scalar<'_>),
    ) -> Result<()> {
        self.root = root_of(files);
        for path in files {
            let (_, state) = self.read.get(path).copied().unwrap_or_default();
            // The stamp is taken before the file is read: data written meanwhile is found the next
            // time.
            let Some(stamp) = Stamp::of(path) else { continue };
            let below = path.parent().and_then(|parent| parent.strip_prefix(&self.root).ok());
            let prefix = below.map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
            let mut key = String::new();
            let state = read_scalars(path, state, &mut |scalar| {
                key.clear();
                if !prefix.is_empty() {
                    key.push_str(&prefix);
                    key.push('/');
                }
                key.push_str(scalar.tag);
                take(&key, &scalar);
            })?;
            self.read.insert(path.clone(), (stamp, state));
        }
        Ok(())
    }

    /// Adds the new points to a run. Keys that it has from other sources are not changed.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(crate) fn read_into(&mut self, files: &[PathBuf], data: &mut RunData) -> Result<()> {
        if files.is_empty() {
            return Ok(());
        }
        if self.read.is_empty() {
            self.existing_keys = data.keys.iter().map(|key| key.name.to_string()).collect();
        }
        let existing_keys = std::mem::take(&mut self.existing_keys);
        let read = self.read_new(files, &mut |key, scalar| {
            if !existing_keys.contains(key) {
                #[expect(clippy::cast_precision_loss, reason = "steps are below 2^53")]
                data.scalar(key, scalar.t, scalar.step as f64, scalar.value);
            }
        });
        self.existing_keys = existing_keys;
        read
    }
}

/// Collects the event files in a folder and up to `depth` levels below it, unsorted; `excluded`
/// names subfolders that are skipped. Links are not followed.
pub(crate) fn event_files(
    folder: &Path,
    depth: usize,
    excluded: &[&str],
    files: &mut Vec<PathBuf>,
) {
    let Ok(listing) = fs::read_dir(folder) else {
        return;
    };
    for item in listing.flatten() {
        let Ok(kind) = item.file_type() else { continue };
        let name = item.file_name();
        let name = name.to_string_lossy();
        if kind.is_file() && name.contains("tfevents") && files.len() < MAX_FILES {
            files.push(item.path());
        } else if kind.is_dir()
            && depth > 0
            && !name.starts_with('.')
            && !excluded.contains(&&*name)
        {
            event_files(&item.path(), depth - 1, &[], files);
        }
    }
}

/// Parses the creation time from `events.out.tfevents.1763896617.host.…`: seconds since 1970.
pub(crate) fn created_s(file: &Path) -> Option<i64> {
    let name = file.file_name()?.to_str()?;
    name.split("tfevents.").nth(1)?.split('.').next()?.parse().ok()
}

/// The deepest folder that contains all files.
fn root_of(files: &[PathBuf]) -> PathBuf {
    let mut folders = files.iter().filter_map(|file| file.parent());
    let Some(first) = folders.next() else { return PathBuf::new() };
    let common = |root: &Path, other: &Path| {
        let same = root.components().zip(other.components()).take_while(|(a, b)| a == b);
        same.map(|(part, _)| part).collect::<PathBuf>()
    };
    folders.fold(first.to_owned(), |root, folder| common(&root, folder))
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::super::EventWriter;
    use super::*;

    fn write(path: &Path, step: i64, value: f64) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut bytes = Vec::new();
        let mut events = EventWriter::new(&mut bytes).unwrap();
        events.scalars(1.0, step, &[(Cow::Borrowed("loss"), value)]).unwrap();
        let previous = fs::read(path).unwrap_or_default();
        fs::write(path, [previous, bytes].concat()).unwrap();
    }

    fn read(events: &mut EventFiles, files: &[PathBuf]) -> Vec<(String, i64)> {
        let mut all = Vec::new();
        events.read_new(files, &mut |key, scalar| all.push((key.to_owned(), scalar.step))).unwrap();
        all
    }

    #[test]
    fn keys_are_called_after_the_folders_below_the_one_that_holds_all() {
        let dir = tempfile::tempdir().unwrap();
        let one = dir.path().join("tb/train/events.out.tfevents.5.h");
        write(&one, 1, 0.5);
        let mut events = EventFiles::default();
        let mut files = vec![one.clone()];
        assert_eq!(read(&mut events, &files), [("loss".to_owned(), 1)]);
        assert!(events.is_current(&files) && read(&mut events, &files).is_empty());

        let two = dir.path().join("tb/val/events.out.tfevents.4.h");
        write(&two, 7, 0.25);
        files.push(two.clone());
        assert!(!events.is_current(&files));
        assert!(!events.can_continue(&files), "a second folder gives the first one its name");
        let mut events = EventFiles::default();
        let all = [("train/loss".to_owned(), 1), ("val/loss".to_owned(), 7)];
        assert_eq!(read(&mut events, &files), all);

        write(&two, 8, 0.125);
        assert!(events.can_continue(&files) && !events.is_current(&files));
        assert_eq!(read(&mut events, &files), [("val/loss".to_owned(), 8)]);
        fs::remove_file(&two).unwrap();
        assert!(!events.can_continue(&files));
    }

    #[test]
    fn names_say_when_they_were_begun() {
        assert_eq!(
            created_s(Path::new("a/events.out.tfevents.1763896617.host.7.0")),
            Some(1_763_896_617)
        );
        assert_eq!(created_s(Path::new("a/tfevents")), None);
    }
}
