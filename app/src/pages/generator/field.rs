//! One field: its name and type, the right control, and what is said of its text.

use std::sync::Arc;

use common::batch::AxisKind;
use leptos::prelude::*;

use super::control::{Control, control_of, flags_of, is_required, left_to_script, type_word};
use super::field_filter::FieldFilter;
use super::pin::PinButton;
use super::plan::{self, Plan, Problem};
use super::work::{Field, Work};
use crate::components::{Badge, Choice, Icon, IconButton, Select, Switch, Tooltip};
use crate::i18n::use_messages;

/// How many drawn values are shown.
const DRAWN_SHOWN: u64 = 8;

/// What is known of the text in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    /// One value.
    Plain,
    /// Several: how many, how they go with those of other fields, and the first of them.
    Several(u64, AxisKind, String),
    /// It makes no sense.
    Wrong(String),
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
    let said = use_said(&field);
    let own = field.clone();
    let changed = Memo::new(move |_| own.is_changed());
    let id = format!("field-{key}");
    let note_id = format!("{id}-note");
    let original = spec.original_text.clone();
    let name = spec.path.last().cloned().unwrap_or_default();
    let help = spec.help.clone();
    let (word, required, flags) = (type_word(&spec), is_required(&spec), flags_of(&spec));
    let note = move || match said.get() {
        Said::Wrong(message) => message,
        Said::Several(_, _, values) => values,
        Said::Plain => String::new(),
    };
    let count = move || match said.get() {
        Said::Several(count, kind, _) => {
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
                <FieldControl field id note_id=note_id.clone() said/>
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
                class:row__note--bad=move || matches!(said.get(), Said::Wrong(_))
                id=note_id
                aria-live="polite"
            >
                {note}
            </p>
        </div>
    }
}

/// The control that suits a single value; a line of text for several.
#[component]
fn FieldControl(field: Field, id: String, note_id: String, said: Memo<Said>) -> impl IntoView {
    let t = use_messages();
    let text = field.text;
    let control = control_of(&field.spec);
    let simple = control != Control::Line;
    let choices = match &control {
        Control::Choice(choices) => choices.clone(),
        Control::Switch | Control::Line => vec!["true".to_owned(), "false".to_owned()],
    };
    // Opened as text by the user, or because no simple control could show what is in it.
    let as_text = RwSignal::new(false);
    let shown_choices = choices.clone();
    let nullable = field.spec.is_nullable();
    let is_line = Memo::new(move |_| {
        let fits = text.with(|text| choices.contains(text) || nullable && text.is_empty());
        !simple || as_text.get() || !fits
    });
    let (key, name) = (field.key.clone(), field.key.clone());
    let is_switch = control == Control::Switch;
    let simple_id = id.clone();
    let shown = move || {
        if is_line.get() {
            let (field, id, note_id) = (field.clone(), id.clone(), note_id.clone());
            return view! { <Line field id note_id said/> }.into_any();
        }
        let label = key.clone();
        if is_switch {
            let on = Signal::derive(move || text.with(|text| text == "true"));
            let change = move |on: bool| text.set(on.to_string());
            return view! { <Switch on on_change=change label bare=true/> }.into_any();
        }
        let none = nullable.then(|| Choice::new("", "–"));
        let list: Vec<Choice> =
            none.into_iter().chain(shown_choices.iter().map(|it| Choice::new(it, it))).collect();
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
        if !open && matches!(said.get_untracked(), Said::Several(..) | Said::Wrong(_)) {
            // The first value is the one to go on with.
            text.update(|text| *text = first_of(text));
        }
    };
    view! {
        {shown}
        {simple.then(|| view! {
            <span class="row__toggle">
                <IconButton icon=Icon::Pencil label=Signal::derive(toggle_label) on_click=toggle/>
            </span>
        })}
    }
}

#[component]
fn Line(field: Field, id: String, note_id: String, said: Memo<Said>) -> impl IntoView {
    let text = field.text;
    view! {
        <input
            class="input input--mono"
            id=id
            type="text"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            placeholder=left_to_script(&field.spec)
            value=text.get_untracked()
            prop:value=text
            aria-invalid=move || matches!(said.get(), Said::Wrong(_)).then_some("true")
            aria-describedby=note_id
            on:input:target=move |event| text.set(event.target().value())
        />
    }
}

/// Looks at one field alone. Worked out anew only when its own text changes.
fn use_said(field: &Field) -> Memo<Said> {
    let t = use_messages();
    let Work { form, plan: whole, .. } = expect_context::<Work>();
    let Field { spec, key, text } = field.clone();
    Memo::new(move |_| {
        let text = text.get();
        if is_required(&spec) && text.trim().is_empty() {
            return Said::Wrong(t.generator().required.to_owned());
        }
        let mut alone = form.get_value();
        alone.set(&key, &text);
        // What is wrong with other fields, they say themselves.
        if let Err(problem) = plan::of_form(&alone, "")
            && problem.key.as_deref() == Some(&key)
        {
            return Said::Wrong(without_key(&problem.message, &key));
        }
        match alone.field(&key).map(common::form::Field::cell) {
            Some(Ok(cell)) => match cell.kind {
                None => Said::Plain,
                // How many are drawn, and which, other fields may say.
                Some(AxisKind::Sample) => drawn(whole, &key),
                Some(kind) => Said::Several(cell.count, kind, cell.preview.join(", ")),
            },
            _ => Said::Plain,
        }
    })
}

/// The first values that are drawn for a field.
fn drawn(plan: Memo<Result<Arc<Plan>, Problem>>, key: &str) -> Said {
    let values = plan.with(|plan| {
        let grid = plan.as_ref().ok()?.grid.as_ref()?;
        grid.values_of(key, DRAWN_SHOWN)
    });
    let Some((mut shown, count)) = values else { return Said::Plain };
    if count > DRAWN_SHOWN {
        shown.push("…".to_owned());
    }
    Said::Several(count, AxisKind::Sample, shown.join(", "))
}

/// Under its own field an error need not name it.
fn without_key(message: &str, key: &str) -> String {
    message.strip_prefix(key).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(message).to_owned()
}

fn first_of(text: &str) -> String {
    let first = text.split('|').next().unwrap_or_default();
    first.trim().trim_start_matches('(').trim().to_owned()
}
