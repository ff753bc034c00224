//! The form: all fields, grouped as the script groups them, with a search.

use leptos::prelude::*;

use super::control::group_of;
use super::field::FieldRow;
use super::work::{Field, Work};
use crate::components::{EmptyState, Icon, Switch};
use crate::i18n::use_messages;

/// All fields of the form.
#[component]
pub(super) fn Form() -> impl IntoView {
    let t = use_messages();
    let work = expect_context::<Work>();
    let filter = RwSignal::new(String::new());
    let changed_only = RwSignal::new(false);
    let fields = work.fields.get_value();
    if fields.is_empty() {
        let g = t.generator();
        return view! { <EmptyState icon=Icon::File title=g.no_fields text=g.no_fields_text/> }
            .into_any();
    }
    let all = StoredValue::new(fields.clone());
    let nothing_matches = move || {
        all.with_value(|fields| !fields.iter().any(|field| is_shown(field, filter, changed_only)))
    };
    let groups = grouped(fields).into_iter().map(|(title, fields)| {
        view! { <Group title fields filter changed_only/> }
    });
    view! {
        <div class="form">
            <div class="form__tools">
                <input
                    class="input form__filter"
                    type="search"
                    placeholder=t.generator().filter
                    aria-label=t.generator().filter
                    on:input:target=move |event| filter.set(event.target().value().to_lowercase())
                />
                <Switch
                    on=changed_only
                    on_change=move |on| changed_only.set(on)
                    label=t.generator().changed_only
                />
            </div>
            {groups.collect_view()}
            <p class="muted" hidden=move || !nothing_matches()>{t.generator().no_match}</p>
            <p class="field__note">{t.generator().batch_hint}</p>
        </div>
    }
    .into_any()
}

#[component]
fn Group(
    title: String,
    fields: Vec<Field>,
    filter: RwSignal<String>,
    changed_only: RwSignal<bool>,
) -> impl IntoView {
    let t = use_messages();
    let all = StoredValue::new(fields.clone());
    let empty = move || {
        all.with_value(|fields| !fields.iter().any(|field| is_shown(field, filter, changed_only)))
    };
    let rows = fields.into_iter().map(|field| {
        let own = field.clone();
        let hidden = Signal::derive(move || !is_shown(&own, filter, changed_only));
        view! { <FieldRow field hidden/> }
    });
    let title = if title.is_empty() { t.generator().other_group.to_owned() } else { title };
    view! {
        <fieldset class="form__group" hidden=empty>
            <legend class="section__title">{title}</legend>
            <div class="form__rows">{rows.collect_view()}</div>
        </fieldset>
    }
}

fn is_shown(field: &Field, filter: RwSignal<String>, changed_only: RwSignal<bool>) -> bool {
    let matches = filter.with(|filter| {
        filter.is_empty()
            || field.key.to_lowercase().contains(filter.as_str())
            || field.spec.help.to_lowercase().contains(filter.as_str())
    });
    matches && (!changed_only.get() || field.is_changed())
}

/// Fields under their titles, each title where it comes first.
fn grouped(fields: Vec<Field>) -> Vec<(String, Vec<Field>)> {
    let mut groups: Vec<(String, Vec<Field>)> = Vec::new();
    for field in fields {
        let own = group_of(&field.spec);
        match groups.iter_mut().find(|(title, _)| *title == own) {
            Some((_, group)) => group.push(field),
            None => groups.push((own, vec![field])),
        }
    }
    groups
}
