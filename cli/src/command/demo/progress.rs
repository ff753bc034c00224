//! Runs the tasks and prints their progress.

use std::io::{IsTerminal, Write, stdout};
use std::time::{Duration, Instant};

use common::page::TaskQuery;
use common::task::BatchRunRequest;
use common::{Task, TaskStatus};
use engine::{Engine, WorkspaceSelector};

use crate::command::failure::Failure;

/// Number of concurrent tasks.
const WORKERS: u32 = 2;

/// Queues the tasks and waits for their end. Returns the ended tasks in the given order.
///
/// # Errors
/// If they cannot be queued or read.
pub(super) async fn run(engine: &Engine, names: &[String]) -> Result<Vec<Task>, Failure> {
    let request = BatchRunRequest {
        task_names: names.to_vec(),
        max_workers: Some(WORKERS),
        fail_fast: false,
    };
    let mut events = engine.subscribe(None);
    let start = engine.clone();
    tokio::task::spawn_blocking(move || start.run_batch(&WorkspaceSelector::Current, &request))
        .await??;
    let began = Instant::now();
    let mut line = ProgressLine::default();
    loop {
        let tasks = tasks(engine, names)?;
        line.show(&tasks, began.elapsed());
        if tasks.iter().all(|task| !task.status.is_active()) {
            line.end();
            return Ok(tasks);
        }
        // Wait for an event, or update the elapsed time.
        let _ = tokio::time::timeout(Duration::from_millis(500), events.next()).await;
    }
}

fn tasks(engine: &Engine, names: &[String]) -> Result<Vec<Task>, Failure> {
    let query = TaskQuery { limit: 0, compact: true, ..TaskQuery::default() };
    let page = engine.list_tasks(&WorkspaceSelector::Current, &query)?;
    let find = |name: &String| page.items.iter().find(|task| task.name == *name).cloned();
    Ok(names.iter().filter_map(find).collect())
}

/// The progress line; if the output is not a terminal, one line per ended task.
#[derive(Default)]
struct ProgressLine {
    done_before: Option<usize>,
}

impl ProgressLine {
    fn show(&mut self, tasks: &[Task], elapsed: Duration) {
        let count = |status| tasks.iter().filter(|task| task.status == status).count();
        let (queued, running) = (count(TaskStatus::Queued), count(TaskStatus::Running));
        let done = tasks.len() - queued - running;
        let bar: String = tasks
            .iter()
            .enumerate()
            .map(|(index, _)| if index < done { '█' } else { '░' })
            .collect();
        let text = format!(
            "{bar} {done}/{} done · {running} running · {queued} queued · {:.0} s",
            tasks.len(),
            elapsed.as_secs_f64()
        );
        let mut out = stdout();
        // Output errors must not end the runs.
        let _ = if out.is_terminal() {
            write!(out, "\r\x1b[2K{text}").and_then(|()| out.flush())
        } else if self.done_before != Some(done) {
            writeln!(out, "{text}")
        } else {
            Ok(())
        };
        self.done_before = Some(done);
    }

    fn end(&self) {
        let mut out = stdout();
        if out.is_terminal() {
            let _ = writeln!(out);
        }
    }
}
