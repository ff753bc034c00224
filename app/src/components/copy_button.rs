//! A button that copies a text.

use std::time::Duration;

use leptos::prelude::*;

use super::dynamic::{self, part};
use super::handler::mouse;
use super::{Icon, IconView};
use crate::i18n::use_messages;

/// Copies `text` and confirms it for 1.5 s.
#[component]
pub fn CopyButton(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// The label for assistive technology; the default is "copy".
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let t = use_messages();
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let promise = window().navigator().clipboard().write_text(&text.get_untracked());
        leptos::task::spawn_local(async move {
            if wasm_bindgen_futures::JsFuture::from(promise).await.is_ok() {
                let _ = copied.try_set(true);
                let forget = move || {
                    let _ = copied.try_set(false);
                };
                set_timeout(forget, Duration::from_millis(1500));
            }
        });
    };
    let label = label.unwrap_or_else(|| t.common().copy.to_owned());
    let label_text =
        move || if copied.get() { t.common().copied.to_owned() } else { label.clone() };
    let title = dynamic::text(label_text.clone());
    view! {
        <button type="button" class="button button--quiet button--icon" title=title aria-label=dynamic::text(label_text) on:click=mouse(copy)>
            {part(move || {
                let icon = if copied.get() { Icon::Check } else { Icon::Copy };
                view! { <IconView icon/> }
            })}
        </button>
    }
}
