//! Converts an index entry to the `Task` of the API.

use common::metric::main_metric;
use common::secret;
use common::{Task, TaskKind, TaskStatus};
use serde_json::{Map, Value};

use super::wait_reason::WaitReason;
use super::{TaskEntry, preview_text};
use logs::failure;
use metrics::fold_so_far;
use metrics::track_store;
use store::task::{Run, TaskDir, TaskInfo, file};

/// The level of detail of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Everything. Reads the task's files for tracks, config text and the journal of an open run.
    Full,
    /// Only what the index stores. Does not access the disk.
    Compact,
}

/// Converts an entry to the API's type.
pub(crate) fn task_view(entry: &TaskEntry, workspace: &str, detail: Detail) -> Task {
    let mut info = entry.info.deserialize();
    info.name = entry.name().to_string();
    let mut config_text = String::new();
    if detail == Detail::Full {
        config_text = entry.dir.config_text(info.task_kind).unwrap_or_default();
        if let Ok((fresh, _)) = file::read(&entry.dir) {
            info = fresh;
            // The entry has the error of an unreadable database.
            let _ = track_store::merge_into(&entry.dir, &mut info);
        }
        merge_open_runs(&entry.dir, &mut info);
    }
    let run_index = info.run_index();
    let failure_summary = info.runs.last().filter(|_| info.status() == TaskStatus::Failed);
    let failure_summary = failure_summary.map(|run| {
        run.outcome.failure().cloned().unwrap_or_else(|| failure::without_log(run, run_index))
    });
    let progress = entry.progress.filter(|_| info.status() == TaskStatus::Running);
    let config = entry.config.deserialize();
    let mut task = Task {
        dir: entry.dir.path().to_string_lossy().into_owned(),
        name: info.name.clone(),
        status: info.status(),
        preview_text: preview_text(entry, &config),
        config,
        config_text,
        config_file: info.task_kind.config_file().to_owned(),
        log: match run_index {
            0 => String::new(),
            run => entry.dir.log(run).to_string_lossy().into_owned(),
        },
        progress: progress.and_then(|said| said.fraction()).unwrap_or(info.progress),
        run_progress: progress,
        pinned: info.pinned,
        task_order: info.task_order,
        task_kind: info.task_kind,
        search_text: match detail {
            Detail::Full => entry.search_text.to_string(),
            Detail::Compact => String::new(),
        },
        run_index,
        load_error: entry.load_error.as_deref().map(str::to_owned),
        mtime: entry.stamp.mtime_s(),
        wait_reason: entry
            .wait_reason
            .as_deref()
            .map(str::to_owned)
            .or_else(|| WaitReason::before_scheduling(entry).map(|reason| reason.to_string())),
        workspace: workspace.to_owned(),
        failure_summary,
        main_metric: match detail {
            Detail::Full => info.runs.last().and_then(main_metric_of),
            Detail::Compact => None,
        },
        ..runs_view(info)
    };
    task.masked_env = secret::mask(&mut task.env);
    task
}

/// Replaces the masked values of secrets in a view by the real ones, when the client requests them.
pub(crate) fn reveal(task: &mut Task, entry: &TaskEntry) {
    if !task.masked_env.is_empty() {
        task.env = entry.info.deserialize().env;
        task.masked_env.clear();
    }
}

fn main_metric_of(run: &Run) -> Option<String> {
    let goal = |key: &str| run.metrics.get(key).and_then(|statistics| statistics.goal);
    main_metric(run.track.keys().map(|key| (key.as_str(), goal(key)))).map(str::to_owned)
}

/// The fields that are copied from the file, and the parallel arrays with one item per run.
fn runs_view(info: TaskInfo) -> Task {
    let mut task = Task {
        created_at: info.created_at,
        env: info.env,
        script: info.script.unwrap_or_default(),
        notes: info.notes,
        tags: info.tags,
        options: info.options,
        ..Task::default()
    };
    for run in info.runs {
        let Run {
            start_time,
            finish_time,
            pid,
            record,
            track,
            duration_s,
            outcome,
            cpu_s,
            peak_memory_bytes,
            gpus,
            ..
        } = run;
        task.start_times.push(start_time);
        task.finish_times.push(finish_time);
        task.pids.push(pid);
        task.records.push(record);
        task.tracks.push(track);
        task.durations_s.push(duration_s);
        task.exit_codes.push(outcome.exit_code());
        task.reasons.push(outcome.reason().to_owned());
        task.failure_summaries.push(outcome.failure().cloned());
        task.cpu_s.push(cpu_s);
        task.peak_memory_bytes.push(peak_memory_bytes);
        task.gpus.push(gpus);
    }
    task
}

fn merge_open_runs(dir: &TaskDir, info: &mut TaskInfo) {
    for (slot, run) in info.runs.iter_mut().enumerate() {
        let run_index = u32::try_from(slot + 1).unwrap_or(u32::MAX);
        if run.finish_time.is_empty() {
            // An unreadable journal must not hide the task. Its folded form is read after the run.
            if let Ok(Some(folded)) = fold_so_far(dir, run_index) {
                folded.apply_to(run, &dir.journal_name(run_index));
            }
        }
    }
}

/// A one-line preview: the parameters, or a line of the script.
fn preview_text(entry: &TaskEntry, config: &Map<String, Value>) -> String {
    match entry.summary.task_kind {
        TaskKind::Python => preview_text::of_config(config),
        TaskKind::Shell => entry.script_line.to_string(),
    }
}
