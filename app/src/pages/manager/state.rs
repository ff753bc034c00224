//! The shared state of the Manager: view, rows, selection, actions.

use std::collections::HashSet;

use common::Task;
use common::live::Change;
use common::page::{TaskPage, TaskQuery};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{delete_tasks, list_page, run_tasks};
use super::list_element::is_in_use;
use super::listed::{ListKey, ListedTasks};
use super::selection::Selection;
use super::view::View;
use crate::AppError;
use crate::components::{Toasts, use_toasts};
use crate::i18n::{Messages, use_messages};
use crate::pages::live_rows::{self, TaskRow};
use crate::pages::task::api::{cancel_task, pin_task};
use crate::remote::{Remote, remote};
use crate::state::live::use_live;
use crate::state::page_url::use_page_url;
use crate::state::workspace::use_ws;
use crate::url_query::UrlQuery;

/// Delay between a change and fetching the page again.
const REFRESH_GAP: std::time::Duration = std::time::Duration::from_millis(400);

/// The number of the request, which makes every response different from the last one, and the tasks.
///
/// A response that equals the last one matters: it may apply an order that was held.
pub(super) type ListResponse = (u64, TaskPage);

/// Handle to the state; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Manager {
    pub(super) ws: Memo<Option<String>>,
    pub(super) view: Memo<View>,
    set_view: Callback<View>,
    pub(super) page: Remote<Result<ListResponse, AppError>>,
    reload: RwSignal<u64>,
    /// The requested tasks and page number.
    request: Memo<(TaskQuery, u64)>,
    /// Incremented when the new order must be displayed immediately, even while the user is in the list.
    order_version: StoredValue<u64>,
    /// Incremented when a held order is to be checked again.
    pub(super) recheck: RwSignal<u64>,
    /// Names of removed tasks.
    removed: StoredValue<HashSet<String>>,
    /// The displayed rows, in order.
    pub(super) rows: RwSignal<Vec<TaskRow>>,
    pub(super) selection: RwSignal<Selection>,
    /// The task under the keyboard cursor.
    pub(super) cursor: RwSignal<Option<String>>,
    /// Tasks to be deleted after confirmation.
    pub(super) to_delete: RwSignal<Vec<String>>,
    toasts: Toasts,
    texts: Messages,
}

/// Provides the state of a Manager page.
pub(super) fn provide_manager() -> Manager {
    let ws = use_ws();
    let url = use_page_url();
    let search = url.search();
    let view = Memo::new(move |_| search.with(|raw| View::read(&UrlQuery::parse(raw))));
    let set_view = Callback::new(move |view: View| {
        url.set_query(&view.write(url.query()), true);
    });
    let reload = RwSignal::new(0_u64);
    // Another layout needs no new request.
    let request = Memo::new(move |_| view.with(|view| (view.task_query(), view.page)));
    let page = remote(
        move || (ws.get(), request.get(), reload.get()),
        |(ws, (query, page), number)| async move {
            list_page(ws, query, page).await.map(|page| (number, page))
        },
    );
    let manager = Manager {
        ws,
        view,
        set_view,
        page,
        reload,
        request,
        order_version: StoredValue::new(0),
        recheck: RwSignal::new(0),
        removed: StoredValue::default(),
        rows: RwSignal::new(Vec::new()),
        selection: RwSignal::default(),
        cursor: RwSignal::new(None),
        to_delete: RwSignal::new(Vec::new()),
        toasts: use_toasts(),
        texts: use_messages(),
    };
    manager.listen();
    provide_context(manager);
    manager
}

/// The state of the page around the calling component.
pub(super) fn use_manager() -> Manager {
    expect_context::<Manager>()
}

impl Manager {
    /// Changes the view, and stores it in the URL.
    pub(super) fn show(self, change: impl FnOnce(View) -> View) {
        let view = change(self.view.get_untracked());
        if view != self.view.get_untracked() {
            self.set_view.run(view);
        }
    }

    /// Names of the displayed tasks, in order.
    pub(super) fn names(self) -> Vec<String> {
        self.rows.with_untracked(|rows| rows.iter().map(|row| row.name.clone()).collect())
    }

    /// The selected tasks, or the one under the cursor.
    pub(super) fn targets(self) -> Vec<String> {
        let chosen = self.selection.with_untracked(|all| all.in_order(&self.names()));
        if chosen.is_empty() { self.cursor.get_untracked().into_iter().collect() } else { chosen }
    }

