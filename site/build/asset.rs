//! One file of the site before it is written into the table.

use std::fs;
use std::path::Path;

use crate::Result;

/// A file and its path on the server.
pub(crate) struct Asset {
    /// `/pkg/pyruns.js`
    pub(crate) path: String,
    /// The file's bytes.
    pub(crate) bytes: Vec<u8>,
}

impl Asset {
    /// Its media type, by the ending of its path.
    pub(crate) fn content_type(&self) -> &'static str {
        match self.path.rsplit('.').next() {
            Some("js" | "mjs") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("wasm") => "application/wasm",
            Some("svg") => "image/svg+xml",
            Some("png") => "image/png",
            Some("txt") => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        }
    }
}

/// All files below a folder, served below a prefix.
pub(crate) fn walk(dir: &Path, prefix: &str, found: &mut Vec<Asset>) -> Result<()> {
    let mut items: Vec<_> = fs::read_dir(dir)?.collect::<std::io::Result<_>>()?;
    items.sort_by_key(fs::DirEntry::file_name);
    for item in items {
        let path = format!("{prefix}/{}", item.file_name().to_string_lossy());
        if item.path().is_dir() {
            walk(&item.path(), &path, found)?;
        } else {
            found.push(Asset { path, bytes: fs::read(item.path())? });
        }
    }
    Ok(())
}
