//! The selection of template and mode, both stored in the URL.

use common::workspace::Template;
use leptos::prelude::*;

use super::find_template::FindTemplate;
use super::mode::Mode;
use super::setup::Setup;
use super::state::GeneratorState;
use super::url::use_query_change;
use crate::components::{Button, ButtonKind, Choice, Icon, Segmented, Select};
use crate::i18n::use_messages;

/// Template, mode, and the button that discards all edits.
#[component]
pub(super) fn Toolbar() -> impl IntoView {
    let t = use_messages();
    let state = expect_context::<GeneratorState>();
    let change = use_query_change();
    let (templates, template, is_shell) =
        state.setup.with_value(|setup| (choices(setup), setup.template_value(), setup.is_shell()));
    let has_more = state.setup.with_value(|setup| setup.more_templates);
    let modes = vec![
        Choice::new(Mode::Grid.word(), t.generator().mode_form),
        Choice::new(Mode::Tree.word(), t.generator().mode_tree),
        Choice::new(Mode::Yaml.word(), t.generator().mode_yaml),
    ];
    let mode = Signal::derive(move || state.mode.get().word().to_owned());
    let edited = Memo::new(move |_| !state.draft().is_empty());
    view! {
        <div class="generator__toolbar">
            <Show when={let any = !templates.is_empty(); move || any}>
                <label class="generator__template">
                    <span class="field__label">{t.generator().template}</span>
                    <Select
                        label=t.generator().template
                        choices=templates.clone()
                        value=template.clone()
                        on_change=move |value: String| change.run(("template", value))
                    />
                </label>
            </Show>
            {has_more.then(|| view! { <FindTemplate/> })}
            <Show when=move || !is_shell>
                <Segmented
                    name="generator-mode"
                    label=t.generator().mode
                    choices=modes.clone()
                    value=mode
                    on_change=move |value: String| change.run(("mode", value))
                />
            </Show>
            <span class="generator__discard">
                <Show when=move || edited.get()>
                    <Button kind=ButtonKind::Quiet icon=Icon::Reset on_click=move |_| state.discard()>
                        {t.generator().reset_all}
                    </Button>
                </Show>
            </span>
        </div>
    }
}

/// The defaults, the files beside the script, the tasks; and an empty option if no template is selected,
/// as in a new shell workspace.
fn choices(setup: &Setup) -> Vec<Choice> {
    let current = setup.template_value();
    let choice = |it: &Template| Choice::new(&it.value, &it.label);
    let (tasks, defaults): (Vec<&Template>, Vec<&Template>) =
        setup.templates.iter().partition(|it| it.value.starts_with("tasks/"));
    let none = current.is_empty().then(|| Choice::new("", "–"));
    let listed = defaults.into_iter().chain(&setup.configs).chain(tasks).map(choice);
    let mut choices: Vec<Choice> = none.into_iter().chain(listed).collect();
    if !choices.iter().any(|choice| choice.value == current) {
        choices.push(Choice::new(&current, &current));
    }
    choices
}
