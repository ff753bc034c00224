//! Content-addressed storage of provenance files.

use std::fs;
use std::path::{Path, PathBuf};

use common::provenance::StoredFile;
use sha2::{Digest, Sha256};

use super::secrets::Secrets;
use crate::disk::{create_folders, write_atomic, write_unsynced};
use crate::{Error, Result};

/// Maximum size of a stored file; of a larger one only its name and size are recorded.
pub(super) const MAX_STORED_BYTES: u64 = 4 * 1024 * 1024;

/// `_pyruns_/.provenance`.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
}

impl Store {
    /// The store of the project whose `_pyruns_` folder is `pyruns_dir`.
    #[must_use]
    pub fn of(pyruns_dir: &Path) -> Self {
        Self { root: pyruns_dir.join(".provenance") }
    }

    /// Path of a file in the store.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Masks secrets with the key of this store.
    #[must_use]
    pub fn secrets(&self) -> Secrets<'_> {
        Secrets::of(&self.root)
    }

    /// Creates the folder.
    ///
    /// # Errors
    /// When the folder cannot be created.
    pub fn create(&self) -> Result<()> {
        create_folders(&self.root).map_err(Error::io("creating", &self.root))
    }

    /// Stores content under its hash; it is synced to disk when this returns.
    ///
    /// # Errors
    /// When the content cannot be written.
    pub fn put(&self, path: &str, content: &[u8]) -> Result<StoredFile> {
        self.store_with(write_atomic, path, content)
    }

    fn store_with(
        &self,
        write: fn(&Path, &[u8]) -> Result<()>,
        path: &str,
        content: &[u8],
    ) -> Result<StoredFile> {
        let mut file = describe(path, content);
        if file.bytes > MAX_STORED_BYTES {
            file.too_large = true;
            return Ok(file);
        }
        let stored_path = self.path(&file.sha256);
        // A file of another length was truncated by a power failure.
        if !stored_path.metadata().is_ok_and(|meta| meta.len() == file.bytes) {
            write(&stored_path, content)?;
        }
        Ok(file)
    }

    /// Stores the current content of a file.
    ///
    /// # Errors
    /// When it cannot be read or stored.
    pub fn put_file(&self, display_path: &str, path: &Path) -> Result<StoredFile> {
        self.store_file_with(write_atomic, display_path, path)
    }

    /// Like [`put_file`](Self::put_file), but without syncing, because a run waits for it before
    /// it starts. The kernel writes it within half a minute; a power failure before that ends the
    /// run as well.
    ///
    /// # Errors
    /// When it cannot be read or stored.
    pub fn put_file_unsynced(&self, display_path: &str, path: &Path) -> Result<StoredFile> {
        self.store_file_with(write_unsynced, display_path, path)
    }

    fn store_file_with(
        &self,
        write: fn(&Path, &[u8]) -> Result<()>,
        display_path: &str,
        path: &Path,
    ) -> Result<StoredFile> {
        let meta = fs::metadata(path).map_err(Error::io("reading", path))?;
        if meta.len() > MAX_STORED_BYTES {
            let (path, bytes) = (display_path.to_owned(), meta.len());
            return Ok(StoredFile { path, bytes, too_large: true, sha256: String::new() });
        }
        let content = fs::read(path).map_err(Error::io("reading", path))?;
        self.store_with(write, display_path, &content)
    }

    /// Reads stored content and checks it against its hash.
    ///
    /// # Errors
    /// When it is missing, or its hash differs.
    pub fn content(&self, file: &StoredFile) -> Result<Vec<u8>> {
        if file.too_large {
            return Err(Error::invalid(format!("{}: it was too large to be stored", file.path)));
        }
        let path = self.path(&file.sha256);
        let content = fs::read(&path).map_err(Error::io("reading", &path))?;
        if describe(&file.path, &content).sha256 == file.sha256 {
            return Ok(content);
        }
        Err(Error::Malformed { path, reason: "its content does not match its hash".into() })
    }
}

fn describe(path: &str, content: &[u8]) -> StoredFile {
    let sha256 = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
    StoredFile { path: path.to_owned(), sha256, bytes: content.len() as u64, too_large: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_is_stored_once_and_verified() {
        let temp = tempfile::tempdir().unwrap();
        let store = Store::of(temp.path());
        store.create().unwrap();
        let file = store.put("a.py", b"abc").unwrap();
        // FIPS 180-2, appendix B.1.
        assert!(file.sha256.starts_with("ba7816bf8f01cfea414140de5dae2223"));
        assert_eq!(store.put("b.py", b"abc").unwrap().sha256, file.sha256);
        assert_eq!(fs::read_dir(temp.path().join(".provenance")).unwrap().count(), 1);
        assert_eq!(store.content(&file).unwrap(), b"abc");
        fs::write(store.path(&file.sha256), "abd").unwrap();
        assert!(store.content(&file).is_err());
        // A file written without syncing may be empty after a power failure; the next run repairs
        // it.
        fs::write(store.path(&file.sha256), "").unwrap();
        let source = temp.path().join("source");
        fs::write(&source, "abc").unwrap();
        assert_eq!(store.put_file_unsynced("a.py", &source).unwrap(), file);
        assert_eq!(store.content(&file).unwrap(), b"abc");
    }
}
