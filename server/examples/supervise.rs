//! The commands `pyr supervise` and `pyr snapshot` for the tests of this crate, which need real runs but cannot depend
//! on the `pyr` binary.

use std::error::Error;
use std::path::Path;

use engine::Subject;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["supervise", task_dir] => engine::supervise(Path::new(task_dir), &[])?,
        ["snapshot", pyruns_dir, "--git", root] => {
            engine::take_snapshot(Path::new(pyruns_dir), &Subject::Git(root.into()))?;
        }
        ["snapshot", pyruns_dir, "--python", executable] => {
            engine::take_snapshot(Path::new(pyruns_dir), &Subject::Python(executable.into()))?;
        }
        _ => return Err("usage: supervise supervise TASK_DIR".into()),
    }
    Ok(())
}
