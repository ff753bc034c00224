//! The confirmation before tasks are moved to the trash.

use leptos::prelude::*;

use super::state::use_manager;
use crate::components::{Button, ButtonKind, Dialog, Icon};
use crate::i18n::use_messages;

/// Maximum number of listed names.
const MAX_NAMES: usize = 6;

/// The dialog; open while there are tasks to confirm.
#[component]
pub(super) fn ConfirmDelete() -> impl IntoView {
    let t = use_messages();
    let to_delete = use_manager().to_delete;
    let manager = use_manager();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(to_delete.with(|names| !names.is_empty())));
    Effect::new(move |_| {
        if !open.get() && to_delete.with_untracked(|names| !names.is_empty()) {
            to_delete.set(Vec::new());
        }
    });
    let title = Signal::derive(move || (t.manager().delete_title)(to_delete.with(Vec::len)));
    let confirm = move |_| manager.delete(to_delete.try_update(std::mem::take).unwrap_or_default());
    view! {
        <Dialog open title>
            <p>{t.manager().delete_text}</p>
            <ul class="name-list">
                {move || {
                    let names = to_delete.get();
                    let more = names.len().saturating_sub(MAX_NAMES);
                    let first = names.into_iter().take(MAX_NAMES).map(|name| view! { <li>{name}</li> });
                    let rest = (more > 0).then(|| view! { <li>{(t.manager().and_more)(more)}</li> });
                    (first.collect_view(), rest)
                }}
            </ul>
            <div class="dialog__actions">
                <Button on_click=move |_| open.set(false)>{t.common().cancel}</Button>
                <Button kind=ButtonKind::Danger icon=Icon::Trash on_click=confirm>{t.manager().delete}</Button>
            </div>
        </Dialog>
    }
}
