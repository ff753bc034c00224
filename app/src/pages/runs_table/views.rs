//! The menu of saved views.

use common::runs::RunsView;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{delete_view, list_views, save_view};
use super::state::use_table;
use super::view::TableView;
use crate::components::handler::mouse;
use crate::components::{Button, ButtonKind, Dialog, Icon, IconView, Menu, TextField};
use crate::i18n::use_messages;
use crate::url_query::UrlQuery;

/// The key in a view's `display`, which holds the query of the page's URL.
const URL: &str = "url";

/// Opens, saves and deletes views.
#[component]
pub(super) fn ViewsMenu() -> impl IntoView {
    let t = use_messages().runs();
    let table = use_table();
    let views = RwSignal::new(Vec::<RunsView>::new());
    let saving = RwSignal::new(false);
    Effect::new(move |_| {
        let ws = table.ws.get();
        spawn_local(async move {
            if let Ok(list) = list_views(ws).await {
                let _ = views.try_set(list.items);
            }
        });
    });
    let item = move |stored: RunsView| {
        let name = StoredValue::new(stored.name.clone());
        let open = move |_| {
            let url = stored.display.get(URL).and_then(|it| it.as_str()).unwrap_or_default();
            let view = TableView::read(&UrlQuery::parse(url));
            table.show(|_| view);
        };
        let forget = move |event: ev::MouseEvent| {
            event.stop_propagation();
            let ws = table.ws.get_untracked();
            let name = name.get_value();
            spawn_local(async move {
                match delete_view(ws, name).await {
                    Ok(list) => views.set(list.items),
                    Err(error) => table.toasts.error(&error),
                }
            });
        };
        view! {
            <div class="views__item">
                <button type="button" class="menu__item" on:click=mouse(open)>
                    <IconView icon=Icon::Bookmark/>{name.get_value()}
                </button>
                <button type="button" class="button button--quiet button--icon" title=t.forget_view
                    aria-label=(t.forget)(&name.get_value()) on:click=mouse(forget)>
                    <IconView icon=Icon::Cross/>
                </button>
            </div>
        }
    };
    view! {
        <Menu class="button" button=move || view! { <IconView icon=Icon::Bookmark/><span class="button__text">{t.views}</span> }>
            {move || views.get().into_iter().map(item).collect_view()}
            <button type="button" class="menu__item menu__item--apart" on:click=mouse(move |_| saving.set(true))>
                <IconView icon=Icon::Plus/>{t.save_view_title}
            </button>
            <button type="button" class="menu__item" on:click=mouse(move |_| table.show(|view| TableView { charts: view.charts, ..TableView::default() }))>
                <IconView icon=Icon::Reset/>{t.usual_view}
            </button>
        </Menu>
        <SaveDialog open=saving views/>
    }
}

#[component]
fn SaveDialog(open: RwSignal<bool>, views: RwSignal<Vec<RunsView>>) -> impl IntoView {
    let t = use_messages();
    let table = use_table();
    let name = RwSignal::new(String::new());
    let save = Callback::new(move |()| {
        let view = table.view.get_untracked();
        let url = view.write(UrlQuery::default()).to_search();
        let stored = RunsView {
            name: name.get_untracked().trim().to_owned(),
            query: view.runs_query(view.columns.clone().unwrap_or_default(), Vec::new()),
            display: [(URL.to_owned(), url.into())].into_iter().collect(),
        };
        let ws = table.ws.get_untracked();
        spawn_local(async move {
            match save_view(ws, stored).await {
                Ok(list) => {
                    views.set(list.items);
                    open.set(false);
                    table.toasts.done(t.runs().view_saved.to_owned());
                }
                Err(error) => table.toasts.error(&error),
            }
        });
    });
    let empty = Signal::derive(move || name.with(|name| name.trim().is_empty()));
    view! {
        <Dialog open title=t.runs().save_view_title>
            <form class="dialog__form" on:submit=move |event| {
                event.prevent_default();
                if !empty.get_untracked() {
                    save.run(());
                }
            }>
                <TextField id="view-name" label=t.runs().view_name value=name
                    on_input=move |text| name.set(text) help=t.runs().view_help.to_owned()/>
                <div class="dialog__actions">
                    <Button on_click=move |_| open.set(false)>{t.common().cancel}</Button>
                    <Button kind=ButtonKind::Primary submit=true disabled=empty>{t.runs().keep}</Button>
                </div>
            </form>
        </Dialog>
    }
}
