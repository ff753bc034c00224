//! The actions of the task page.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use super::rename::RenameDialog;
use super::state::use_task;
use crate::components::IconView;
use crate::components::handler::mouse;
use crate::components::{Button, ButtonKind, Dialog, Icon, LinkButton, Menu};
use crate::i18n::use_messages;
use crate::pages::manager::api::delete_tasks;
use crate::state::workspace::with_ws;
use crate::url_query::UrlQuery;

/// Run or cancel, a link to the Monitor, and a menu of further actions.
#[component]
pub(super) fn TaskActions() -> impl IntoView {
    let t = use_messages().manager();
    let state = use_task();
    let active = Memo::new(move |_| state.task.with(|task| task.status.is_active()));
    let fresh = Memo::new(move |_| state.task.with(|task| task.run_index == 0));
    let watch = Signal::derive(move || {
        let query =
            UrlQuery::default().with("task", Some(&state.task.with(|task| task.name.clone())));
        format!("/monitor{}", query.with("ws", state.ws.get().as_deref()).to_search())
    });
    let go = move || {
        if active.get() {
            return view! { <Button icon=Icon::Stop on_click=move |_| state.cancel()>{t.cancel}</Button> }.into_any();
        }
        let (icon, word) = if fresh.get() { (Icon::Play, t.run) } else { (Icon::Refresh, t.rerun) };
        view! { <Button kind=ButtonKind::Primary icon on_click=move |_| state.run()>{word}</Button> }.into_any()
    };
    view! {
        {go}
        <LinkButton href=watch icon=Icon::Terminal>{t.monitor}</LinkButton>
        <MoreActions/>
    }
}

#[component]
fn MoreActions() -> impl IntoView {
    let t = use_messages();
    let state = use_task();
    let (renaming, deleting) = (RwSignal::new(false), RwSignal::new(false));
    let active = Memo::new(move |_| state.task.with(|task| task.status.is_active()));
    let pin = move || {
        let pinned = state.task.with(|task| task.pinned);
        if pinned { t.manager().unpin } else { t.manager().pin }
    };
    let start_from = move || {
        let value =
            state.task.with(|task| format!("tasks/{}/{}", task.name, task.task_kind.config_file()));
        let query = UrlQuery::default().with("template", Some(&value));
        format!("/generator{}", query.with("ws", state.ws.get().as_deref()).to_search())
    };
    view! {
        <Menu label=t.common().more class="button button--icon" button=|| view! { <IconView icon=Icon::Dots/> }>
            <a class="menu__item" href=start_from><IconView icon=Icon::Wand/>{t.task().start_from}</a>
            <button type="button" class="menu__item" on:click=mouse(move |_| state.toggle_pin())>
                <IconView icon=Icon::Pin/>{pin}
            </button>
            <button type="button" class="menu__item" disabled=active on:click=mouse(move |_| renaming.set(true))>
                <IconView icon=Icon::Pencil/>{t.task().rename}
            </button>
            <button type="button" class="menu__item menu__item--danger" on:click=mouse(move |_| deleting.set(true))>
                <IconView icon=Icon::Trash/>{t.manager().delete}
            </button>
        </Menu>
        <RenameDialog open=renaming/>
        <DeleteDialog open=deleting/>
    }
}

#[component]
fn DeleteDialog(open: RwSignal<bool>) -> impl IntoView {
    let t = use_messages();
    let state = use_task();
    let navigate = use_navigate();
    let delete = Callback::new(move |()| {
        let (ws, names, navigate) =
            (state.ws.get_untracked(), vec![state.name()], navigate.clone());
        open.set(false);
        spawn_local(async move {
            match delete_tasks(ws.clone(), names).await {
                Ok(_) => {
                    state.toasts.done((t.manager().deleted)(1));
                    navigate(&with_ws("/tasks", ws.as_deref()), Default::default());
                }
                Err(error) => state.toasts.error(&error),
            }
        });
    });
    view! {
        <Dialog open title=(t.manager().delete_title)(1)>
            <p>{t.manager().delete_text}</p>
            <ul class="name-list"><li>{move || state.name()}</li></ul>
            <div class="dialog__actions">
                <Button on_click=move |_| open.set(false)>{t.common().cancel}</Button>
                <Button kind=ButtonKind::Danger icon=Icon::Trash on_click=move |_| delete.run(())>
                    {t.manager().delete}
                </Button>
            </div>
        </Dialog>
    }
}
