//! What would be created: how many tasks, of which axes, under which names, and the buttons.

use common::batch::Axis;
use leptos::prelude::*;

use super::create::use_creation;
use super::preview::Preview;
use super::work::Work;
use crate::components::{Button, ButtonKind, Icon, IconView, KeyHint, Switch, TextField};
use crate::i18n::use_messages;

/// The panel beside the form.
#[component]
pub(super) fn BatchPanel() -> impl IntoView {
    let t = use_messages();
    let work = expect_context::<Work>();
    view! {
        <aside class="batch" aria-label=t.generator().batch>
            <Total/>
            <Naming/>
            <Actions/>
            {move || work.plan.get().ok().map(|plan| view! { <Preview plan/> })}
        </aside>
    }
}

/// `3 × 2 = 6 tasks`, or why there is nothing.
#[component]
fn Total() -> impl IntoView {
    let t = use_messages();
    let work = expect_context::<Work>();
    let shown = move || match work.plan.get() {
        Ok(plan) => {
            let axes = plan.axes();
            let sizes: Vec<String> = axes.iter().map(|axis| axis.len.to_string()).collect();
            let product = (axes.len() > 1).then(|| format!("{} = ", sizes.join(" × ")));
            view! {
                <p class="batch__total">
                    <span class="batch__product">{product}</span>
                    {(t.generator().total)(plan.count)}
                </p>
                <ul class="batch__axes">{axes.into_iter().map(axis_line).collect_view()}</ul>
            }
            .into_any()
        }
        Err(problem) => view! {
            <p class="batch__total batch__total--none">{t.generator().nothing}</p>
            <p class="batch__problem"><IconView icon=Icon::Alert/>{problem.message}</p>
        }
        .into_any(),
    };
    view! { <div class="batch__head" role="status">{shown}</div> }
}

fn axis_line(axis: Axis) -> impl IntoView {
    let t = use_messages();
    let zip = axis.zip.then(|| view! { <span class="batch__zip">{t.generator().zip}</span> });
    view! {
        <li class="batch__axis">
            <code>{axis.key}</code>
            {zip}
            <span class="num">{axis.len}</span>
        </li>
    }
}

#[component]
fn Naming() -> impl IntoView {
    let t = use_messages();
    let work = expect_context::<Work>();
    let names = move || {
        let stem = work.name.with(|name| name.trim().to_owned());
        let stem = if stem.is_empty() { "task".to_owned() } else { stem };
        let stem = if work.timestamp.get() { format!("{stem}_2026-…") } else { stem };
        match work.plan.get() {
            Ok(plan) if plan.count > 1 => {
                let count = plan.count;
                (t.generator().names_like)(
                    &format!("{stem}_1-of-{count}"),
                    &format!("{count}-of-{count}"),
                )
            }
            _ => stem,
        }
    };
    view! {
        <div class="batch__naming">
            <TextField
                id="batch-name"
                label=t.generator().name
                value=work.name
                on_input=move |text| work.name.set(text)
                placeholder="task"
                help=Signal::derive(names)
            />
            <Switch on=work.timestamp on_change=move |on| work.timestamp.set(on) label=t.generator().timestamp/>
        </div>
    }
}

#[component]
fn Actions() -> impl IntoView {
    let t = use_messages();
    let work = expect_context::<Work>();
    let creation = use_creation();
    let impossible = Signal::derive(move || work.plan.with(Result::is_err));
    let busy = creation.pending();
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
    }
}
