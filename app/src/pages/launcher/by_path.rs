//! Opening a script by its path, which is validated while it is typed.

use std::time::Duration;

use common::launcher::{OpenRequest, PathCheck};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::api::{check_script_path, complete_path};
use super::open::{Target, use_opener};
use crate::AppError;
use crate::components::{Button, Icon, Live, TextField, use_toasts};
use crate::i18n::use_messages;
use crate::state::debounce::Debounce;
use crate::state::overview::{Overview, use_overview};
use crate::state::page_url::use_page_url;

/// How long typing must pause before the path is validated.
const PAUSE: Duration = Duration::from_millis(180);

/// The path field, and the button for the desktop's file picker if available.
#[component]
pub(super) fn ByPath() -> impl IntoView {
    let t = use_messages();
    let opener = use_opener();
    let path = use_path();
    let check = use_check(path);
    let check_error = move || check.get().filter(|check| !check.ok).map(|check| check.message);
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
                    error=Signal::derive(check_error)
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

/// The path, initialized from the URL and stored there.
fn use_path() -> RwSignal<String> {
    let url = use_page_url();
    let path = RwSignal::new(url.query().get("path").unwrap_or_default().to_owned());
    let debounce = Debounce::new();
    Effect::new(move |_| {
        let path = path.get();
        debounce.after(PAUSE, move || {
            let query = url.query();
            if query.get("path").unwrap_or_default() != path {
                url.set_query(&query.with("path", Some(&path)), true);
            }
        });
    });
    path
}

/// Completions of the path. Fetched for each folder; the browser filters within one.
fn use_completions(path: RwSignal<String>) -> Signal<Vec<String>> {
    let found = RwSignal::new(Vec::new());
    let folder = Memo::new(move |_| {
        path.with(|path| {
            path.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"))
        })
    });
    // If a folder has too many entries, the typed prefix is sent as well.
    let has_more = RwSignal::new(false);
    let requested = Memo::new(move |_| if has_more.get() { path.get() } else { folder.get() });
    Effect::new(move |_| {
        let requested = requested.get();
        leptos::task::spawn_local(async move {
            // On failure there are no completions.
            if let Ok(response) = complete_path(requested).await {
                let _ = found.try_set(response.items);
                let _ = has_more.try_update(|more| *more |= response.has_more);
            }
        });
    });
    found.into()
}

/// The validation result of the current text; `None` while it is empty or unchecked.
fn use_check(path: RwSignal<String>) -> ReadSignal<Option<PathCheck>> {
    let check = RwSignal::new(None);
    let toasts = use_toasts();
    let ask = Action::new(|path: &String| {
        let path = path.clone();
        async move { (path.clone(), check_script_path(path).await) }
    });
    let debounce = Debounce::new();
    Effect::new(move |_| {
        let text = path.get();
        check.set(None);
        if !text.trim().is_empty() {
            debounce.after(PAUSE, move || {
                ask.dispatch(text);
            });
        } else {
            debounce.cancel();
        }
    });
    Effect::new(move |_| {
        // Responses to an older text are ignored.
        let response: Option<(String, Result<PathCheck, AppError>)> = ask.value().get();
        match response {
            Some((requested, Ok(found))) if path.get_untracked() == requested => {
                check.set(Some(found));
            }
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
            <Button icon=Icon::Folder busy=opener.pending() on_click=move |_| opener.open(Target::FilePicker)>
                {t.launcher().browse}
            </Button>
        }
    };
    let content = move |overview: Signal<Overview>| {
        let has_picker = Memo::new(move |_| overview.with(|it| it.native_file_picker));
        (move || has_picker.get().then(button)).into_any()
    };
    view! { <Live of=overview lines=0 quiet=true view=content/> }
}
