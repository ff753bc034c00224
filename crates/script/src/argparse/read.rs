//! The entry point: from a script's path to its form.

use std::path::Path;
use std::thread;

use common::argument::ScriptForm;

use super::form;
use super::parsed_file::{malformed, parse_file};
use crate::{Error, Result};

/// Stack size of the thread that walks the tree: sufficient for any tree of a file of that size.
const STACK_BYTES: usize = 512 << 20;

/// Determines the parameters of a script without running it.
///
/// # Errors
/// When the file cannot be read, is longer than 1 MiB, or is not valid Python; the error names the
/// line.
pub fn read_script(path: &Path) -> Result<ScriptForm> {
    // Trees nest as deeply as their source; only the touched pages of the stack use memory.
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
            .unwrap_or_else(|_| Err(malformed(path, "the parser panicked".into())))
    })
}
