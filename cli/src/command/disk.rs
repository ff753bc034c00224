//! `pyr disk`: prints the free space of the project's disk and the disk usage of the project.

use std::fmt::Write as _;

use common::number;
use common::system::{Disk, DiskPart, DiskState};

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::open::Target;
use super::output::print_line;
use super::project_args::ProjectArgs;

/// Prints the free space and the disk usage.
///
/// # Errors
/// If the target has no tasks.
pub(crate) fn disk(global: &GlobalArgs, arguments: &ProjectArgs) -> Result<(), Failure> {
    let (engine, selector) = Target::of(global, arguments.target.as_deref())?.read_only()?;
    let usage = engine.disk_usage(&selector)?;
    let mut text = String::new();
    if let Some(disk) = &usage.disk {
        let (free, total) = (bytes(disk.free_bytes), bytes(disk.total_bytes));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{free} of {total} free on the disk of {}", disk.path);
        if let Some(warning) = warning(disk) {
            let _ = writeln!(text, "{warning}");
        }
    }
    table(&mut text, "by kind", &usage.kinds);
    table(&mut text, "largest tasks", &usage.tasks);
    if !usage.is_complete {
        text.push_str("\nThe scan timed out; more space is used.\n");
    }
    print_line(text.trim_end());
    Ok(())
}

/// A warning if the disk is low or full.
pub(super) fn warning(disk: &Disk) -> Option<String> {
    let free = bytes(disk.free_bytes);
    match disk.state {
        DiskState::Ok => None,
        DiskState::Low => Some(format!(
            "warning: only {free} free on the disk of {}; run `pyr disk` for the disk usage",
            disk.path
        )),
        DiskState::Full => Some(format!(
            "warning: the disk of {} is full ({free} free). No run starts until space is freed; run `pyr disk` for the disk usage",
            disk.path
        )),
    }
}

fn table(text: &mut String, title: &str, parts: &[DiskPart]) {
    if parts.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title}");
    for part in parts {
        let _ = writeln!(text, "{:>10}  {}", bytes(part.bytes), part.name);
    }
}

#[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
fn bytes(count: u64) -> String {
    number::bytes(count as f64)
}
