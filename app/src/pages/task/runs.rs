//! The table of the task's runs, newest first.

use common::failure::FailureSummary;
use common::{Task, timestamp};
use leptos::prelude::*;

use super::state::use_task;
use crate::i18n::use_messages;
use crate::pages::elapsed::Elapsed;
use crate::pages::failure::FailureLine;

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
struct Run {
    number: u32,
    started: String,
    finished: String,
    duration_s: Option<f64>,
    exit_code: Option<i32>,
    reason: String,
    failure: Option<FailureSummary>,
}

/// The table.
#[component]
pub(super) fn RunHistory() -> impl IntoView {
    let t = use_messages().task();
    let task = use_task().task;
    let runs = Memo::new(move |_| task.with(runs));
    let table = move || {
        let runs = runs.get();
        if runs.is_empty() {
            return view! { <p class="section__hint">{t.runs_none}</p> }.into_any();
        }
        let headers = [
            t.column_run,
            t.column_started,
            t.column_finished,
            t.column_duration,
            t.column_exit,
            t.column_reason,
        ];
        view! {
            <div class="table-wrap" role="region" tabindex="0" aria-label=t.runs>
                <table class="table">
                    <thead>
                        <tr>{headers.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr>
                    </thead>
                    <tbody>{runs.into_iter().map(|run| view! { <RunItem run/> }).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="section">
            <h2 class="section__title">{t.runs}</h2>
            {table}
        </section>
    }
}

#[component]
fn RunItem(run: Run) -> impl IntoView {
    let Run { number, started, finished, duration_s, exit_code, reason, failure } = run;
    let t = use_messages().ending();
    let reason = (t.reason)(&reason);
    let name = Signal::stored(use_task().name());
    let failure = Signal::stored(failure);
    let exit_class =
        if exit_code.is_some_and(|code| code != 0) { "run-exit run-exit--bad" } else { "run-exit" };
    // Runs in older files have a finish time and no duration.
    let lasted = if finished.is_empty() || duration_s.is_some() {
        view! { <Elapsed duration_s started=started.clone()/> }.into_any()
    } else {
        "–".into_any()
    };
    view! {
        <tr>
            <td>{number}</td>
            <td>{timestamp::readable(&started)}</td>
            <td>{timestamp::readable(&finished)}</td>
            <td>{lasted}</td>
            <td class=exit_class>{exit_code.map(|code| code.to_string())}</td>
            <td class="run-failure">{reason}<FailureLine name failure words=t.failure/></td>
        </tr>
    }
}

fn runs(task: &Task) -> Vec<Run> {
    let text = |texts: &[String], slot: usize| texts.get(slot).cloned().unwrap_or_default();
    let one = |number: u32| {
        let slot = number as usize - 1;
        Run {
            number,
            started: text(&task.start_times, slot),
            finished: text(&task.finish_times, slot),
            duration_s: task.durations_s.get(slot).copied().flatten(),
            exit_code: task.exit_codes.get(slot).copied().flatten(),
            reason: text(&task.reasons, slot),
            failure: task.failure_summaries.get(slot).cloned().flatten(),
        }
    };
    (1..=task.run_index).rev().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_run_comes_first_and_short_arrays_do_no_harm() {
        let task = Task {
            run_index: 2,
            start_times: vec!["2026-11-23_11-16-57".to_owned(), "2026-11-23_12-00-00".to_owned()],
            exit_codes: vec![Some(3)],
            reasons: vec!["exit code 3".to_owned()],
            ..Task::default()
        };
        let runs = runs(&task);
        assert_eq!(runs.iter().map(|run| run.number).collect::<Vec<u32>>(), [2, 1]);
        assert_eq!((runs[0].exit_code, runs[1].exit_code), (None, Some(3)));
        assert_eq!(runs[1].reason, "exit code 3");
    }
}
