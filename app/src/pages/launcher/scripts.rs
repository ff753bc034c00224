//! Scripts of the project, each with its kind of configuration.

use common::launcher::{ConfigSource, ScriptEntry};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::api::{load_kinds, load_scripts};
use crate::AppError;
use crate::components::{Badge, BadgeTone, ErrorNote, Icon, IconView, Loaded};
use crate::i18n::use_messages;
use crate::remote::remote;
use crate::url_query::UrlQuery;

/// Kinds are fetched for at most this many scripts, because parsing takes time.
const KINDS_AT_ONCE: usize = 60;

/// The list, with a filter.
#[component]
pub(super) fn Scripts() -> impl IntoView {
    let t = use_messages();
    let filter = RwSignal::new(String::new());
    let scripts = remote(|| (), |()| scripts_with_kinds());
    let content = move |response: Result<Vec<ScriptWithKind>, AppError>| match response {
        Ok(rows) if rows.is_empty() => {
            view! { <p class="panel muted">{t.launcher().no_scripts}</p> }.into_any()
        }
        Ok(rows) => {
            let rows =
                rows.into_iter().map(|(entry, kind)| view! { <ScriptItem entry kind filter/> });
            view! { <ul class="choices">{rows.collect_view()}</ul> }.into_any()
        }
        Err(error) => view! { <ErrorNote error/> }.into_any(),
    };
    view! {
        <section class="section launcher__scripts">
            <div class="section__head">
                <h2 class="section__title">{t.launcher().scripts}</h2>
                <input
                    class="input launcher__filter"
                    type="search"
                    placeholder=t.launcher().filter
                    aria-label=t.launcher().filter
                    on:input:target=move |event| filter.set(event.target().value().to_lowercase())
                />
            </div>
            <Loaded of=scripts lines=5 view=content/>
        </section>
    }
}

/// A script and its kind, if known.
type ScriptWithKind = (ScriptEntry, Option<ConfigSource>);

async fn scripts_with_kinds() -> Result<Vec<ScriptWithKind>, AppError> {
    let scripts = load_scripts().await?.items;
    let paths = scripts.iter().take(KINDS_AT_ONCE).map(|entry| entry.script_path.clone()).collect();
    let kinds = load_kinds(paths).await?;
    let kinds = kinds.into_iter().map(Some).chain(std::iter::repeat(None));
    Ok(scripts.into_iter().zip(kinds).collect())
}

#[component]
fn ScriptItem(
    entry: ScriptEntry,
    kind: Option<ConfigSource>,
    filter: RwSignal<String>,
) -> impl IntoView {
    let t = use_messages();
    let search = use_location().search;
    let (script, label) = (entry.script_path.clone(), entry.label.to_lowercase());
    let chosen =
        move || search.with(|raw| UrlQuery::parse(raw).get("script") == Some(script.as_str()));
    let script = entry.script_path;
    let href = move || {
        let query = search.with(|raw| UrlQuery::parse(raw));
        query.with("script", Some(&script)).with("config", None).to_search()
    };
    let before = (entry.source == "workspace")
        .then(|| view! { <span class="choice__note">{t.launcher().opened_before}</span> });
    view! {
        <li hidden=move || filter.with(|filter| !label.contains(filter.as_str()))>
            <a class="choice" href=href aria-current=move || chosen().then_some("true")>
                <IconView icon=Icon::File/>
                <span class="choice__name">{entry.label}</span>
                {before}
                {kind.map(|kind| view! { <Kind kind/> })}
            </a>
        </li>
    }
}

/// The kind of a script as a badge.
#[component]
pub(super) fn Kind(
    /// The kind.
    kind: ConfigSource,
) -> impl IntoView {
    let (tone, word) = match kind {
        ConfigSource::Argparse => (BadgeTone::Accent, "argparse"),
        ConfigSource::PyrunsLoad => (BadgeTone::Good, "pyruns.load"),
        ConfigSource::Hydra => (BadgeTone::Warn, "hydra"),
        ConfigSource::Unknown => (BadgeTone::Neutral, "python"),
    };
    view! { <Badge tone>{word}</Badge> }
}
