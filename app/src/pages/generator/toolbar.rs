//! What is started from, and how it is edited. Both live in the URL.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::plan::mode_word;
use super::work::Work;
use crate::components::{Button, ButtonKind, Choice, Icon, Segmented, Select};
use crate::i18n::use_messages;
use crate::pages::query::Query;

/// Template, mode, and forgetting all edits.
#[component]
pub(super) fn Toolbar() -> impl IntoView {
    let t = use_messages();
    let work = expect_context::<Work>();
    let change = use_query_change();
    let (templates, template, is_shell) = work.setup.with_value(|setup| {
        let choice = |it: &common::workspace::Template| Choice::new(&it.value, &it.label);
        let templates: Vec<Choice> = setup.templates.iter().rev().map(choice).collect();
        (templates, setup.template_value(), setup.is_shell())
    });
    let change_template = {
        let change = change.clone();
        move |value: String| change("template", value)
    };
    let modes = vec![
        Choice::new("form", t.generator().mode_form),
        Choice::new("yaml", t.generator().mode_yaml),
    ];
    let mode = Signal::derive(move || mode_word(work.mode.get()).to_owned());
    let edited = Memo::new(move |_| !work.draft().is_empty());
    view! {
        <div class="generator__toolbar">
            <Show when={let any = !templates.is_empty(); move || any}>
                <label class="generator__template">
                    <span class="field__label">{t.generator().template}</span>
                    <Select
                        label=t.generator().template
                        choices=with_current(&templates, &template)
                        value=template.clone()
                        on_change=change_template.clone()
                    />
                </label>
            </Show>
            <Show when=move || !is_shell>
                <Segmented
                    name="generator-mode"
                    label=t.generator().mode
                    choices=modes.clone()
                    value=mode
                    on_change={let change = change.clone(); move |value: String| change("mode", value)}
                />
            </Show>
            <span class="generator__discard">
                <Show when=move || edited.get()>
                    <Button kind=ButtonKind::Quiet icon=Icon::Reset on_click=move |_| work.discard()>
                        {t.generator().reset_all}
                    </Button>
                </Show>
            </span>
        </div>
    }
}

/// The list of templates, with an empty choice where none is taken, as in a new shell workspace.
fn with_current(templates: &[Choice], current: &str) -> Vec<Choice> {
    let none = current.is_empty().then(|| Choice::new("", "–"));
    none.into_iter().chain(templates.iter().cloned()).collect()
}

/// Changes one key of the URL's query and leaves the others.
fn use_query_change() -> impl Fn(&str, String) + Clone + Send + Sync + 'static {
    let search = use_location().search;
    let navigate = use_navigate();
    move |key, value| {
        let query = search.with_untracked(|raw| Query::parse(raw)).with(key, Some(&value));
        let options =
            NavigateOptions { replace: key == "mode", scroll: false, ..Default::default() };
        navigate(&format!("/generator{}", query.to_search()), options);
    }
}
