//! What `pyr supervise TASK_DIR` does, for the tests of this crate: they need real runs, and
//! the binary `pyr` is built above them.

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let task_dir = std::env::args_os().nth(2).ok_or("usage: supervise supervise TASK_DIR")?;
    Ok(engine::supervise(Path::new(&task_dir))?)
}
