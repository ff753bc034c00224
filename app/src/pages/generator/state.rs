//! The state of the Generator: the user input and the plan.

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
use crate::i18n::{Messages, use_messages};
use crate::url_query::UrlQuery;

/// A field of the form and its text.
#[derive(Clone)]
pub(super) struct Field {
    /// The initial field.
    pub spec: Arc<form::Field>,
    /// Its dotted key.
    pub key: String,
    /// The current text.
    pub text: RwSignal<String>,
}

/// Handle to the page's state; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct GeneratorState {
    /// The data that the page was opened with.
    pub setup: StoredValue<Setup>,
    /// The form that the fields were created from.
    pub form: StoredValue<Form>,
    /// The fields of the form.
    pub fields: RwSignal<Vec<Field>>,
    /// The editing mode.
    pub mode: Memo<Mode>,
    /// The text of YAML mode.
    pub yaml: RwSignal<String>,
    /// The shell script.
    pub shell: RwSignal<String>,
    /// The prefix of the names, or the name pattern.
    pub name: RwSignal<String>,
    /// Whether date and time are appended to the name.
    pub timestamp: RwSignal<bool>,
    /// The condition that selects combinations.
    pub when: RwSignal<String>,
    /// The run settings.
    pub run: RunSettings,
    /// Keys of the parameters that are listed first.
    pub pinned: RwSignal<Vec<String>>,
    /// The error in the YAML text, if it could not be converted to fields.
    pub yaml_problem: RwSignal<Option<Problem>>,
    /// The batch that would be created.
    pub plan: Memo<Result<Arc<Plan>, Problem>>,
    /// The texts of errors.
    messages: Messages,
    /// The reactive owner of the fields' signals, including those created later.
    owner: StoredValue<Owner>,
}

impl GeneratorState {
    /// Starts from a template. The stored draft is restored after hydration.
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
                        when.with(|when| {
                            plan::of_form(&current_form(form, fields), when, t.problem())
                        })
                    }
                    Mode::Yaml => form.with_value(|form| {
                        yaml.with(|text| plan::of_yaml(text, form.template(), t.problem()))
                    }),
                    Mode::Shell => {
                        shell.with(|text| plan::of_shell(text, t.generator().shell_empty))
                    }
                }
                .map(Arc::new)
            },
            // Comparing two plans costs more than a needless update: a plan is as large as its grid.
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
            messages: t,
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// The maximum batch size, if the plan exceeds it.
    pub(super) fn limit_exceeded(&self, plan: &Plan) -> Option<u64> {
        let most = self.setup.with_value(|setup| setup.workspace.settings.max_batch_tasks);
        (plan.count > most).then_some(most)
    }

    /// The request that creates the plan.
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

    /// The YAML text updated with the values of the fields. Tracks the fields.
    fn yaml_of_fields(&self) -> String {
        let wanted = current_form(self.form, self.fields).to_plain_mapping();
        self.yaml.with_untracked(|text| match yaml::parse_mapping(text) {
            Ok(_) => yaml::edit(text, &wanted).0,
            Err(_) => text.clone(),
        })
    }

    /// Updates the YAML text from the fields; an invalid text is kept.
    pub(super) fn write_yaml(&self) {
        self.yaml.set(untrack(|| self.yaml_of_fields()));
    }

    /// Rebuilds the fields from the YAML text, or stores its error.
    pub(super) fn read_yaml(&self) {
        let config = match self.yaml.with_untracked(|text| yaml::parse_mapping(text)) {
            Ok(config) => config,
            Err(error) => {
                let problem = plan::unreadable(&error, self.messages.problem());
                return self.yaml_problem.set(Some(problem));
            }
        };
        let old = untrack(|| current_form(self.form, self.fields));
        if old.to_plain_mapping() != config {
            let mut form = self.setup.with_value(|setup| setup.form_of(Some(&config)));
            form.keep_texts_of(&old);
            self.show(form);
        }
        self.yaml_problem.set(None);
    }

    /// Replaces the form and its fields.
    fn show(&self, form: Form) {
        // The caller, such as an effect, does not live as long as the fields.
        let owner = self.owner.get_value();
        let fields = owner.with(|| form.fields.iter().map(Field::new).collect::<Vec<_>>());
        self.form.set_value(form);
        self.fields.set(fields);
    }

    /// All differences from the template. Tracked.
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

    /// Applies a draft to the template.
    pub(super) fn restore(&self, draft: &Draft) {
        let (original, timestamp) = self.setup.with_value(|setup| {
            (setup.template_text().to_owned(), setup.workspace.settings.generator_auto_timestamp)
        });
        self.yaml.set(draft.yaml.clone().unwrap_or_else(|| original.clone()));
        self.shell.set(draft.shell.clone().unwrap_or(original));
        // A text that was invalid when it was stored is still displayed in its editor.
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

    /// Discards the draft, here and in the browser's storage.
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

    /// Whether the text differs from the template.
    pub(super) fn is_changed(&self) -> bool {
        self.text.with(|text| *text != self.spec.original_text)
    }
}

/// The form with the current texts.
pub(super) fn current_form(form: StoredValue<Form>, fields: RwSignal<Vec<Field>>) -> Form {
    // Tracked first, because the fields are set after the form.
    fields.track();
    let mut form = form.get_value();
    fields.with(|fields| {
        for (current_form, field) in form.fields.iter_mut().zip(fields) {
            current_form.text = field.text.get();
        }
    });
    form
}

/// The mode selected by the URL, if the workspace supports it.
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
