//! Contents by their hash, each kept once.

use std::fs;
use std::path::{Path, PathBuf};

use common::provenance::StoredFile;
use sha2::{Digest, Sha256};

use super::secrets::Secrets;
use crate::disk::{create_folders, write_atomic, write_unsynced};
use crate::{Error, Result};

/// A larger content is only named.
pub(super) const LARGEST: u64 = 4 * 1024 * 1024;

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

    /// Where something of the store's own is.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// How secrets are shown in notes.
    #[must_use]
    pub fn secrets(&self) -> Secrets<'_> {
        Secrets::of(&self.root)
    }

    /// Makes the folder.
    ///
    /// # Errors
    /// When the folder cannot be created.
    pub fn create(&self) -> Result<()> {
        create_folders(&self.root).map_err(Error::io("creating", &self.root))
    }

    /// Keeps a content under its hash, on the disk when this returns.
    ///
    /// # Errors
    /// When the content cannot be written.
    pub fn keep(&self, path: &str, content: &[u8]) -> Result<StoredFile> {
        self.keep_by(write_atomic, path, content)
    }

    fn keep_by(
        &self,
        write: fn(&Path, &[u8]) -> Result<()>,
        path: &str,
        content: &[u8],
    ) -> Result<StoredFile> {
        let mut file = describe(path, content);
        if file.bytes > LARGEST {
            file.too_large = true;
            return Ok(file);
        }
        let kept = self.path(&file.sha256);
        // One of another length was cut short by a loss of power.
        if !kept.metadata().is_ok_and(|meta| meta.len() == file.bytes) {
            write(&kept, content)?;
        }
        Ok(file)
    }

    /// Keeps a file as it is now.
    ///
    /// # Errors
    /// When it cannot be read or kept.
    pub fn keep_file(&self, shown: &str, path: &Path) -> Result<StoredFile> {
        self.keep_file_by(write_atomic, shown, path)
    }

    /// The same without waiting for the disk, for what a run waits for before its start. The kernel writes
    /// it within half a minute; a loss of power before that ends the run as well.
    ///
    /// # Errors
    /// When it cannot be read or kept.
    pub fn keep_file_unsynced(&self, shown: &str, path: &Path) -> Result<StoredFile> {
        self.keep_file_by(write_unsynced, shown, path)
    }

    fn keep_file_by(
        &self,
        write: fn(&Path, &[u8]) -> Result<()>,
        shown: &str,
        path: &Path,
    ) -> Result<StoredFile> {
        let meta = fs::metadata(path).map_err(Error::io("reading", path))?;
        if meta.len() > LARGEST {
            let (path, bytes) = (shown.to_owned(), meta.len());
            return Ok(StoredFile { path, bytes, too_large: true, sha256: String::new() });
        }
        let content = fs::read(path).map_err(Error::io("reading", path))?;
        self.keep_by(write, shown, &content)
    }

    /// A content that was kept, checked against its name.
    ///
    /// # Errors
    /// When it is not there, or is another one.
    pub fn content(&self, file: &StoredFile) -> Result<Vec<u8>> {
        if file.too_large {
            return Err(Error::invalid(format!("{}: it was too large to be kept", file.path)));
        }
        let path = self.path(&file.sha256);
        let content = fs::read(&path).map_err(Error::io("reading", &path))?;
        if describe(&file.path, &content).sha256 == file.sha256 {
            return Ok(content);
        }
        Err(Error::Malformed { path, reason: "its content is not the one that was kept".into() })
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
    fn a_content_is_kept_once_and_checked() {
        let temp = tempfile::tempdir().unwrap();
        let store = Store::of(temp.path());
        store.create().unwrap();
        let file = store.keep("a.py", b"abc").unwrap();
        // FIPS 180-2, appendix B.1.
        assert!(file.sha256.starts_with("ba7816bf8f01cfea414140de5dae2223"));
        assert_eq!(store.keep("b.py", b"abc").unwrap().sha256, file.sha256);
        assert_eq!(fs::read_dir(temp.path().join(".provenance")).unwrap().count(), 1);
        assert_eq!(store.content(&file).unwrap(), b"abc");
        fs::write(store.path(&file.sha256), "abd").unwrap();
        assert!(store.content(&file).is_err());
        // Kept without a wait for the disk, it may be empty after a loss of power; the next run mends it.
        fs::write(store.path(&file.sha256), "").unwrap();
        let source = temp.path().join("source");
        fs::write(&source, "abc").unwrap();
        assert_eq!(store.keep_file_unsynced("a.py", &source).unwrap(), file);
        assert_eq!(store.content(&file).unwrap(), b"abc");
    }
}
