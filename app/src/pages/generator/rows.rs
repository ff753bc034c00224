//! The table of all tasks of the batch. Rows are created when they become visible.

use std::sync::Arc;

use common::batch::{NamePattern, is_pattern};
use common::yaml;
use leptos::html;
use leptos::prelude::*;
use serde_yaml::{Mapping, Value};

use super::duplicates::use_existing_tasks;
use super::plan::Plan;
use super::state::GeneratorState;
use super::url::{use_param, use_query_change};
use crate::components::handler::plain;
use crate::components::{Badge, BadgeTone, Button, ButtonKind, Icon};
use crate::i18n::{Messages, use_messages};

/// Height of a row in pixels; must match the stylesheet.
const ROW_PX: u64 = 32;
/// Number of rendered rows: the visible ones and some around them.
const RENDERED_ROWS: u64 = 40;
/// Number of rendered rows above the visible ones.
const ROWS_ABOVE: u64 = 8;
/// Browsers cannot lay out elements higher than about 30 million pixels.
const MAX_ROWS: u64 = 900_000;
/// Number of rows in the panel.
const PREVIEW_ROWS: u64 = 6;

/// The names of the tasks of the batch. The timestamp is a placeholder.
#[derive(Clone)]
pub(super) struct TaskNames {
    stem: String,
    pattern: Option<NamePattern>,
}

impl TaskNames {
    /// Reads the batch name. Tracked.
    ///
    /// # Errors
    /// The error in the name pattern.
    pub(super) fn of(state: GeneratorState, plan: &Plan, t: Messages) -> Result<Self, String> {
        let stem = state.name.with(|name| name.trim().to_owned());
        let stem = if stem.is_empty() { "task".to_owned() } else { stem };
        let stem = if state.timestamp.get() { format!("{stem}_…") } else { stem };
        let grid = plan.grid.as_ref().filter(|_| is_pattern(&stem));
        let pattern = grid.map(|grid| NamePattern::parse(&stem, grid)).transpose();
        Ok(Self { pattern: pattern.map_err(|error| (t.problem().batch)(&error))?, stem })
    }

    /// The name of a task, `position` from 1.
    pub(super) fn name(&self, position: u64, count: u64, config: &Mapping) -> String {
        match &self.pattern {
            Some(pattern) => pattern.name(config, position, count),
            None if count == 1 => self.stem.clone(),
            None => format!("{}_{position}-of-{count}", self.stem),
        }
    }
}

/// The first rows, with a button that shows all.
#[component]
pub(super) fn FirstRows() -> impl IntoView {
    let t = use_messages();
    let state = expect_context::<GeneratorState>();
    let change = use_query_change();
    let content = move || {
        let plan = state.plan.get().ok().filter(|plan| !varying_keys(plan).is_empty())?;
        let count = plan.count;
        let more = (count > PREVIEW_ROWS).then(|| {
            view! {
                <Button kind=ButtonKind::Quiet icon=Icon::List on_click=move |_| change.run(("rows", "all".to_owned()))>
                    {(t.generator().show_all)(count)}
                </Button>
            }
        });
        Some(view! {
            <section class="section preview">
                <h2 class="section__title">{(t.generator().first_rows)(count.min(PREVIEW_ROWS), count)}</h2>
                <RowTable plan rows=Signal::derive(move || (0, PREVIEW_ROWS.min(count)))/>
                <div>{more}</div>
            </section>
        })
    };
    view! { {content} }
}

/// The table of all rows below the page's columns, displayed if the URL asks for it.
#[component]
pub(super) fn AllRows() -> impl IntoView {
    let t = use_messages();
    let state = expect_context::<GeneratorState>();
    let change = use_query_change();
    let rows_param = use_param("rows");
    let section = NodeRef::<html::Section>::new();
    // The table opens below the page content, so scroll to it once.
    Effect::new(move |was_open: Option<bool>| {
        let is_open = !rows_param.with(String::is_empty);
        if is_open && was_open == Some(false) {
            request_animation_frame(move || {
                if let Some(section) = section.try_get_untracked().flatten() {
                    section.scroll_into_view();
                }
            });
        }
        is_open
    });
    let content = move || {
        if rows_param.with(String::is_empty) {
            return None;
        }
        let plan = state.plan.get().ok()?;
        let count = plan.count;
        Some(view! {
            <section class="section all-rows" aria-label=t.generator().all_rows node_ref=section>
                <div class="section__head">
                    <h2 class="section__title">{t.generator().all_rows}</h2>
                    <span class="muted num">{(t.generator().total)(count)}</span>
                    <Button kind=ButtonKind::Quiet icon=Icon::Cross on_click=move |_| change.run(("rows", String::new()))>
                        {t.common().close}
                    </Button>
                </div>
                <Scroller plan/>
            </section>
        })
    };
    view! { {content} }
}

