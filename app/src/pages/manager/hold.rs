//! Holds the order of the list while the user is in it, and displays the button that applies the new order.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::list_element::{LIST_ID, is_in_use};
use super::state::{Manager, use_manager};
use crate::components::handler::mouse;
use crate::i18n::use_messages;

/// Interval of checks whether the user is still in the list. Removing a hovered or focused row
/// fires no event.
const CHECK_INTERVAL: Duration = Duration::from_millis(500);

/// The container of the list, which holds the order.
#[component]
pub(super) fn HoldingList(
    /// Number of tasks that are out of place.
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
    // `:hover` and the focus are updated only after the event.
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

/// Applies the new order if the user is no longer in the list.
fn release_if_unused(manager: Manager) {
    if !is_in_use() {
        manager.apply_order(false);
    }
}

/// The number of tasks that are out of place; a click applies the new order.
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
