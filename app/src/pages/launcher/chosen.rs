//! The script selected by the URL: its kind, the config it starts from, and the button that opens it.

use common::launcher::{ConfigList, ConfigSource, OpenRequest};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::api::load_configs;
use super::open::{Target, use_opener};
use super::scripts::Kind;
use crate::components::{Button, ButtonKind, Choice, ErrorNote, Icon, Loaded, Select};
use crate::i18n::use_messages;
use crate::remote::remote;
use crate::state::page_url::use_page_url;
use crate::url_query::UrlQuery;

/// The selected script, or a hint to select one.
#[component]
pub(super) fn Chosen() -> impl IntoView {
    let t = use_messages();
    let search = use_location().search;
    let script = Memo::new(move |_| {
        search.with(|raw| UrlQuery::parse(raw).get("script").map(str::to_owned))
    });
    let configs = remote(
        move || script.get(),
        |script| async move {
            match script {
                Some(script) => load_configs(script.clone()).await.map(|list| Some((script, list))),
                None => Ok(None),
            }
        },
    );
    let content = move |response| match response {
        Ok(Some((script, list))) => view! { <ChosenScript script list/> }.into_any(),
        Ok(None) => view! { <p class="muted">{t.launcher().choose}</p> }.into_any(),
        Err(error) => view! { <ErrorNote error/> }.into_any(),
    };
    view! {
        <section
            class="section launcher__chosen"
            class:launcher__chosen--named=move || script.with(Option::is_some)
            aria-live="polite"
        >
            <h2 class="section__title">{t.home().script}</h2>
            <div class="panel chosen"><Loaded of=configs view=content/></div>
        </section>
    }
}

#[component]
fn ChosenScript(script: String, list: ConfigList) -> impl IntoView {
    let t = use_messages();
    let opener = use_opener();
    let name = script.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let explained = match list.config_source {
        ConfigSource::Argparse => t.launcher().kind_argparse,
        ConfigSource::PyrunsLoad if list.items.is_empty() => t.launcher().config_missing,
        ConfigSource::PyrunsLoad if list.requires_config_template => t.launcher().config_needed,
        ConfigSource::PyrunsLoad => t.launcher().kind_load,
        ConfigSource::Hydra => t.launcher().kind_hydra,
        ConfigSource::Unknown => t.launcher().kind_unknown,
    };
    let impossible = list.requires_config_template && list.items.is_empty();
    let config = use_config(&list);
    let open = move |_| {
        let config_path = Some(config.get_untracked()).filter(|path| !path.is_empty());
        opener.open(Target::Script(OpenRequest { script_path: script.clone(), config_path }));
    };
    view! {
        <div class="chosen__head">
            <span class="chosen__name">{name}</span>
            <Kind kind=list.config_source/>
        </div>
        <p class="muted">{explained}</p>
        <ConfigChoice list config/>
        <div>
            <Button
                kind=ButtonKind::Primary
                icon=Icon::ArrowRight
                busy=opener.pending()
                disabled=impossible
                on_click=open
            >
                {t.common().open}
            </Button>
        </div>
    }
}

/// The config in the URL, else the first one if one is required.
fn use_config(list: &ConfigList) -> Memo<String> {
    let search = use_location().search;
    let first = list.items.first().map(|entry| entry.path.clone());
    let fallback = first.filter(|_| list.requires_config_template).unwrap_or_default();
    Memo::new(move |_| {
        let named = search.with(|raw| UrlQuery::parse(raw).get("config").map(str::to_owned));
        named.unwrap_or_else(|| fallback.clone())
    })
}

#[component]
fn ConfigChoice(list: ConfigList, config: Memo<String>) -> impl IntoView {
    let t = use_messages();
    let url = use_page_url();
    let none = (!list.requires_config_template).then(|| Choice::new("", t.launcher().config_none));
    let files = list.items.into_iter().map(|entry| Choice::new(entry.path, entry.label));
    let choices: Vec<Choice> = none.into_iter().chain(files).collect();
    let change = move |path: String| {
        url.set_query(&url.query().with("config", Some(&path)), false);
    };
    (choices.len() > 1 || !config.get_untracked().is_empty()).then(|| {
        view! {
            <div class="field">
                <label class="field__label" for="launcher-config">{t.launcher().config}</label>
                <Select id="launcher-config" label=t.launcher().config choices value=config on_change=change/>
            </div>
        }
    })
}
