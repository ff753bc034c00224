//! Secrets in notes: their values are not kept, only whether two of them are the same.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use common::secret::{MASK, looks_secret};
use rustix::fs::OFlags;
use sha2::{Digest, Sha256};

use crate::clock;
use crate::disk::Folder;

/// In the store: what fingerprints are made with, so that nobody who sees one can try out values.
const KEY_FILE: &str = ".key";

/// Replaces secret values by texts that tell only whether two values are equal: `•••••• (3fa9c1d2)`.
pub struct Secrets<'a> {
    store: &'a Path,
    key: OnceCell<Option<String>>,
}

impl<'a> Secrets<'a> {
    /// Of the project with this store.
    #[must_use]
    pub fn of(store: &'a Path) -> Self {
        Self { store, key: OnceCell::new() }
    }

    /// Masks an environment; answers the names of what is masked in it, now or before.
    pub fn mask(&self, env: &mut BTreeMap<String, String>) -> Vec<String> {
        let mut masked = Vec::new();
        for (name, value) in env.iter_mut().filter(|(name, _)| looks_secret(name)) {
            if !value.is_empty() && !is_masked(value) {
                *value = self.shown(value);
            }
            if is_masked(value) {
                masked.push(name.clone());
            }
        }
        masked
    }

    fn shown(&self, value: &str) -> String {
        match self.key.get_or_init(|| key(self.store).ok()) {
            Some(key) => {
                let hash = Sha256::new().chain_update(key).chain_update(value).finalize();
                let print: String = hash[..4].iter().map(|byte| format!("{byte:02x}")).collect();
                format!("{MASK} ({print})")
            }
            None => MASK.to_owned(),
        }
    }
}

/// Whether a value of a note stands in place of a secret.
#[must_use]
pub fn is_masked(value: &str) -> bool {
    value.starts_with(MASK)
}

/// The key of a store, made where there is none. Of two that make one at a time the first wins.
fn key(store: &Path) -> io::Result<String> {
    let folder = Folder::open(store)?;
    if let Some(key) = read(&folder)? {
        return Ok(key);
    }
    let temp = format!("{KEY_FILE}.{}-{}.tmp", std::process::id(), clock::epoch_us());
    let create = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL;
    let mut file = folder.open_file(&temp, create)?;
    file.write_all(crate::random::hex()?.as_bytes())?;
    match folder.move_to(&temp, &folder, KEY_FILE) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => folder.remove_file(&temp)?,
        moved => moved?,
    }
    read(&folder)?.ok_or_else(|| ErrorKind::NotFound.into())
}

fn read(folder: &Folder) -> io::Result<Option<String>> {
    let mut key = String::new();
    match folder.open_file(KEY_FILE, OFlags::RDONLY) {
        Ok(file) => file.take(1024).read_to_string(&mut key)?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok((!key.is_empty()).then_some(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(store: &Path, value: &str) -> (String, Vec<String>) {
        let mut env = BTreeMap::from([("API_KEY".to_owned(), value.to_owned())]);
        let names = Secrets::of(store).mask(&mut env);
        (env.remove("API_KEY").unwrap(), names)
    }

    #[test]
    fn equal_values_have_equal_fingerprints_and_show_nothing() {
        let temp = tempfile::tempdir().unwrap();
        let (first, names) = masked(temp.path(), "hunter2");
        assert!(first.starts_with("•••••• (") && !first.contains("hunter2"), "{first}");
        assert_eq!(names, ["API_KEY"]);
        assert_eq!(masked(temp.path(), "hunter2").0, first);
        assert_ne!(masked(temp.path(), "hunter3").0, first);
        assert_eq!(masked(temp.path(), &first), (first.clone(), vec!["API_KEY".to_owned()]));
        assert_eq!(masked(temp.path(), ""), (String::new(), vec![]));
        let other = tempfile::tempdir().unwrap();
        assert_ne!(masked(other.path(), "hunter2").0, first, "every project has its own key");
        assert_eq!(std::fs::read_dir(temp.path()).unwrap().count(), 1);
    }
}