    /// Queues tasks.
    pub(super) fn run(self, names: Vec<String>) {
        self.act(move |ws| async move {
            let response = run_tasks(ws, names).await?;
            let count = usize::try_from(response.count).unwrap_or(usize::MAX);
            Ok((self.texts.manager().started)(count))
        });
    }

    /// Cancels the queued and running ones of the tasks.
    pub(super) fn cancel(self, names: Vec<String>) {
        let names: Vec<String> =
            names.into_iter().filter(|name| self.may_be_active(name)).collect();
        self.act(move |ws| async move {
            let texts = self.texts.manager();
            if names.is_empty() {
                return Ok(texts.nothing_to_cancel.to_owned());
            }
            let count = names.len();
            for name in names {
                cancel_task(ws.clone(), name).await?;
            }
            Ok((texts.cancelled)(count))
        });
    }

    /// Opens the confirmation; see [`Self::delete`].
    pub(super) fn ask_delete(self, names: Vec<String>) {
        self.to_delete.set(names);
    }

    /// Moves tasks into the trash.
    pub(super) fn delete(self, names: Vec<String>) {
        self.act(move |ws| async move {
            let response = delete_tasks(ws, names).await?;
            self.selection
                .update(|all| response.deleted.iter().for_each(|name| all.forget(name.as_str())));
            self.refresh_at_once();
            Ok((self.texts.manager().deleted)(response.deleted.len()))
        });
    }

    /// Pins or unpins a task.
    pub(super) fn pin(self, name: String, pinned: bool) {
        let ws = self.ws.get_untracked();
        spawn_local(async move {
            self.toasts.report(&pin_task(ws, name, pinned).await);
            self.refresh_at_once();
        });
    }

    /// The rows for a response: in its order, unless the user is in the list.
    pub(super) fn listed(self, old: Option<&ListedTasks>, items: &[Task]) -> ListedTasks {
        let (query, page) = self.request.get_untracked();
        let (ws, order_version) = (self.ws.get_untracked(), self.order_version.get_value());
        let key = ListKey { ws, query, page, order_version };
        self.removed.with_value(|removed| ListedTasks::after(old, key, items, removed, is_in_use()))
    }

    /// Applies the new order if the user is not in the list, or in any case with `force`.
    pub(super) fn apply_order(self, force: bool) {
        if force {
            let _ = self.order_version.try_update_value(|count| *count += 1);
        }
        let _ = self.recheck.try_update(|count| *count += 1);
    }

    /// Fetches the page after a user action, and displays the new order immediately.
    fn refresh_at_once(self) {
        let _ = self.order_version.try_update_value(|count| *count += 1);
        self.refresh();
    }

    /// Fetches the page.
    fn refresh(self) {
        let _ = self.reload.try_update(|count| *count += 1);
    }

    fn may_be_active(self, name: &str) -> bool {
        let active = |row: &TaskRow| row.task.with_untracked(|task| task.status.is_active());
        self.rows.with_untracked(|rows| rows.iter().find(|row| row.name == name).is_none_or(active))
    }

    fn act<F>(self, work: impl FnOnce(Option<String>) -> F + 'static)
    where
        F: Future<Output = Result<String, AppError>> + 'static,
    {
        let ws = self.ws.get_untracked();
        spawn_local(async move {
            match work(ws).await {
                Ok(text) => self.toasts.done(text),
                Err(error) => self.toasts.error(&error),
            }
        });
    }

    fn listen(self) {
        let waiting = StoredValue::new(false);
        use_live().on(move |change| {
            let ws = self.ws.get_untracked();
            let here = |workspace: &str| {
                self.rows.with_untracked(|rows| {
                    live_rows::is_same_workspace(rows, ws.as_deref(), workspace)
                })
            };
            match change {
                // Events were missed, so the rows may be stale.
                Change::Hello { .. } | Change::Resync => {
                    self.order_version.update_value(|count| *count += 1);
                }
                Change::TaskRemoved { workspace, name } if here(workspace) => {
                    self.removed.update_value(|removed| {
                        removed.insert(name.clone());
                    });
                }
                Change::TaskAdded { task, .. } => {
                    self.removed.update_value(|removed| {
                        removed.remove(&task.name);
                    });
                }
                _ => {}
            }
            let result =
                self.rows.with_untracked(|rows| live_rows::patch(rows, ws.as_deref(), change));
            if result == live_rows::PatchResult::Stale && !waiting.get_value() {
                waiting.set_value(true);
                let refresh = move || {
                    // The page may have been disposed.
                    let _ = waiting.try_set_value(false);
                    self.refresh();
                };
                set_timeout(refresh, REFRESH_GAP);
            }
        });
    }
}
