//! The commands `supervise` and `snapshot` of `pyr` and nothing else: the real supervisor as a process, for the tests of
//! crates that the `pyr` binary is built from. Each such crate has this file as a binary under a name of its own,
//! because Cargo builds binaries before the integration tests of the same package, and names their path to them only.

use std::error::Error;
use std::path::Path;

use supervisor::provenance::{Subject, take_snapshot};
use supervisor::supervise;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["supervise", task_dir] => supervise(Path::new(task_dir), &[])?,
        ["supervise", task_dir, "--gpus", gpus] => {
            let gpus: Vec<u32> = gpus.split(',').map(str::parse).collect::<Result<_, _>>()?;
            supervise(Path::new(task_dir), &gpus)?;
        }
        ["snapshot", pyruns_dir, "--git", root] => snapshot(pyruns_dir, &Subject::Git(root.into())),
        ["snapshot", pyruns_dir, "--python", executable] => {
            snapshot(pyruns_dir, &Subject::Python(executable.into()));
        }
        _ => return Err("usage: supervise TASK_DIR [--gpus 0,1]".into()),
    }
    Ok(())
}

/// Prints errors to standard output, which the calling supervisor reads.
fn snapshot(pyruns_dir: &str, subject: &Subject) {
    if let Err(error) = take_snapshot(Path::new(pyruns_dir), subject) {
        #[expect(clippy::print_stdout, reason = "the response to the calling supervisor")]
        {
            println!("{error}");
        }
    }
}
