//! What is being edited, and what would come of it.

use std::sync::Arc;

use common::form::{self, Form};
use common::generator::{CreateRequest, PreviewRequest};
use common::yaml;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::draft::{self, Draft};
use super::mode::Mode;
use super::plan::{self, Plan, Problem};
use super::run_settings::RunSettings;
use super::setup::Setup;
use crate::i18n::use_messages;
use crate::url_query::UrlQuery;

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
pub(super) struct GeneratorState {
    /// What the page was opened with.
    pub setup: StoredValue<Setup>,
    /// The form that the fields were made of.
    pub form: StoredValue<Form>,
    /// The fields of the form.
    pub fields: RwSignal<Vec<Field>>,
    /// How it is edited.
    pub mode: Memo<Mode>,
    /// The text of YAML mode.
    pub yaml: RwSignal<String>,
    /// The shell script.
    pub shell: RwSignal<String>,
    /// The beginning of the names, or their pattern.
    pub name: RwSignal<String>,
    /// Whether date and time follow it.
    pub timestamp: RwSignal<bool>,
    /// Which combinations are wanted.
    pub when: RwSignal<String>,
    /// How the tasks run.
    pub run: RunSettings,
    /// Keys of the parameters that are shown first.
    pub pinned: RwSignal<Vec<String>>,
    /// Why the YAML text could not be taken over into the fields, if so.
    pub yaml_problem: RwSignal<Option<Problem>>,
    /// What would be created.
    pub plan: Memo<Result<Arc<Plan>, Problem>>,
    /// Who owns the texts of the fields, also those that are made later.
    owner: StoredValue<Owner>,
}

