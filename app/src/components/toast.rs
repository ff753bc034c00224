//! Toasts: short notifications, announced by assistive technology.

use std::time::Duration;

use leptos::prelude::*;

use super::{Icon, IconButton, IconView};
use crate::AppError;
use crate::i18n::use_messages;

/// How long a success message is visible. Errors stay until they are dismissed.
const SUCCESS_DURATION: Duration = Duration::from_secs(5);
/// Maximum number of messages; the oldest are dropped.
const MAX_TOASTS: usize = 4;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Toast {
    key: u64,
    text: String,
    bad: bool,
}

/// Handle to the visible messages; cheap to copy.
#[derive(Clone, Copy)]
pub struct Toasts {
    visible: RwSignal<Vec<Toast>>,
    next_key: StoredValue<u64>,
}

impl Toasts {
    /// Reports a success.
    pub fn done(self, text: impl Into<String>) {
        let key = self.push(text.into(), false);
        set_timeout(move || self.dismiss(key), SUCCESS_DURATION);
    }

    /// Reports an error.
    pub fn error(self, error: &AppError) {
        self.push(error.to_string(), true);
    }

    /// Reports the error of a result, if it is one.
    pub fn report<T>(self, response: &Result<T, AppError>) {
        if let Err(error) = response {
            self.error(error);
        }
    }

    fn push(self, text: String, bad: bool) -> u64 {
        let key = self.next_key.get_value();
        self.next_key.set_value(key + 1);
        self.visible.update(|visible| {
            visible.push(Toast { key, text, bad });
            let surplus = visible.len().saturating_sub(MAX_TOASTS);
            visible.drain(..surplus);
        });
        key
    }

    fn dismiss(self, key: u64) {
        let _ = self.visible.try_update(|visible| visible.retain(|toast| toast.key != key));
    }
}

/// Provides the toasts as a context.
pub fn provide_toasts() {
    provide_context(Toasts { visible: RwSignal::new(Vec::new()), next_key: StoredValue::new(0) });
}

/// The toasts of the application.
///
/// # Panics
/// Outside of the application's frame.
#[must_use]
pub fn use_toasts() -> Toasts {
    expect_context::<Toasts>()
}

/// The region that displays the messages; rendered once, by the frame.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let t = use_messages();
    let toasts = use_toasts();
    let one = move |toast: Toast| {
        let icon = if toast.bad { Icon::Alert } else { Icon::CheckCircle };
        view! {
            <li class="toast" class:toast--bad=toast.bad>
                <IconView icon/>
                <span class="toast__text">{toast.text}</span>
                <IconButton icon=Icon::Cross label=t.common().dismiss on_click=move |_| toasts.dismiss(toast.key)/>
            </li>
        }
    };
    view! {
        <section aria-label=t.common().notifications>
            <ol class="toasts" aria-live="polite">
                <For each=move || toasts.visible.get() key=|toast| toast.key children=one/>
            </ol>
        </section>
    }
}
