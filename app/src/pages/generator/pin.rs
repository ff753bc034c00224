//! The button that pins a parameter to the top of the form.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::pin_params;
use super::state::GeneratorState;
use crate::components::{Icon, IconButton, use_toasts};
use crate::i18n::use_messages;
use crate::state::workspace::use_ws;

/// Pins or unpins a parameter; stored in the project's settings.
#[component]
pub(super) fn PinButton(
    /// Its dotted key.
    key_: String,
) -> impl IntoView {
    let t = use_messages();
    let state = expect_context::<GeneratorState>();
    let (ws, toasts) = (use_ws(), use_toasts());
    let own = key_.clone();
    let is_pinned = Memo::new(move |_| state.pinned.with(|keys| keys.contains(&own)));
    let name = key_.clone();
    let label = Signal::derive(move || {
        let words = if is_pinned.get() { t.generator().unpin } else { t.generator().pin };
        format!("{words} {name}")
    });
    let toggle = move |_| {
        let mut keys = state.pinned.get_untracked();
        match keys.iter().position(|key| *key == key_) {
            Some(at) => drop(keys.remove(at)),
            None => keys.push(key_.clone()),
        }
        state.pinned.set(keys.clone());
        let ws = ws.get_untracked();
        spawn_local(async move {
            if let Err(error) = pin_params(ws, keys).await {
                toasts.error(&error);
            }
        });
    };
    view! {
        <span class="row__pin" class:row__pin--on=is_pinned>
            <IconButton icon=Icon::Pin label on_click=toggle/>
        </span>
    }
}
