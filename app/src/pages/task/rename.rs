//! The dialog that renames the task.

use common::TaskName;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::api::rename_task;
use super::state::use_task;
use crate::components::{Button, ButtonKind, Dialog, TextField};
use crate::i18n::use_messages;
use crate::url_query::{UrlQuery, task_path};

/// The dialog; the name is validated while it is typed.
#[component]
pub(super) fn RenameDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let t = use_messages();
    let state = use_task();
    let (name, refused, busy) =
        (RwSignal::new(String::new()), RwSignal::new(None), RwSignal::new(false));
    let navigate = use_navigate();
    let search = use_location().search;
    Effect::new(move |_| {
        if open.get() {
            name.set(state.name());
            refused.set(None);
        }
    });
    let error = Signal::derive(move || {
        refused
            .get()
            .or_else(|| name.with(|name| TaskName::new(name).err()).map(|error| error.to_string()))
    });
    let typed = move |text: String| {
        refused.set(None);
        name.set(text);
    };
    let rename = Callback::new(move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (ws, new_name, navigate) =
            (state.ws.get_untracked(), name.get_untracked(), navigate.clone());
        busy.set(true);
        let old_name = state.name();
        spawn_local(async move {
            let response = rename_task(ws, old_name, new_name).await;
            busy.set(false);
            match response {
                Ok(task) => {
                    open.set(false);
                    let search = search.with_untracked(|raw| UrlQuery::parse(raw).to_search());
                    let options = NavigateOptions { replace: true, ..Default::default() };
                    navigate(&task_path(&task.name, &search), options);
                }
                Err(error) => refused.set(Some(error.to_string())),
            }
        });
    });
    view! {
        <Dialog open title=t.task().rename_title>
            <form class="dialog__form" on:submit=move |event| rename.run(event)>
                <TextField id="new-name" label=t.task().rename_label value=name on_input=typed
                    help=t.task().rename_help error/>
                <div class="dialog__actions">
                    <Button on_click=move |_| open.set(false)>{t.common().cancel}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy
                        disabled=Signal::derive(move || error.with(Option::is_some))>
                        {t.task().rename}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}
