//! The page component: the editor on the left, the batch on the right.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::batch_panel::{BatchBar, BatchPanel};
use super::code_editor::CodeEditor;
use super::create::provide_creation;
use super::draft;
use super::duplicates::provide_existing_tasks;
use super::form::Form;
use super::mode::Mode;
use super::plan::Problem;
use super::rows::AllRows;
use super::setup::{Setup, load_setup};
use super::state::GeneratorState;
use super::toolbar::Toolbar;
use crate::components::{EmptyState, ErrorNote, Icon, IconView, LinkButton, Loaded};
use crate::i18n::use_messages;
use crate::js::editor::Language;
use crate::layout::PageHeader;
use crate::pages::no_workspace::NoWorkspace;
use crate::remote::remote;
use crate::state::workspace::use_ws;
use crate::url_query::UrlQuery;

/// The page at `/generator`.
#[component]
pub fn GeneratorPage() -> impl IntoView {
    let t = use_messages();
    let ws = use_ws();
    let search = use_location().search;
    let template = Memo::new(move |_| {
        search.with(|raw| UrlQuery::parse(raw).get("template").map(str::to_owned))
    });
    // Not refetched after events: that would discard the user's input.
    let setup =
        remote(move || (ws.get(), template.get()), |(ws, template)| load_setup(ws, template));
    let content = |response| match response {
        Ok(Some(setup)) => view! { <Workbench setup/> }.into_any(),
        Ok(None) => view! { <NoWorkspace/> }.into_any(),
        Err(error) => view! { <ErrorNote error/> }.into_any(),
    };
    view! {
        <div class="page generator">
            <PageHeader title=t.generator().title/>
            <Loaded of=setup lines=8 view=content/>
        </div>
    }
}

/// Everything that is rebuilt for another workspace or template.
#[component]
fn Workbench(setup: Setup) -> impl IntoView {
    let warnings = setup.form.warnings.clone();
    let state = GeneratorState::new(setup);
    provide_context(state);
    provide_creation(state);
    provide_existing_tasks();
    persist_draft(state);
    sync_modes(state);
    // The editor is kept in other modes because it holds the undo history.
    let yaml_was_open =
        Memo::new(move |was: Option<&bool>| was == Some(&true) || state.mode.get() == Mode::Yaml);
    view! {
        <Toolbar/>
        <Warnings warnings/>
        <div class="generator__columns">
            <div class="generator__main">
                {move || match (state.mode.get(), state.yaml_problem.get()) {
                    (Mode::Grid | Mode::Tree, Some(problem)) => view! { <UnreadableYaml problem/> }.into_any(),
                    (Mode::Grid | Mode::Tree, None) => view! { <Form/> }.into_any(),
                    (Mode::Yaml, _) => ().into_any(),
                    (Mode::Shell, _) => view! { <ShellText/> }.into_any(),
                }}
                {move || yaml_was_open.get().then(|| view! { <YamlText/> })}
                <BatchBar/>
            </div>
            <BatchPanel/>
        </div>
        <AllRows/>
    }
}

/// Warnings from parsing the script.
#[component]
fn Warnings(warnings: Vec<String>) -> impl IntoView {
    (!warnings.is_empty()).then(|| {
        let lines = warnings.into_iter().map(|text| view! { <li>{text}</li> });
        view! {
            <div class="generator__warnings" role="note">
                <IconView icon=Icon::Alert/>
                <ul>{lines.collect_view()}</ul>
            </div>
        }
    })
}

/// The placeholder for the fields if the YAML text is invalid.
#[component]
fn UnreadableYaml(problem: Problem) -> impl IntoView {
    let t = use_messages();
    let search = use_location().search;
    let href = Signal::derive(move || {
        let query = search.with(|raw| UrlQuery::parse(raw)).with("mode", Some(Mode::Yaml.word()));
        format!("/generator{}", query.to_search())
    });
    view! {
        <EmptyState icon=Icon::Alert title=t.generator().unread text=problem.message>
            <LinkButton href icon=Icon::Pencil>{t.generator().back_to_yaml}</LinkButton>
        </EmptyState>
    }
}

#[component]
fn YamlText() -> impl IntoView {
    let t = use_messages();
    let state = expect_context::<GeneratorState>();
    let mark = Signal::derive(move || state.plan.get().err().and_then(|problem| problem.mark));
    view! {
        <section class="section" hidden=move || state.mode.get() != Mode::Yaml>
            <CodeEditor text=state.yaml language=Language::Yaml label=t.generator().yaml_label mark/>
            <p class="field__note">{t.generator().yaml_help}</p>
        </section>
    }
}

#[component]
fn ShellText() -> impl IntoView {
    let t = use_messages();
    let state = expect_context::<GeneratorState>();
    let nothing = Signal::derive(|| None);
    view! {
        <section class="section">
            <CodeEditor text=state.shell language=Language::Shell label=t.generator().shell_label mark=nothing/>
            <p class="field__note">{t.generator().shell_help}</p>
        </section>
    }
}

/// Transfers the parameters between the modes when the mode changes.
fn sync_modes(state: GeneratorState) {
    Effect::new(move |before: Option<Mode>| {
        let mode = state.mode.get();
        match (before, mode) {
            (Some(Mode::Grid | Mode::Tree), Mode::Yaml) => state.write_yaml(),
            (Some(Mode::Yaml), Mode::Grid | Mode::Tree) => state.read_yaml(),
            _ => {}
        }
        mode
    });
}

/// Restores the stored draft, then stores every change.
fn persist_draft(state: GeneratorState) {
    let run_root = state.setup.with_value(|setup| setup.workspace.run_root.clone());
    Effect::new(move |restored: Option<()>| {
        if restored.is_none()
            && let Some(saved) = draft::read(&run_root)
            && saved.template == state.setup.with_value(Setup::template_value)
        {
            state.restore(&saved);
        }
        let now = state.draft();
        if restored.is_some() || !now.is_empty() {
            draft::write(&run_root, &now);
        }
    });
}
