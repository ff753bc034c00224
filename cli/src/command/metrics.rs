//! `pyr metrics`: prints the load of the machine.

use std::fmt::Write as _;

use clap::Args;
use common::number;
use common::system::SystemMetrics;

use super::failure::Failure;
use super::json::print_json;
use super::output::print_line;
use super::project::Location;
use super::task_change::OutputArgs;

/// Time between the two readings of the processor's counters.
const INTERVAL: std::time::Duration = std::time::Duration::from_millis(200);

/// `pyr metrics`
#[derive(Debug, Args)]
pub(crate) struct MetricsArgs {
    #[command(flatten)]
    output: OutputArgs,
}

/// Prints the load of processor, memory, GPUs and disk.
///
/// # Errors
/// If there is no project.
pub(crate) fn metrics(arguments: &MetricsArgs) -> Result<(), Failure> {
    let (engine, _) = Location::any()?.reader()?;
    // The load is that since the last call.
    drop(engine.system_metrics());
    std::thread::sleep(INTERVAL);
    let metrics = engine.system_metrics();
    if arguments.output.json {
        return print_json(&metrics);
    }
    print_line(text(&metrics).trim_end());
    Ok(())
}

fn text(metrics: &SystemMetrics) -> String {
    let mut text =
        format!("CPU     {:.0} %\nmemory  {:.0} %\n", metrics.cpu_percent, metrics.mem_percent);
    for gpu in &metrics.gpus {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "GPU {}   {:.0} %, {:.0} of {:.0} MiB, {}",
            gpu.index, gpu.util, gpu.mem_used, gpu.mem_total, gpu.name
        );
    }
    if let Some(disk) = &metrics.disk {
        #[expect(clippy::cast_precision_loss, reason = "three digits are printed")]
        let bytes = |bytes: u64| number::bytes(bytes as f64);
        let (free, total) = (bytes(disk.free_bytes), bytes(disk.total_bytes));
        let _ = writeln!(text, "disk    {free} of {total} free");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_has_a_line() {
        let metrics =
            SystemMetrics { cpu_percent: 12.4, mem_percent: 50.0, ..SystemMetrics::default() };
        assert_eq!(text(&metrics), "CPU     12 %\nmemory  50 %\n");
    }
}
