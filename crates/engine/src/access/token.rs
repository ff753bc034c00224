//! The token file of a project, `_pyruns_/.token`: 256 random bits that only the owner can read.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use rustix::process::geteuid;
use sha2::{Digest, Sha256};

use crate::engine::Engine;
use store::disk::create_folders;
use store::{Error, Result};

const FILE_NAME: &str = ".token";
const RANDOM_BYTES: usize = 32;
/// Hexadecimal, so that it needs no escaping in URLs, headers and cookies.
const HEX_DIGITS: usize = 2 * RANDOM_BYTES;

/// The secret token. `Debug` does not print it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The text for URLs and headers.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares a presented token in constant time, by the SHA-256 of both.
    #[must_use]
    pub fn matches(&self, presented: &str) -> bool {
        let (ours, theirs) = (Sha256::digest(&self.0), Sha256::digest(presented));
        let difference = ours.iter().zip(theirs.iter()).fold(0, |sum, (a, b)| sum | (a ^ b));
        std::hint::black_box(difference) == 0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Engine {
    /// The token of the engine's project, created if there is none. A token that other users could read is
    /// replaced.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn token(&self) -> Result<Token> {
        project_token(self.start_dir())
    }

    /// The existing token; `None` if there is none.
    #[must_use]
    pub fn known_token(&self) -> Option<Token> {
        read(&path_in(self.start_dir())).ok().flatten()
    }
}

/// The token of the project in a folder, created if there is none. A token that other users could read is
/// replaced.
///
/// # Errors
/// If the file cannot be read or written.
pub fn project_token(project_dir: &Path) -> Result<Token> {
    let path = path_in(project_dir);
    for _ in 0..3 {
        if let Some(token) = read(&path)? {
            return Ok(token);
        }
        create(&path)?;
    }
    Err(Error::Malformed {
        path,
        reason: "it was replaced by another process during each attempt".to_owned(),
    })
}

fn path_in(project_dir: &Path) -> PathBuf {
    project_dir.join("_pyruns_").join(FILE_NAME)
}

/// The token in the file; `None` if it is missing, malformed or readable by other users.
fn read(path: &Path) -> Result<Option<Token>> {
    let io_error = |error| Error::io("reading the token", path)(error);
    let nofollow = i32::try_from(OFlags::NOFOLLOW.bits()).unwrap_or(0);
    let file = match OpenOptions::new().read(true).custom_flags(nofollow).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io_error(error)),
    };
    let meta = file.metadata().map_err(io_error)?;
    let is_private = meta.is_file() && meta.mode() & 0o077 == 0 && meta.uid() == geteuid().as_raw();
    let mut text = String::new();
    file.take(1024).read_to_string(&mut text).map_err(io_error)?;
    let text = text.trim();
    let is_well_formed =
        text.len() == HEX_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    Ok((is_private && is_well_formed).then(|| Token(text.to_owned())))
}

/// Creates a token and replaces one that is not secret. Of concurrent calls, the first succeeds.
fn create(path: &Path) -> Result<()> {
    let io_error = |error| Error::io("writing the token", path)(error);
    let parent = path.parent().unwrap_or(path);
    create_folders(parent).map_err(io_error)?;
    let temp = parent.join(format!("{FILE_NAME}.{}.tmp", std::process::id()));
    let result = write_private(&temp).and_then(|()| {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        fs::hard_link(&temp, path)
    });
    // Best effort: the error that matters is the one that is returned.
    let _ = fs::remove_file(&temp);
    match result {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(io_error(error)),
        _ => Ok(()),
    }
}

fn write_private(path: &Path) -> io::Result<()> {
    let mut file: File = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(format!("{}\n", store::random::hex()?).as_bytes())?;
    file.sync_data()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_token_is_made_once_and_only_its_owner_reads_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("_pyruns_/.token");
        assert_eq!(read(&path).unwrap(), None);
        create(&path).unwrap();
        let token = read(&path).unwrap().unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        assert!(token.matches(token.as_str()));
        for wrong in
            ["", "x", &token.as_str()[1..], &token.as_str().to_uppercase().replace('A', "b")]
        {
            assert!(!token.matches(wrong), "{wrong}");
        }
        assert_eq!(format!("{token:?}"), "Token(…)");
        create(&path).unwrap();
        assert_ne!(read(&path).unwrap().unwrap(), token);
    }

    #[test]
    fn a_token_that_others_can_read_or_that_is_a_link_is_none() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(".token");
        create(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert_eq!(read(&path).unwrap(), None);
        fs::write(&path, "short").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(read(&path).unwrap(), None);
        let link = dir.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert!(read(&link).is_err());
    }
}
