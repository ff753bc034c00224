//! One field: its name and type, its control, and the status of its text.

use std::sync::Arc;

use common::batch::AxisKind;
use leptos::prelude::*;

use super::control::{Control, control_of, flags_of, is_required, script_default, type_word};
use super::field_filter::FieldFilter;
use super::pin::PinButton;
use super::plan::{self, Plan, Problem};
use super::state::{Field, GeneratorState};
use crate::components::{Badge, Choice, Icon, IconButton, Select, Switch, Tooltip};
use crate::i18n::use_messages;

/// Maximum number of sampled values in the preview.
const MAX_PREVIEW: u64 = 8;

/// The status of the text in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
enum FieldStatus {
    /// A single value.
    Plain,
    /// Several values: their number, the kind of axis, and a preview.
    Several(u64, AxisKind, String),
    /// An error message.
    Invalid(String),
}

/// A row of the form.
#[component]
pub(super) fn FieldRow(
    /// The field.
    field: Field,
    /// Which fields are visible.
    filter: FieldFilter,
) -> impl IntoView {
    let t = use_messages();
    let Field { spec, text, key } = field.clone();
    let status = use_field_status(&field);
    let own = field.clone();
    let changed = Memo::new(move |_| own.is_changed());
    let id = format!("field-{key}");
    let note_id = format!("{id}-note");
    let original = spec.original_text.clone();
    let name = spec.path.last().cloned().unwrap_or_default();
    let help = spec.help.clone();
    let (word, required, flags) = (type_word(&spec), is_required(&spec), flags_of(&spec));
    let note = move || match status.get() {
        FieldStatus::Invalid(message) => message,
        FieldStatus::Several(_, _, values) => values,
        FieldStatus::Plain => String::new(),
    };
    let count = move || match status.get() {
        FieldStatus::Several(count, kind, _) => {
            let words = match kind {
                AxisKind::Product => t.generator().values,
                AxisKind::Sample => t.generator().drawn,
                AxisKind::Zip => t.generator().in_step,
            };
            Some(view! { <span class="row__count">{words(count)}</span> })
        }
        _ => None,
    };
    let reset_label = (t.generator().reset_to)(&key, &original);
    let was = original.clone();
    let default = move || {
        changed
            .get()
            .then(|| view! { <span class="row__default">{(t.generator().was)(&was)}</span> })
    };
    let seen = field.clone();
    let hidden = Signal::derive(move || !filter.matches(&seen));
    view! {
        <div class="row" class:row--changed=changed hidden=hidden>
            <div class="row__name">
                <label for=id.clone() title=key.clone()>{name}</label>
                <Tooltip text=flags><Badge>{word}</Badge></Tooltip>
                {required.then(|| view! { <span class="row__required">{t.generator().required}</span> })}
            </div>
            <div class="row__control">
                <FieldControl field id note_id=note_id.clone() status/>
                {count}
                {default}
                <PinButton key_=key/>
                <span class="row__reset" class:row__reset--shown=changed>
                    <IconButton
                        icon=Icon::Reset
                        label=reset_label
                        disabled=Signal::derive(move || !changed.get())
                        on_click=move |_| text.set(original.clone())
                    />
                </span>
            </div>
            <p class="row__help" hidden=help.is_empty()>{help.clone()}</p>
            <p
                class="row__note"
                class:row__note--bad=move || matches!(status.get(), FieldStatus::Invalid(_))
                id=note_id
                aria-live="polite"
            >
                {note}
            </p>
        </div>
    }
}