impl GeneratorState {
    /// Starts from a template; what was typed before is put over it once the browser is there.
    pub(super) fn new(setup: Setup) -> Self {
        let t = use_messages();
        let form = setup.form_of(None);
        let fields = RwSignal::new(form.fields.iter().map(Field::new).collect::<Vec<_>>());
        let form = StoredValue::new(form);
        let mode = use_mode(&setup);
        let yaml = RwSignal::new(setup.template_text().to_owned());
        let shell = RwSignal::new(setup.template_text().to_owned());
        let timestamp = RwSignal::new(setup.workspace.settings.generator_auto_timestamp);
        let when = RwSignal::new(String::new());
        let run = RunSettings::new();
        let yaml_problem = RwSignal::new(None);
        let plan = Memo::new_with_compare(
            move |_| {
                run.read().map_err(|error| Problem::new(&error.text(t)))?;
                match mode.get() {
                    Mode::Grid | Mode::Tree => {
                        yaml_problem.get().map_or(Ok(()), Err)?;
                        when.with(|when| plan::of_form(&filled(form, fields), when))
                    }
                    Mode::Yaml => form
                        .with_value(|form| yaml.with(|text| plan::of_yaml(text, form.template()))),
                    Mode::Shell => {
                        shell.with(|text| plan::of_shell(text, t.generator().shell_empty))
                    }
                }
                .map(Arc::new)
            },
            // A plan is as large as its grid: working out whether it changed costs more than it saves.
            |_, _| true,
        );
        let pinned = RwSignal::new(setup.workspace.settings.pinned_params.clone());
        Self {
            setup: StoredValue::new(setup),
            form,
            fields,
            mode,
            yaml,
            shell,
            name: RwSignal::new(String::new()),
            timestamp,
            when,
            run,
            pinned,
            yaml_problem,
            plan,
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// The most tasks that may be created at once, where the plan has more.
    pub(super) fn limit_exceeded(&self, plan: &Plan) -> Option<u64> {
        let most = self.setup.with_value(|setup| setup.workspace.settings.max_batch_tasks);
        (plan.count > most).then_some(most)
    }

    /// The request that creates what the plan says.
    pub(super) fn request(&self, plan: &Plan) -> CreateRequest {
        let mode = self.mode.get_untracked();
        let (yaml_text, shell_text, template_value) = match mode {
            Mode::Shell => (String::new(), plan.text.clone(), String::new()),
            _ => (plan.text.clone(), String::new(), self.setup.with_value(Setup::template_value)),
        };
        let name = self.name.get_untracked();
        let is_pattern = plan.grid.is_some() && common::batch::is_pattern(&name);
        let preview = PreviewRequest {
            mode: mode.for_request(),
            yaml_text,
            shell_text,
            template_value,
            when: if mode.has_fields() { self.when.get_untracked() } else { String::new() },
            max_items: None,
        };
        let (env, options) = self.run.read().unwrap_or_default();
        CreateRequest {
            preview,
            name_pattern: if is_pattern { name.clone() } else { String::new() },
            name_prefix: name,
            append_timestamp: self.timestamp.get_untracked(),
            notes: self.run.notes.get_untracked(),
            env,
            options,
        }
    }

    /// The YAML text with the values of the fields in it. Tracks the fields.
    fn yaml_of_fields(&self) -> String {
        let wanted = filled(self.form, self.fields).to_plain_mapping();
        self.yaml.with_untracked(|text| match yaml::parse_mapping(text) {
            Ok(_) => yaml::edit(text, &wanted).0,
            Err(_) => text.clone(),
        })
    }

    /// Takes the values of the fields over into the YAML text; one that cannot be read stays.
    pub(super) fn write_yaml(&self) {
        self.yaml.set(untrack(|| self.yaml_of_fields()));
    }

    /// Makes the fields anew from the YAML text, or says why that is not possible.
    pub(super) fn read_yaml(&self) {
        let config = match self.yaml.with_untracked(|text| yaml::parse_mapping(text)) {
            Ok(config) => config,
            Err(error) => return self.yaml_problem.set(Some(plan::unreadable(&error))),
        };
        let old = untrack(|| filled(self.form, self.fields));
        if old.to_plain_mapping() != config {
            let mut form = self.setup.with_value(|setup| setup.form_of(Some(&config)));
            form.keep_texts_of(&old);
            self.show(form);
        }
        self.yaml_problem.set(None);
    }

    /// Shows the fields of a form.
    fn show(&self, form: Form) {
        // Those that make this call, such as an effect, do not live as long as the fields.
        let owner = self.owner.get_value();
        let fields = owner.with(|| form.fields.iter().map(Field::new).collect::<Vec<_>>());
        self.form.set_value(form);
        self.fields.set(fields);
    }

    /// Everything that differs from the template. Tracks all of it.
    pub(super) fn draft(&self) -> Draft {
        let (template, original, timestamp) = self.setup.with_value(|setup| {
            let settings = &setup.workspace.settings;
            (
                setup.template_value(),
                setup.template_text().to_owned(),
                settings.generator_auto_timestamp,
            )
        });
        let cells = self.fields.with(|fields| {
            let changed = fields.iter().filter(|field| field.is_changed());
            changed.map(|field| (field.key.clone(), field.text.get())).collect()
        });
        let mode = self.mode.get();
        let yaml = if mode.has_fields() { self.yaml_of_fields() } else { self.yaml.get() };
        Draft {
            template,
            cells,
            yaml: Some(yaml).filter(|text| mode != Mode::Shell && *text != original),
            shell: Some(self.shell.get()).filter(|text| mode == Mode::Shell && *text != original),
            name: self.name.get(),
            when: self.when.get(),
            timestamp: Some(self.timestamp.get()).filter(|on| *on != timestamp),
            run: self.run.texts_to_store(),
        }
    }

    /// Puts a draft over the template.
    pub(super) fn restore(&self, draft: &Draft) {
        let (original, timestamp) = self.setup.with_value(|setup| {
            (setup.template_text().to_owned(), setup.workspace.settings.generator_auto_timestamp)
        });
        self.yaml.set(draft.yaml.clone().unwrap_or_else(|| original.clone()));
        self.shell.set(draft.shell.clone().unwrap_or(original));
        // A text that could not be read when it was left is still in its editor.
        let config = self.yaml.with_untracked(|text| yaml::parse_mapping(text).ok());
        let config = config.filter(|_| draft.yaml.is_some());
        self.show(self.setup.with_value(|setup| setup.form_of(config.as_ref())));
        self.fields.with_untracked(|fields| {
            for field in fields {
                if let Some(text) = draft.cells.get(&field.key) {
                    field.text.set(text.clone());
                }
            }
        });
        self.yaml_problem.set(None);
        self.name.set(draft.name.clone());
        self.when.set(draft.when.clone());
        self.timestamp.set(draft.timestamp.unwrap_or(timestamp));
        self.run.set(&draft.run);
    }

    /// Forgets the draft, here and in the browser.
    pub(super) fn discard(&self) {
        self.restore(&Draft::default());
        self.setup.with_value(|setup| draft::write(&setup.workspace.run_root, &Draft::default()));
    }
}

impl Field {
    fn new(field: &form::Field) -> Self {
        Self {
            text: RwSignal::new(field.text.clone()),
            key: field.key(),
            spec: Arc::new(field.clone()),
        }
    }

    /// Whether the text differs from what the template has.
    pub(super) fn is_changed(&self) -> bool {
        self.text.with(|text| *text != self.spec.original_text)
    }
}

/// The form with the texts that are in it now.
pub(super) fn filled(form: StoredValue<Form>, fields: RwSignal<Vec<Field>>) -> Form {
    // First, because the fields are told anew after the form.
    fields.track();
    let mut form = form.get_value();
    fields.with(|fields| {
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
        let requested = search.with(|raw| UrlQuery::parse(raw).get("mode").map(str::to_owned));
        match requested.as_deref().unwrap_or(&usual) {
            _ if is_shell => Mode::Shell,
            word => Mode::read(word),
        }
    })
}
