//! The DOM element around the list of tasks: whether the user is in it, and moving the focus to it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The id of the element around the list.
pub(super) const LIST_ID: &str = "task-list";

/// Whether the pointer or the keyboard focus is in the list. Touch has no hover, and
/// a clicked button keeps the focus without the user being in the list.
pub(super) fn is_in_use() -> bool {
    // The server has no user input.
    if cfg!(feature = "ssr") {
        return false;
    }
    let Some(list) = document().get_element_by_id(LIST_ID) else { return false };
    let has_pointer = window()
        .match_media("(hover: hover)")
        .is_ok_and(|media| media.is_some_and(|media| media.matches()));
    let is = |selector: &str| list.matches(selector).unwrap_or(false);
    let holds = |selector: &str| list.query_selector(selector).is_ok_and(|found| found.is_some());
    has_pointer && is(":hover") || is(":focus-visible") || holds(":focus-visible")
}

/// Focuses the list without scrolling the page.
pub(super) fn focus_list() {
    let list = document().get_element_by_id(LIST_ID);
    let list = list.and_then(|list| list.dyn_into::<web_sys::HtmlElement>().ok());
    let Some(list) = list.filter(|list| !list.contains(document().active_element().as_deref()))
    else {
        return;
    };
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // Fails only for a page that is not visible.
    let _ = list.focus_with_options(&options);
}
