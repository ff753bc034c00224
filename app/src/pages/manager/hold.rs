//! When the order of the list holds still, and the button that lets it go.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::list_element::{LIST_ID, is_in_use};
use super::state::{Manager, use_manager};
use crate::components::handler::mouse;
use crate::i18n::use_messages;

/// How often it is looked whether anybody is still in the list. A row that vanishes under the pointer,
/// or with the focus in it, tells nobody.
const CHECK_INTERVAL: Duration = Duration::from_millis(500);

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
            let interval =
                set_interval_with_handle(move || release_if_unused(manager), CHECK_INTERVAL);
            on_cleanup(move || interval.into_iter().for_each(|interval| interval.clear()));
        }
    });
    // The pointer is outside, and the focus elsewhere, only after the event.
    let left = move || request_animation_frame(move || release_if_unused(manager));
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
fn release_if_unused(manager: Manager) {
    if !is_in_use() {
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
