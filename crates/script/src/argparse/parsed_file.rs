//! Reads, decodes and parses a Python source file.

use std::fs;
use std::path::Path;

use ruff_python_ast::ModModule;

use super::encoding;
use crate::{Error, Result};

/// Maximum size of a source file, far above that of typical scripts.
const SOURCE_BYTES_LIMIT: usize = 1 << 20;

/// A source file and its syntax tree.
pub(super) struct ParsedFile {
    pub(super) source: String,
    pub(super) tree: ModModule,
    pub(super) warning: Option<String>,
}

/// Reads and parses one file.
pub(super) fn parse_file(path: &Path) -> Result<ParsedFile> {
    let bytes = fs::read(path).map_err(Error::io("reading", path))?;
    if bytes.len() > SOURCE_BYTES_LIMIT {
        let reason = format!("{} bytes are more than the limit for a script", bytes.len());
        return Err(malformed(path, reason));
    }
    let (source, warning) = encoding::decode(&bytes);
    match ruff_python_parser::parse_module(&source) {
        Ok(parsed) => Ok(ParsedFile { tree: parsed.into_syntax(), source, warning }),
        Err(error) => {
            let end = error.location.start().to_usize();
            let line = 1 + source.bytes().take(end).filter(|byte| *byte == b'\n').count();
            Err(malformed(path, format!("line {line}: {}", error.error)))
        }
    }
}

/// The error for a file that is not a valid script.
pub(super) fn malformed(path: &Path, reason: String) -> Error {
    Error::Malformed { path: path.to_owned(), reason }
}
