//! What is being edited, and what would come of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use common::form::{self, Form};
use common::generator::{CreateRequest, Mode, PreviewRequest};
use common::yaml;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::draft::{self, Draft};
use super::plan::{self, Plan, Problem};
use super::setup::Setup;
use crate::i18n::use_messages;
use crate::pages::query::Query;

/// One field of the form and the text in it.
#[derive(Clone)]
pub(super) struct Field {
    /// The field as it was at first.
    pub spec: Arc<form::Field>,
    /// Its dotted key.
    pub key: String,
    /// The text in it.
    pub text: RwSignal<String>,
}

/// The page's state; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Work {
    /// What the page was opened with.
    pub setup: StoredValue<Setup>,
    /// The form of the template, untouched.
    pub form: StoredValue<Form>,
    /// The fields of the form.
    pub fields: StoredValue<Vec<Field>>,
    /// What is edited: form, YAML or shell.
    pub mode: Memo<Mode>,
    /// The text of YAML mode.
    pub yaml: RwSignal<String>,
    /// The shell script.
    pub shell: RwSignal<String>,
    /// Beginning of the names.
    pub name: RwSignal<String>,
    /// Whether date and time follow it.
    pub timestamp: RwSignal<bool>,
    /// What would be created.
    pub plan: Memo<Result<Arc<Plan>, Problem>>,
}

impl Work {
    /// Starts from a template; what was typed before is put over it once the browser is there.
    pub(super) fn new(setup: Setup) -> Self {
        let t = use_messages();
        let form = form_of(&setup);
        let field = |field: &form::Field| Field {
            text: RwSignal::new(field.text.clone()),
            key: field.key(),
            spec: Arc::new(field.clone()),
        };
        let fields = StoredValue::new(form.fields.iter().map(field).collect::<Vec<_>>());
        let form = StoredValue::new(form);
        let mode = use_mode(&setup);
        let text = RwSignal::new(setup.template_text().to_owned());
        let shell = RwSignal::new(setup.template_text().to_owned());
        let timestamp = RwSignal::new(setup.workspace.settings.generator_auto_timestamp);
        let plan = Memo::new_with_compare(
            move |_| {
                match mode.get() {
                    Mode::Form => plan::of_form(&filled(form, fields)),
                    Mode::Yaml => form
                        .with_value(|form| text.with(|text| plan::of_yaml(text, form.template()))),
                    Mode::Shell => {
                        shell.with(|text| plan::of_shell(text, t.generator().shell_empty))
                    }
                }
                .map(Arc::new)
            },
            // A plan is as large as its grid: working out whether it changed costs more than it saves.
            |_, _| true,
        );
        let name = RwSignal::new(String::new());
        let setup = StoredValue::new(setup);
        Self { setup, form, fields, mode, yaml: text, shell, name, timestamp, plan }
    }

    /// The request that creates what the plan says.
    pub(super) fn request(&self, plan: &Plan) -> CreateRequest {
        let mode = self.mode.get_untracked();
        let is_shell = mode == Mode::Shell;
        let (yaml_text, shell_text) =
            if is_shell { Default::default() } else { (plan.text.clone(), String::new()) };
        let shell_text = if is_shell { plan.text.clone() } else { shell_text };
        let template_value =
            if is_shell { String::new() } else { self.setup.with_value(Setup::template_value) };
        CreateRequest {
            preview: PreviewRequest {
                mode,
                yaml_text,
                shell_text,
                template_value,
                max_items: None,
            },
            name_prefix: self.name.get_untracked(),
            append_timestamp: self.timestamp.get_untracked(),
        }
    }

    /// Everything that differs from the template. Tracks all of it.
    pub(super) fn draft(&self) -> Draft {
        let (template, original) = self
            .setup
            .with_value(|setup| (setup.template_value(), setup.template_text().to_owned()));
        let cells = self.fields.with_value(|fields| {
            let changed = fields.iter().filter(|field| field.is_changed());
            changed.map(|field| (field.key.clone(), field.text.get())).collect::<BTreeMap<_, _>>()
        });
        let edited = |text: RwSignal<String>| Some(text.get()).filter(|text| *text != original);
        let (yaml, shell) = (edited(self.yaml), edited(self.shell));
        Draft { template, cells, yaml, shell, name: self.name.get() }
    }

    /// Puts a draft over the template.
    pub(super) fn restore(&self, draft: &Draft) {
        let original = self.setup.with_value(|setup| setup.template_text().to_owned());
        self.fields.with_value(|fields| {
            for field in fields {
                let kept = draft.cells.get(&field.key).unwrap_or(&field.spec.original_text);
                field.text.set(kept.clone());
            }
        });
        self.yaml.set(draft.yaml.clone().unwrap_or_else(|| original.clone()));
        self.shell.set(draft.shell.clone().unwrap_or(original));
        self.name.set(draft.name.clone());
    }

    /// Forgets the draft, here and in the browser.
    pub(super) fn discard(&self) {
        self.restore(&Draft::default());
        self.setup.with_value(|setup| draft::write(&setup.workspace.run_root, &Draft::default()));
    }
}

impl Field {
    /// Whether the text differs from what the field started with.
    pub(super) fn is_changed(&self) -> bool {
        self.text.with(|text| *text != self.spec.original_text)
    }
}

/// The form that a template gives.
fn form_of(setup: &Setup) -> Form {
    let template = match setup.is_shell() {
        true => Default::default(),
        false => yaml::parse_mapping(setup.template_text()).unwrap_or_default(),
    };
    let is_task = setup.template.as_ref().is_some_and(|template| template.read_only);
    match is_task {
        true => Form::of_task(&template, Some(&setup.form)),
        false => Form::new(&template, Some(&setup.form)),
    }
}

/// The form with the texts that are in it now.
fn filled(form: StoredValue<Form>, fields: StoredValue<Vec<Field>>) -> Form {
    let mut form = form.get_value();
    fields.with_value(|fields| {
        for (filled, field) in form.fields.iter_mut().zip(fields) {
            filled.text = field.text.get();
        }
    });
    form
}

/// The mode that the URL asks for, as far as the workspace has it.
fn use_mode(setup: &Setup) -> Memo<Mode> {
    let search = use_location().search;
    let is_shell = setup.is_shell();
    let usual = setup.workspace.settings.generator_mode.clone();
    Memo::new(move |_| {
        let asked = search.with(|raw| Query::parse(raw).get("mode").map(str::to_owned));
        match asked.as_deref().unwrap_or(&usual) {
            _ if is_shell => Mode::Shell,
            "yaml" => Mode::Yaml,
            _ => Mode::Form,
        }
    })
}
