//! The entrance: a script's path in, its form out.

use std::fs;
use std::path::Path;
use std::thread;

use common::argument::ScriptForm;
use ruff_python_ast::ModModule;

use super::{encoding, form};
use crate::{Error, Result};

/// Longest source that is read; the parsers of people are far below.
const SOURCE_BYTES_LIMIT: usize = 1 << 20;
/// Stack of the thread that walks the tree: deep enough for any tree of that source.
const STACK_BYTES: usize = 512 << 20;

/// A source file and its tree.
pub(super) struct ParsedFile {
    pub(super) source: String,
    pub(super) tree: ModModule,
    pub(super) warning: Option<String>,
}

/// Reads what a script accepts, without running it.
///
/// # Errors
/// When the file cannot be read, is longer than 1 MiB, or is not Python; then with the line.
pub fn read_script(path: &Path) -> Result<ScriptForm> {
    // Trees nest as deeply as their source; only the pages that are touched cost memory.
    thread::scope(|scope| {
        thread::Builder::new()
            .name("read-script".into())
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, || {
                let parsed = parse_file(path)?;
                Ok(form::of_script(path, parsed))
            })
            .map_err(Error::io("starting a thread to read", path))?
            .join()
            .unwrap_or_else(|_| Err(malformed(path, "it could not be understood".into())))
    })
}

/// Reads and parses one file.
pub(super) fn parse_file(path: &Path) -> Result<ParsedFile> {
    let bytes = fs::read(path).map_err(Error::io("reading", path))?;
    if bytes.len() > SOURCE_BYTES_LIMIT {
        let reason = format!("{} bytes are too many for a script", bytes.len());
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

fn malformed(path: &Path, reason: String) -> Error {
    Error::Malformed { path: path.to_owned(), reason }
}
