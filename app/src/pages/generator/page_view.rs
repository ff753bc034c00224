//! The page: what is edited on the left, what comes of it on the right.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::batch_panel::{BatchBar, BatchPanel};
use super::code_editor::CodeEditor;
use super::create::provide_creation;
use super::draft;
use super::duplicates::provide_known;
use super::form::Form;
use super::mode::Mode;
use super::plan::Problem;
use super::rows::AllRows;
use super::setup::{Setup, load_setup};
use super::toolbar::Toolbar;
use super::work::Work;
use crate::components::{EmptyState, ErrorNote, Icon, IconView, LinkButton, Loaded};
use crate::i18n::use_messages;
use crate::js::editor::Language;
use crate::layout::PageHeader;
use crate::pages::no_workspace::NoWorkspace;
use crate::state::workspace::use_ws;
use crate::url_query::UrlQuery;
use crate::wire::remote;

/// The page at `/generator`.
#[component]
pub fn GeneratorPage() -> impl IntoView {
    let t = use_messages();
    let ws = use_ws();
    let search = use_location().search;
    let template = Memo::new(move |_| {
        search.with(|raw| UrlQuery::parse(raw).get("template").map(str::to_owned))
    });
    // Not read anew when something happens: that would throw away what is being typed.
    let setup =
        remote(move || (ws.get(), template.get()), |(ws, template)| load_setup(ws, template));
    let shown = |response| match response {
        Ok(Some(setup)) => view! { <Bench setup/> }.into_any(),
        Ok(None) => view! { <NoWorkspace/> }.into_any(),
        Err(error) => view! { <ErrorNote error/> }.into_any(),
    };
    view! {
        <div class="page generator">
            <PageHeader title=t.generator().title/>
            <Loaded of=setup lines=8 view=shown/>
        </div>
    }
}

/// Everything that is made anew with another workspace or template.
#[component]
fn Bench(setup: Setup) -> impl IntoView {
    let warnings = setup.form.warnings.clone();
    let work = Work::new(setup);
    provide_context(work);
    provide_creation(work);
    provide_known();
    keep_draft(work);
    keep_modes_together(work);
    // The editor stays when another mode is shown: what can be undone in it is nowhere else.
    let yaml_was_open =
        Memo::new(move |was: Option<&bool>| was == Some(&true) || work.mode.get() == Mode::Yaml);
    view! {
        <Toolbar/>
        <Warnings warnings/>
        <div class="generator__columns">
            <div class="generator__main">
                {move || match (work.mode.get(), work.unread.get()) {
                    (Mode::Grid | Mode::Tree, Some(problem)) => view! { <Unread problem/> }.into_any(),
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

/// What reading the script says that its user should know.
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

/// The text of YAML mode cannot be read, so there are no fields.
#[component]
fn Unread(problem: Problem) -> impl IntoView {
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
    let work = expect_context::<Work>();
    let mark = Signal::derive(move || work.plan.get().err().and_then(|problem| problem.mark));
    view! {
        <section class="section" hidden=move || work.mode.get() != Mode::Yaml>
            <CodeEditor text=work.yaml language=Language::Yaml label=t.generator().yaml_label mark/>
            <p class="field__note">{t.generator().yaml_help}</p>
        </section>
    }
}

#[component]
fn ShellText() -> impl IntoView {
    let t = use_messages();
    let work = expect_context::<Work>();
    let nothing = Signal::derive(|| None);
    view! {
        <section class="section">
            <CodeEditor text=work.shell language=Language::Shell label=t.generator().shell_label mark=nothing/>
            <p class="field__note">{t.generator().shell_help}</p>
        </section>
    }
}

/// Takes what was written in one mode over into the other.
fn keep_modes_together(work: Work) {
    Effect::new(move |before: Option<Mode>| {
        let mode = work.mode.get();
        match (before, mode) {
            (Some(Mode::Grid | Mode::Tree), Mode::Yaml) => work.write_yaml(),
            (Some(Mode::Yaml), Mode::Grid | Mode::Tree) => work.read_yaml(),
            _ => {}
        }
        mode
    });
}

/// Puts back what was typed before, then writes down every change.
fn keep_draft(work: Work) {
    let run_root = work.setup.with_value(|setup| setup.workspace.run_root.clone());
    Effect::new(move |restored: Option<()>| {
        if restored.is_none()
            && let Some(kept) = draft::read(&run_root)
            && kept.template == work.setup.with_value(Setup::template_value)
        {
            work.restore(&kept);
        }
        let now = work.draft();
        if restored.is_some() || !now.is_empty() {
            draft::write(&run_root, &now);
        }
    });
}
