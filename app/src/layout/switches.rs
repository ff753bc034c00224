//! The switches for theme and language.

use leptos::prelude::*;

use crate::components::dynamic::{part, text};
use crate::components::handler::mouse;
use crate::components::{Choice, Icon, IconView, Select};
use crate::i18n::{Lang, use_messages};
use crate::state::preference::{Theme, set_lang, set_theme};

/// A button that cycles through system, light and dark.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let t = use_messages();
    let theme = expect_context::<RwSignal<Theme>>();
    let label = move || {
        let word = match theme.get() {
            Theme::System => t.nav().theme_system,
            Theme::Light => t.nav().theme_light,
            Theme::Dark => t.nav().theme_dark,
        };
        format!("{}: {word}", t.nav().theme)
    };
    let next = move |_| {
        set_theme(match theme.get_untracked() {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        });
    };
    view! {
        <button type="button" class="button button--quiet button--icon" title=text(label) aria-label=text(label) on:click=mouse(next)>
            {part(move || {
                let icon = match theme.get() {
                    Theme::System => Icon::Contrast,
                    Theme::Light => Icon::Sun,
                    Theme::Dark => Icon::Moon,
                };
                view! { <IconView icon/> }
            })}
        </button>
    }
}

/// The languages, each in its own name.
#[component]
pub fn LangSwitch() -> impl IntoView {
    let t = use_messages();
    let lang = use_context::<Lang>().unwrap_or_default();
    let choices: Vec<Choice> =
        Lang::ALL.into_iter().map(|lang| Choice::new(lang.tag(), lang.name())).collect();
    let change = move |tag: String| {
        if let Some(lang) = Lang::parse(&tag) {
            set_lang(lang);
        }
    };
    view! { <Select label=t.nav().language choices=choices value=lang.tag().to_owned() on_change=change/> }
}
