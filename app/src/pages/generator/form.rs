//! The form: fields grouped by the script's groups or nested like the parameters, with a search.

use leptos::prelude::*;

use super::control::group_of;
use super::field::FieldRow;
use super::field_filter::FieldFilter;
use super::mode::Mode;
use super::state::{Field, GeneratorState};
use super::tree::Tree;
use super::url::{use_param, use_query_change};
use crate::components::handler::plain;
use crate::components::{EmptyState, Icon, Switch};
use crate::i18n::use_messages;

/// All fields of the form.
#[component]
pub(super) fn Form() -> impl IntoView {
    let t = use_messages();
    let state = expect_context::<GeneratorState>();
    let filter = FieldFilter { text: use_param("q"), changed: use_param("changed") };
    let nothing_matches = move || {
        state
            .fields
            .with(|fields| !fields.is_empty() && !fields.iter().any(|field| filter.matches(field)))
    };
    let fields = move || {
        let fields = state.fields.get();
        if fields.is_empty() {
            let g = t.generator();
            return view! { <EmptyState icon=Icon::File title=g.no_fields text=g.no_fields_text/> }
                .into_any();
        }
        match state.mode.get() {
            Mode::Tree => view! { <Tree fields filter/> }.into_any(),
            _ => view! { <Groups fields filter/> }.into_any(),
        }
    };
    view! {
        <div class="form">
            <Tools filter/>
            {fields}
            <p class="muted" hidden=move || !nothing_matches()>{t.generator().no_match}</p>
            <p class="field__note">{t.generator().batch_hint}</p>
        </div>
    }
}

/// The search field and the "changed only" switch.
#[component]
fn Tools(filter: FieldFilter) -> impl IntoView {
    let t = use_messages();
    let change = use_query_change();
    let text = filter.text;
    view! {
        <div class="form__tools">
            <input
                class="input form__filter"
                type="search"
                placeholder=t.generator().filter
                aria-label=t.generator().filter
                value=text
                prop:value=text
                on:input=plain(move |event| change.run(("q", event_target_value(&event))))
            />
            <Switch
                on=Signal::derive(move || !filter.changed.with(String::is_empty))
                on_change=move |on: bool| change.run(("changed", if on { "1" } else { "" }.to_owned()))
                label=t.generator().changed_only
            />
        </div>
    }
}

#[component]
fn Groups(fields: Vec<Field>, filter: FieldFilter) -> impl IntoView {
    let t = use_messages();
    let state = expect_context::<GeneratorState>();
    let fields = StoredValue::new(fields);
    move || {
        let pinned = state.pinned.get();
        let groups = fields.with_value(|fields| grouped(fields, &pinned, t.generator().pinned));
        groups
            .into_iter()
            .map(|(title, fields)| view! { <Group title fields filter/> })
            .collect_view()
    }
}

#[component]
fn Group(title: String, fields: Vec<Field>, filter: FieldFilter) -> impl IntoView {
    let t = use_messages();
    let all = StoredValue::new(fields.clone());
    let empty = move || all.with_value(|fields| !fields.iter().any(|field| filter.matches(field)));
    let title = if title.is_empty() { t.generator().other_group.to_owned() } else { title };
    let rows = fields.into_iter().map(|field| view! { <FieldRow field filter/> });
    view! {
        <fieldset class="form__group" hidden=empty>
            <legend class="section__title">{title}</legend>
            <div class="form__rows">{rows.collect_view()}</div>
        </fieldset>
    }
}

/// Fields grouped by heading, in the order of the first field; pinned fields form a group of
/// their own at the top.
fn grouped(fields: &[Field], pinned: &[String], pinned_title: &str) -> Vec<(String, Vec<Field>)> {
    let mut groups: Vec<(String, Vec<Field>)> = vec![(pinned_title.to_owned(), Vec::new())];
    for field in fields {
        if pinned.contains(&field.key) {
            groups[0].1.push(field.clone());
            continue;
        }
        let own = group_of(&field.spec);
        match groups[1..].iter_mut().find(|(title, _)| *title == own) {
            Some((_, group)) => group.push(field.clone()),
            None => groups.push((own, vec![field.clone()])),
        }
    }
    groups.retain(|(_, fields)| !fields.is_empty());
    groups
}
