//! The overview tab: parameters, results and runs.

use common::{Task, TaskKind};
use leptos::prelude::*;

use super::runs::RunHistory;
use super::state::use_task;
use crate::components::{Choice, CopyButton, Icon, IconView, Segmented};
use crate::i18n::use_messages;
use crate::number_text;
use crate::pages::failure::FailureLine;
use crate::pages::varying::{flatten, latest_record};

/// The overview tab.
#[component]
pub(super) fn Overview() -> impl IntoView {
    let t = use_messages().task();
    let task = use_task().task;
    let error = Memo::new(move |_| task.with(|task| task.load_error.clone()));
    view! {
        {move || error.get().map(|error| view! {
            <div class="note note--bad" role="alert">
                <IconView icon=Icon::Alert/>
                <div><p class="note__title">{t.load_error}</p><p>{error}</p></div>
            </div>
        })}
        <WhyFailed/>
        <div class="task-overview">
            <div class="task-overview__main">
                <Results/>
                <RunHistory/>
            </div>
            <Parameters/>
        </div>
    }
}

/// The failure summary of the newest run, if it failed.
#[component]
fn WhyFailed() -> impl IntoView {
    let t = use_messages();
    let task = use_task().task;
    let name = Signal::derive(move || task.with(|task| task.name.clone()));
    let failure = Signal::derive(move || task.with(|task| task.failure_summary.clone()));
    let run = Memo::new(move |_| failure.with(|failure| failure.as_ref().map(|it| it.run)));
    move || {
        run.get().map(|run| {
            view! {
                <div class="note note--bad task-failure">
                    <IconView icon=Icon::CrossCircle/>
                    <div>
                        <p class="note__title">{(t.task().run_failed)(run)}</p>
                        <FailureLine name failure words=t.ending().failure/>
                    </div>
                </div>
            }
        })
    }
}

/// The records of the newest run that has any.
#[component]
fn Results() -> impl IntoView {
    let t = use_messages().task();
    let task = use_task().task;
    let records = Memo::new(move |_| task.with(records));
    let status = Memo::new(move |_| task.with(|task| task.status));
    let list = move || {
        let record_item = |(key, value): (String, String)| {
            view! { <div class="figure"><dt>{key}</dt><dd>{value}</dd></div> }
        };
        let records = records.get();
        if records.is_empty() {
            return view! { <p class="section__hint">{(t.records_none)(status.get())}</p> }
                .into_any();
        }
        view! { <dl class="figures">{records.into_iter().map(record_item).collect_view()}</dl> }
            .into_any()
    };
    view! {
        <section class="section">
            <h2 class="section__title">{t.records}</h2>
            {list}
        </section>
    }
}

fn records(task: &Task) -> Vec<(String, String)> {
    let record = latest_record(task).into_iter().flatten();
    record.map(|(key, value)| (key.clone(), number_text::of_json(value))).collect()
}

/// The parameters as a table or as the config file.
#[component]
fn Parameters() -> impl IntoView {
    let t = use_messages().task();
    let task = use_task().task;
    let shell = task.with_untracked(|task| task.task_kind == TaskKind::Shell);
    let form = RwSignal::new(if shell { "raw" } else { "table" }.to_owned());
    let text = Memo::new(move |_| task.with(|task| task.config_text.clone()));
    let choices = vec![Choice::new("table", t.config_table), Choice::new("raw", t.config_raw)];
    let switch = (!shell).then(|| {
        view! { <Segmented name="config-form" label=t.config choices value=form on_change=move |to| form.set(to)/> }
    });
    let is_raw = Memo::new(move |_| form.with(|form| form == "raw"));
    view! {
        <section class="section task-config">
            <header class="section__head">
                <h2 class="section__title">{if shell { t.config_script } else { t.config }}</h2>
                {switch}
                <CopyButton text/>
            </header>
            {move || if is_raw.get() {
                view! { <pre class="code-block" tabindex="0"><code>{text}</code></pre> }.into_any()
            } else {
                view! { <ParameterTable/> }.into_any()
            }}
        </section>
    }
}

#[component]
fn ParameterTable() -> impl IntoView {
    let t = use_messages().task();
    let task = use_task().task;
    let pairs = Memo::new(move |_| {
        task.with(|task| {
            let pairs = flatten(&task.config).into_iter();
            pairs.map(|(key, value)| (key, number_text::of_json(value))).collect::<Vec<_>>()
        })
    });
    move || {
        let pairs = pairs.get();
        if pairs.is_empty() {
            return view! { <p class="section__hint">{t.config_none}</p> }.into_any();
        }
        let row = |(key, value)| view! { <tr><th scope="row">{key}</th><td>{value}</td></tr> };
        view! {
            <table class="pairs"><tbody>{pairs.into_iter().map(row).collect_view()}</tbody></table>
        }
        .into_any()
    }
}
