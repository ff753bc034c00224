//! The panel of the batch: number of tasks, axes, names, and the buttons that create it.

use common::batch::{Axis, AxisKind};
use leptos::prelude::*;

use super::create::use_creation;
use super::difference::Differences;
use super::duplicates::Duplicates;
use super::mode::Mode;
use super::rows::{FirstRows, TaskNames};
use super::run_panel::RunPanel;
use super::state::GeneratorState;
use crate::components::{Button, ButtonKind, Icon, IconView, KeyHint, Progress, Switch, TextField};
use crate::i18n::use_messages;

/// The panel beside the form.
#[component]
pub(super) fn BatchPanel() -> impl IntoView {
    let t = use_messages();
    view! {
        <aside class="batch" id="batch" aria-label=t.generator().batch>
            <Total/>
            <Naming/>
            <Actions/>
            <Duplicates/>
            <Differences/>
            <RunPanel/>
            <FirstRows/>
        </aside>
    }
}

/// The number of tasks, at the bottom edge of a phone, where the panel is below the form.
#[component]
pub(super) fn BatchBar() -> impl IntoView {
    let t = use_messages();
    let state = expect_context::<GeneratorState>();
    let content = move || match state.plan.get() {
        Ok(plan) => (t.generator().total)(plan.count),
        Err(_) => t.generator().nothing.to_owned(),
    };
    view! { <a class="batch-bar" href="#batch">{content}<IconView icon=Icon::ChevronDown/></a> }
}

/// `3 × 2 = 6 tasks`, or the reason why there are none.
#[component]
fn Total() -> impl IntoView {
    let t = use_messages();
    let state = expect_context::<GeneratorState>();
    let content = move || match state.plan.get() {
        Ok(plan) => {
            let axes = plan.axes();
            let sizes: Vec<String> = axes.iter().map(|axis| axis.len.to_string()).collect();
            let all = plan.grid.as_ref().map_or(1, common::batch::Grid::count_without_condition);
            let product = (axes.len() > 1).then(|| format!("{} = ", sizes.join(" × ")));
            let of_all = (all != plan.count).then(|| (t.generator().of_all)(all));
            view! {
                <p class="batch__total">
                    <span class="batch__product">{product.filter(|_| of_all.is_none())}</span>
                    {(t.generator().total)(plan.count)}
                    <span class="batch__product">{of_all}</span>
                </p>
                {state.limit_exceeded(&plan).map(|most| view! {
                    <p class="batch__problem"><IconView icon=Icon::Alert/>{(t.generator().too_many)(most)}</p>
                })}
                <ul class="batch__axes">{axes.into_iter().map(axis_line).collect_view()}</ul>
            }
            .into_any()
        }
        Err(problem) if problem.is_empty => {
            view! { <p class="batch__hint">{problem.message}</p> }.into_any()
        }
        Err(problem) => view! {
            <p class="batch__total batch__total--none">{t.generator().nothing}</p>
            <p class="batch__problem"><IconView icon=Icon::Alert/>{problem.message}</p>
        }
        .into_any(),
    };
    view! { <div class="batch__head" role="status">{content}</div> }
}

fn axis_line(axis: Axis) -> impl IntoView {
    let t = use_messages();
    let kind = match axis.kind {
        AxisKind::Product => None,
        AxisKind::Zip => Some(t.generator().zip),
        AxisKind::Sample => Some(t.generator().random),
    };
    view! {
        <li class="batch__axis">
            <code>{axis.keys.join(", ")}</code>
            {kind.map(|kind| view! { <span class="batch__zip">{kind}</span> })}
            <span class="num">{axis.len}</span>
        </li>
    }
}

#[component]
fn Naming() -> impl IntoView {
    let t = use_messages();
    let state = expect_context::<GeneratorState>();
    // The first and the last name, or the error in the pattern.
    let names = Memo::new(move |_| -> Result<String, String> {
        let Ok(plan) = state.plan.get() else { return Ok(String::new()) };
        let names = TaskNames::of(state, &plan, t)?;
        let name = |position: u64| {
            let config =
                plan.grid.as_ref().and_then(|grid| grid.nth(position - 1)).unwrap_or_default();
            names.name(position, plan.count, &config)
        };
        Ok(match plan.count {
            1 => name(1),
            count => (t.generator().names_like)(&name(1), &name(count)),
        })
    });
    let problem = Signal::derive(move || names.get().err());
    let help = Signal::derive(move || names.get().unwrap_or_default());
    let condition_problem = Signal::derive(move || {
        state.plan.get().err().filter(|problem| problem.in_condition).map(|problem| problem.message)
    });
    view! {
        <div class="batch__naming">
            <TextField
                id="batch-name"
                label=t.generator().name
                value=state.name
                on_input=move |text| state.name.set(text)
                placeholder="task"
                help=help
                error=problem
            />
            <Switch on=state.timestamp on_change=move |on| state.timestamp.set(on) label=t.generator().timestamp/>
            <div hidden=move || !state.mode.get().has_fields()>
                <TextField
                    id="batch-when"
                    label=t.generator().when
                    value=state.when
                    on_input=move |text| state.when.set(text)
                    placeholder="optimizer == sgd or momentum == 0"
                    error=condition_problem
                    mono=true
                />
            </div>
        </div>
    }
}

#[component]
fn Actions() -> impl IntoView {
    let t = use_messages();
    let state = expect_context::<GeneratorState>();
    let creation = use_creation();
    let impossible = Signal::derive(move || {
        let plan = state.plan.get();
        plan.is_err()
            || plan.is_ok_and(|plan| {
                state.limit_exceeded(&plan).is_some()
                    || state.mode.get() != Mode::Shell && TaskNames::of(state, &plan, t).is_err()
            })
    });
    let busy = creation.pending();
    let progress = creation.progress();
    let bar = move || {
        let (done, total) = progress.get().filter(|_| busy.get())?;
        #[expect(clippy::cast_precision_loss, reason = "a bar")]
        let part = done as f64 / total.max(1) as f64;
        Some(view! {
            <div class="batch__progress">
                <Progress value=Some(part) label=t.generator().creating/>
                <span class="muted num">{format!("{done} / {total}")}</span>
            </div>
        })
    };
    view! {
        <div class="batch__actions">
            <Button
                kind=ButtonKind::Primary
                icon=Icon::Play
                busy=busy
                disabled=impossible
                on_click=move |_| creation.start(true)
            >
                {t.generator().create_and_run}
                <KeyHint keys=&["Ctrl", "⇧", "↵"]/>
            </Button>
            <Button busy=busy disabled=impossible on_click=move |_| creation.start(false)>
                {t.generator().create}
                <KeyHint keys=&["Ctrl", "↵"]/>
            </Button>
        </div>
        <div class="batch__live" aria-live="polite">{bar}</div>
    }
}
