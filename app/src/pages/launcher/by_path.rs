//! A script by its path, checked while it is typed.

use std::time::Duration;

use common::launcher::{OpenRequest, PathCheck};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::Location;

use super::api::{check_script_path, complete_path};
use super::open::{Target, use_opener};
use crate::AppError;
use crate::components::{Button, Icon, Live, TextField, use_toasts};
use crate::i18n::use_messages;
use crate::pages::query::Query;
use crate::state::later::Later;
use crate::state::overview::{Overview, use_overview};

/// How long typing must pause before the path is checked.
const PAUSE: Duration = Duration::from_millis(180);

/// The path field, and the desktop's file picker where there is one.
#[component]
pub(super) fn ByPath() -> impl IntoView {
    let t = use_messages();
    let opener = use_opener();
    let path = use_path();
    let check = use_check(path);
    let said = move || check.get().filter(|check| !check.ok).map(|check| check.message);
    let help = move || match check.get() {
        Some(check) if check.ok => t.launcher().path_ok.to_owned(),
        _ => t.launcher().path_help.to_owned(),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(check) = check.get_untracked().filter(|check| check.ok) {
            let request = OpenRequest { script_path: check.normalized_path, config_path: None };
            opener.open(Target::Script(request));
        }
    };
    view! {
        <section class="section">
            <h2 class="section__title">{t.launcher().by_path}</h2>
            <form class="panel by-path" on:submit=submit>
                <TextField
                    id="launcher-path"
                    label=t.launcher().path_label
                    value=path
                    on_input=move |text| path.set(text)
                    placeholder="train.py"
                    help=Signal::derive(help)
                    error=Signal::derive(said)
                    suggestions=use_completions(path)
                    mono=true
                />
                <div class="by-path__actions">
                    <Button
                        submit=true
                        busy=opener.pending()
                        disabled=Signal::derive(move || !check.get().is_some_and(|check| check.ok))
                    >
                        {t.common().open}
                    </Button>
                    <Browse/>
                </div>
            </form>
        </section>
    }
}

/// The path of the URL, and the URL kept at what is typed.
fn use_path() -> RwSignal<String> {
    let Location { search, pathname, .. } = use_location();
    let query = move || search.with_untracked(|raw| Query::parse(raw));
    let path = RwSignal::new(query().get("path").unwrap_or_default().to_owned());
    let navigate = use_navigate();
    let mut keep = debounce(PAUSE, move |path: String| {
        // The page may have been left while typing paused.
        if pathname.try_get_untracked().is_none_or(|at| at != "/launcher") {
            return;
        }
        let query = query();
        if query.get("path").unwrap_or_default() != path {
            let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
            navigate(&format!("/launcher{}", query.with("path", Some(&path)).to_search()), options);
        }
    });
    Effect::new(move |_| keep(path.get()));
    path
}

/// What the path may go on with. Asked anew for each folder; within one the browser narrows down.
fn use_completions(path: RwSignal<String>) -> Signal<Vec<String>> {
    let found = RwSignal::new(Vec::new());
    let folder = Memo::new(move |_| {
        path.with(|path| {
            path.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"))
        })
    });
    // Where a folder has too many to tell, the first letters choose.
    let has_more = RwSignal::new(false);
    let asked = Memo::new(move |_| if has_more.get() { path.get() } else { folder.get() });
    Effect::new(move |_| {
        let asked = asked.get();
        leptos::task::spawn_local(async move {
            // Without an answer the path is typed to its end.
            if let Ok(answer) = complete_path(asked).await {
                let _ = found.try_set(answer.items);
                let _ = has_more.try_update(|more| *more |= answer.has_more);
            }
        });
    });
    found.into()
}

/// The answer for what is in the field now; nothing while it is empty or not yet checked.
fn use_check(path: RwSignal<String>) -> ReadSignal<Option<PathCheck>> {
    let check = RwSignal::new(None);
    let toasts = use_toasts();
    let ask = Action::new(|path: &String| {
        let path = path.clone();
        async move { (path.clone(), check_script_path(path).await) }
    });
    let later = Later::new();
    Effect::new(move |_| {
        let text = path.get();
        check.set(None);
        if !text.trim().is_empty() {
            later.after(PAUSE, move || {
                ask.dispatch(text);
            });
        } else {
            later.cancel();
        }
    });
    Effect::new(move |_| {
        // An answer to an older text means nothing now.
        let answer: Option<(String, Result<PathCheck, AppError>)> = ask.value().get();
        match answer {
            Some((asked, Ok(found))) if path.get_untracked() == asked => check.set(Some(found)),
            Some((_, Err(error))) => toasts.error(&error),
            _ => {}
        }
    });
    check.read_only()
}

#[component]
fn Browse() -> impl IntoView {
    let t = use_messages();
    let overview = use_overview();
    let opener = use_opener();
    let button = move || {
        view! {
            <Button icon=Icon::Folder busy=opener.pending() on_click=move |_| opener.open(Target::Picked)>
                {t.launcher().browse}
            </Button>
        }
    };
    let shown = move |overview: Signal<Overview>| {
        let has_picker = Memo::new(move |_| overview.with(|it| it.native_file_picker));
        (move || has_picker.get().then(button)).into_any()
    };
    view! { <Live of=overview lines=0 quiet=true view=shown/> }
}