/// A virtual scroller: only visible rows are rendered.
#[component]
fn Scroller(plan: Arc<Plan>) -> impl IntoView {
    let t = use_messages();
    let node = NodeRef::<html::Div>::new();
    let first = RwSignal::new(0_u64);
    let count = plan.count.min(MAX_ROWS);
    let scrolled = move |_| {
        if let Some(node) = node.get_untracked() {
            let top = u64::try_from(node.scroll_top()).unwrap_or(0) / ROW_PX;
            let top = top.saturating_sub(ROWS_ABOVE);
            // Rows are rendered again only when the scroll position approaches their end.
            if first.get_untracked().abs_diff(top) >= ROWS_ABOVE / 2 {
                first.set(top);
            }
        }
    };
    let rows = Signal::derive(move || {
        let from = first.get().min(count.saturating_sub(1));
        (from, (from + RENDERED_ROWS).min(count))
    });
    let above = move || format!("height:{}px", rows.get().0 * ROW_PX);
    let below = move || format!("height:{}px", (count - rows.get().1) * ROW_PX);
    let left_out = plan.count.saturating_sub(MAX_ROWS);
    view! {
        <div class="all-rows__window" node_ref=node on:scroll=plain(scrolled) tabindex="0">
            <div style=above></div>
            <RowTable plan rows/>
            <div style=below></div>
        </div>
        {(left_out > 0).then(|| view! { <p class="muted">{(t.generator().left_out)(left_out)}</p> })}
    }
}

/// Rows of a plan: the name and the values of the axes.
#[component]
fn RowTable(
    /// The plan.
    plan: Arc<Plan>,
    /// The range of rows, from 0, end exclusive.
    rows: Signal<(u64, u64)>,
) -> impl IntoView {
    let t = use_messages();
    let state = expect_context::<GeneratorState>();
    let existing = use_existing_tasks();
    let keys = varying_keys(&plan);
    let headers =
        keys.iter().map(|key| view! { <th scope="col">{key.clone()}</th> }).collect_view();
    let body = move || {
        let names = TaskNames::of(state, &plan, t).ok();
        let (from, to) = rows.get();
        let row = |position: u64| {
            let config = plan.grid.as_ref().and_then(|grid| grid.nth(position)).unwrap_or_default();
            let name = names.as_ref().map(|names| names.name(position + 1, plan.count, &config));
            let cells =
                keys.iter().map(|key| view! { <td class="mono">{value_at(&config, key)}</td> });
            let duplicate_badge = existing.task_with(&config).map(|name| {
                let title = (t.generator().same_as)(&name);
                view! { <span title=title><Badge tone=BadgeTone::Warn>{t.generator().exists}</Badge></span> }
            });
            view! {
                <tr>
                    <td class="muted num">{position + 1}</td>
                    <td class="rows__name">{name}{duplicate_badge}</td>
                    {cells.collect_view()}
                </tr>
            }
        };
        (from..to).map(row).collect_view()
    };
    view! {
        <div class="table-wrap">
            <table class="table rows">
                <thead>
                    <tr>
                        <th scope="col" class="num">"#"</th>
                        <th scope="col">{t.generator().name}</th>
                        {headers}
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

/// The dotted keys of all axes; an axis may have several.
fn varying_keys(plan: &Plan) -> Vec<String> {
    plan.axes().into_iter().flat_map(|axis| axis.keys).collect()
}

/// The value at a dotted key; keys of mappings may contain dots.
fn value_at(config: &Mapping, key: &str) -> String {
    let found = config.iter().find_map(|(name, value)| {
        let rest = key.strip_prefix(&*yaml::key_text(name))?;
        match value {
            _ if rest.is_empty() => Some(value_text(value)),
            Value::Mapping(inner) => Some(value_at(inner, rest.strip_prefix('.')?)),
            _ => None,
        }
    });
    found.unwrap_or_default()
}

fn value_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_finite() => yaml::short_number(number),
        other => yaml::to_flow(other),
    }
}