/// The control of a single value; a text input for several.
#[component]
fn FieldControl(
    field: Field,
    id: String,
    note_id: String,
    status: Memo<FieldStatus>,
) -> impl IntoView {
    let t = use_messages();
    let text = field.text;
    let control = control_of(&field.spec);
    let simple = control != Control::Text;
    let choices = match &control {
        Control::Choice(choices) => choices.clone(),
        Control::Switch | Control::Text => vec!["true".to_owned(), "false".to_owned()],
    };
    // Set if the user opened the text input. It is also used if the simple control cannot represent the text.
    let as_text = RwSignal::new(false);
    let listed_choices = choices.clone();
    let nullable = field.spec.is_nullable();
    let is_line = Memo::new(move |_| {
        let fits = text.with(|text| choices.contains(text) || nullable && text.is_empty());
        !simple || as_text.get() || !fits
    });
    let (key, name) = (field.key.clone(), field.key.clone());
    let is_switch = control == Control::Switch;
    let simple_id = id.clone();
    let control_view = move || {
        if is_line.get() {
            let (field, id, note_id) = (field.clone(), id.clone(), note_id.clone());
            return view! { <TextInput field id note_id status/> }.into_any();
        }
        let label = key.clone();
        if is_switch {
            let on = Signal::derive(move || text.with(|text| text == "true"));
            let change = move |on: bool| text.set(on.to_string());
            return view! { <Switch on on_change=change label bare=true/> }.into_any();
        }
        let none = nullable.then(|| Choice::new("", "–"));
        let list: Vec<Choice> =
            none.into_iter().chain(listed_choices.iter().map(|it| Choice::new(it, it))).collect();
        let change = move |value| text.set(value);
        view! { <Select id=simple_id.clone() label choices=list value=text on_change=change/> }
            .into_any()
    };
    let toggle_label = move || {
        let words =
            if is_line.get() { t.generator().back_to_control } else { t.generator().write_batch };
        format!("{words}: {name}")
    };
    let toggle = move |_| {
        let open = !is_line.get_untracked();
        as_text.set(open);
        if !open
            && matches!(status.get_untracked(), FieldStatus::Several(..) | FieldStatus::Invalid(_))
        {
            // Continue with the first value.
            text.update(|text| *text = first_of(text));
        }
    };
    view! {
        {control_view}
        {simple.then(|| view! {
            <span class="row__toggle">
                <IconButton icon=Icon::Pencil label=Signal::derive(toggle_label) on_click=toggle/>
            </span>
        })}
    }
}

#[component]
fn TextInput(
    field: Field,
    id: String,
    note_id: String,
    status: Memo<FieldStatus>,
) -> impl IntoView {
    let text = field.text;
    view! {
        <input
            class="input input--mono"
            id=id
            type="text"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            placeholder=script_default(&field.spec)
            value=text.get_untracked()
            prop:value=text
            aria-invalid=move || matches!(status.get(), FieldStatus::Invalid(_)).then_some("true")
            aria-describedby=note_id
            on:input:target=move |event| text.set(event.target().value())
        />
    }
}

/// The status of one field. Recomputed only when the text of this field changes.
fn use_field_status(field: &Field) -> Memo<FieldStatus> {
    let t = use_messages();
    let GeneratorState { form, plan: plan_memo, .. } = expect_context::<GeneratorState>();
    let Field { spec, key, text } = field.clone();
    Memo::new(move |_| {
        let text = text.get();
        if is_required(&spec) && text.trim().is_empty() {
            return FieldStatus::Invalid(t.generator().required.to_owned());
        }
        let mut alone = form.get_value();
        alone.set(&key, &text);
        // Errors of other fields are displayed there.
        if let Err(problem) = plan::of_form(&alone, "", t.problem())
            && problem.key.as_deref() == Some(&key)
        {
            return FieldStatus::Invalid(without_key(&problem.message, &key));
        }
        match alone.field(&key).map(common::form::Field::cell) {
            Some(Ok(cell)) => match cell.kind {
                None => FieldStatus::Plain,
                // The number of samples and their values may depend on other fields.
                Some(AxisKind::Sample) => drawn(plan_memo, &key),
                Some(kind) => FieldStatus::Several(cell.count, kind, cell.preview.join(", ")),
            },
            _ => FieldStatus::Plain,
        }
    })
}

/// The first values sampled for a field.
fn drawn(plan: Memo<Result<Arc<Plan>, Problem>>, key: &str) -> FieldStatus {
    let values = plan.with(|plan| {
        let grid = plan.as_ref().ok()?.grid.as_ref()?;
        grid.values_of(key, MAX_PREVIEW)
    });
    let Some((mut preview, count)) = values else { return FieldStatus::Plain };
    if count > MAX_PREVIEW {
        preview.push("…".to_owned());
    }
    FieldStatus::Several(count, AxisKind::Sample, preview.join(", "))
}

/// Removes the name of the field from its own error message.
fn without_key(message: &str, key: &str) -> String {
    message.strip_prefix(key).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(message).to_owned()
}

fn first_of(text: &str) -> String {
    let first = text.split('|').next().unwrap_or_default();
    first.trim().trim_start_matches('(').trim().to_owned()
}
