//! Masks secrets in provenance notes: values are not stored, only a keyed hash that shows whether
//! two of them are equal.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use common::secret::{self, MASK, looks_secret};
use rustix::fs::OFlags;
use sha2::{Digest, Sha256};

use crate::clock;
use crate::disk::Folder;

/// File in the store with the key of the hashes; without it, values cannot be guessed by trying.
const KEY_FILE: &str = ".key";

/// Replaces secret values by texts that show only whether two values are equal: `••••••
/// (3fa9c1d2)`.
pub struct Secrets<'a> {
    store: &'a Path,
    key: OnceCell<Option<String>>,
}

impl<'a> Secrets<'a> {
    /// For the project with this store.
    #[must_use]
    pub fn of(store: &'a Path) -> Self {
        Self { store, key: OnceCell::new() }
    }

    /// Masks the secret variables of an environment; returns the names of those that are masked,
    /// including those masked before.
    pub fn mask(&self, env: &mut BTreeMap<String, String>) -> Vec<String> {
        let mut masked = Vec::new();
        for (name, value) in env.iter_mut().filter(|(name, _)| looks_secret(name)) {
            if !value.is_empty() && !is_masked(value) {
                *value = self.masked_value(value);
            }
            if is_masked(value) {
                masked.push(name.clone());
            }
        }
        masked
    }

    /// Masks the values of options with secret names in a command.
    pub fn mask_command(&self, command: &mut [String]) {
        secret::mask_arguments(command, |value| self.masked_value(value));
    }

    fn masked_value(&self, value: &str) -> String {
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

/// Whether a value in a note is the mask of a secret.
#[must_use]
pub fn is_masked(value: &str) -> bool {
    value.starts_with(MASK)
}

/// Reads the key of a store, and creates it if it is missing. If two processes create one at the
/// same time, the first one wins.
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
