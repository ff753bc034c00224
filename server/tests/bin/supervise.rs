//! The commands `supervise` and `snapshot` of `pyr` and nothing else, for the tests of this package: see
//! crates/test-support/README.md. This package has no other access to the supervisor than through `engine`.

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
