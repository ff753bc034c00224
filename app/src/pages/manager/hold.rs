//! When the order of the list holds still, and the button that lets it go.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::state::{Manager, use_manager};
use crate::components::handler::mouse;
use crate::i18n::use_messages;

/// The id of the element around the list.
const LIST_ID: &str = "task-list";
/// How often it is looked whether anybody is still in the list. A row that vanishes under the pointer,
/// or with the focus in it, tells nobody.
const LOOK: Duration = Duration::from_millis(500);

/// Whether the pointer, or what is done by keyboard, is in the list. Fingers do not stay anywhere, and
/// a button that was clicked keeps the focus without anybody being there.
pub(super) fn is_watched() -> bool {
    // The server renders the list for nobody in particular.
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

/// Brings what is done by keyboard into the list, and leaves the page where it is.
pub(super) fn focus_list() {
    let list = document().get_element_by_id(LIST_ID);
    let list = list.and_then(|list| list.dyn_into::<web_sys::HtmlElement>().ok());
    let Some(list) = list.filter(|list| !list.contains(document().active_element().as_deref()))
    else {
        return;
    };
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // Refused only by a page that is not shown.
    let _ = list.focus_with_options(&options);
}

/// The place of the list: in it, the order holds still.
#[component]
pub(super) fn HoldingList(
    /// How many tasks stand elsewhere by now.
    changed: Memo<usize>,
    /// The list.
    children: Children,
) -> impl IntoView {
    let manager = use_manager();
    Effect::new(move |_| {
        if changed.get() > 0 {
            let look = set_interval_with_handle(move || let_go(manager), LOOK);
            on_cleanup(move || look.into_iter().for_each(|look| look.clear()));
        }
    });
    // The pointer is outside, and the focus elsewhere, only after the event.
    let left = move || request_animation_frame(move || let_go(manager));
    let pointer_left = move |_: ev::PointerEvent| left();
    let focus_left = move |_: ev::FocusEvent| left();
    view! {
        <div class="held-list" id=LIST_ID tabindex="-1" on:pointerleave=pointer_left on:focusout=focus_left>
            <ChangedPill changed/>
            {children()}
        </div>
    }
}

/// Shows the tasks in their order once nobody is in the list any more.
fn let_go(manager: Manager) {
    if !is_watched() {
        manager.apply_order(false);
    }
}

/// How many tasks have changed their place; a click shows them there.
#[component]
fn ChangedPill(changed: Memo<usize>) -> impl IntoView {
    let t = use_messages().manager();
    let manager = use_manager();
    let pill = move || {
        let count = changed.get();
        let apply = mouse(move |_| manager.apply_order(true));
        (count > 0).then(|| {
            view! {
                <button type="button" class="held-list__pill" title=t.order_changed_help on:click=apply>
                    {(t.order_changed)(count)}
                </button>
            }
        })
    };
    view! { <div class="held-list__top" role="status">{pill}</div> }
}
