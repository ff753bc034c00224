//! Keyboard shortcuts of the Manager.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::list_element::focus_list;
use super::selection::{Selection, moved};
use super::shortcut::Shortcut;
use super::state::Manager;
use crate::pages::keys::{focus, is_inside, on_plain_key};
use crate::url_query::{UrlQuery, task_path};

/// The id of the search field.
pub(super) const SEARCH_ID: &str = "task-search";

/// Listens while the page exists.
pub(super) fn listen_to_keys(manager: Manager) {
    let navigate = use_navigate();
    let open = move |name: String| {
        let ws = manager.ws.get_untracked();
        let search = UrlQuery::default().with("ws", ws.as_deref()).to_search();
        navigate(&task_path(&name, &search), Default::default());
    };
    on_plain_key(move |key, target| {
        let Some(shortcut) = Shortcut::of_key(key) else { return false };
        // A focused link or button handles Enter itself.
        if shortcut == Shortcut::Open && is_inside(target, "a, button, input, summary") {
            return false;
        }
        act(manager, &open, shortcut);
        true
    });
}

fn act(manager: Manager, open: &impl Fn(String), shortcut: Shortcut) {
    let cursor = manager.cursor.get_untracked();
    match (shortcut, cursor) {
        (Shortcut::Move(step), cursor) => {
            if let Some(next) = moved(&manager.names(), cursor.as_deref(), step) {
                manager.cursor.set(Some(next));
                focus_list();
                request_animation_frame(reveal);
            }
        }
        (Shortcut::Choose, Some(name)) => manager.selection.update(|all| all.toggle(&name)),
        (Shortcut::Open, Some(name)) => open(name),
        (Shortcut::Choose | Shortcut::Open, None) => {}
        (Shortcut::Search, _) => focus(SEARCH_ID),
        (Shortcut::Run, _) => on_targets(manager, Manager::run),
        (Shortcut::Cancel, _) => on_targets(manager, Manager::cancel),
        (Shortcut::Clear, _) => manager.selection.update(Selection::clear),
    }
}

fn on_targets(manager: Manager, verb: fn(Manager, Vec<String>)) {
    let targets = manager.targets();
    if !targets.is_empty() {
        verb(manager, targets);
    }
}

/// Scrolls the row under the cursor into view.
fn reveal() {
    let Ok(Some(row)) = document().query_selector(".task-row--here, .task-card--here") else {
        return;
    };
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    row.scroll_into_view_with_scroll_into_view_options(&options);
}
