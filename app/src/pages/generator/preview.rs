//! The first tasks of the batch, worked out in the browser.

use std::sync::Arc;

use common::batch::Grid;
use common::yaml;
use leptos::prelude::*;

use super::plan::Plan;
use crate::components::Table;
use crate::components::handler::mouse;
use crate::i18n::use_messages;

/// How many rows are shown at first, and after asking for more.
const FEW_ROWS: u64 = 8;
const MANY_ROWS: u64 = 200;

/// What varies, a row a task. Nothing where nothing varies.
#[component]
pub(super) fn Preview(
    /// What would be created.
    plan: Arc<Plan>,
) -> impl IntoView {
    let t = use_messages();
    let keys = varying_keys(&plan);
    if keys.is_empty() {
        return ().into_any();
    }
    let many = RwSignal::new(false);
    let count = plan.count;
    let shown = move || count.min(if many.get() { MANY_ROWS } else { FEW_ROWS });
    let columns: Vec<String> =
        std::iter::once("#".to_owned()).chain(keys.iter().cloned()).collect();
    let rows = move || {
        let grid = plan.grid.as_ref();
        (0..shown()).map(|place| row(grid, &keys, place)).collect_view()
    };
    view! {
        <section class="section preview">
            <div class="section__head">
                <h2 class="section__title">{move || (t.generator().first_rows)(shown(), count)}</h2>
                <button
                    type="button"
                    class="link preview__more"
                    hidden=move || many.get() || count <= FEW_ROWS
                    on:click=mouse(move |_| many.set(true))
                >
                    {t.common().more}
                </button>
            </div>
            <Table label=t.generator().all_rows columns=columns>{rows}</Table>
        </section>
    }
    .into_any()
}

fn row(grid: Option<&Grid>, keys: &[String], place: u64) -> impl IntoView + use<> {
    let config = grid.and_then(|grid| grid.nth(place)).unwrap_or_default();
    let cells = keys.iter().map(|key| {
        let value = value_at(&config, key);
        view! { <td class="mono">{value}</td> }
    });
    view! { <tr><td class="muted">{place + 1}</td>{cells.collect_view()}</tr> }
}

/// The dotted keys of all axes; those of the zip axis one by one.
fn varying_keys(plan: &Plan) -> Vec<String> {
    let axes = plan.axes();
    axes.iter().flat_map(|axis| axis.key.split(", ").map(str::to_owned)).collect()
}

/// The value at a dotted key, which may itself hold dots.
fn value_at(config: &serde_yaml::Mapping, key: &str) -> String {
    let found = config.iter().find_map(|(name, value)| {
        let rest = key.strip_prefix(&*yaml::key_text(name))?;
        match value {
            _ if rest.is_empty() => Some(shown(value)),
            serde_yaml::Value::Mapping(inner) => Some(value_at(inner, rest.strip_prefix('.')?)),
            _ => None,
        }
    });
    found.unwrap_or_default()
}

fn shown(value: &serde_yaml::Value) -> String {
    match value {
        serde_yaml::Value::String(text) => text.clone(),
        serde_yaml::Value::Number(number) if number.is_finite() => number.to_string(),
        other => yaml::to_flow(other),
    }
}
