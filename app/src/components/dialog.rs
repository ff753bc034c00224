//! A modal dialog on the browser's own `<dialog>`: which provides the focus trap, Escape and the backdrop.

use leptos::html;
use leptos::prelude::*;

use super::handler::{mouse, plain};
use super::{Icon, IconButton};
use crate::i18n::use_messages;

/// Shows its children while `open` is true.
#[component]
pub fn Dialog(
    /// Whether the dialog is open; set to false when the user closes it.
    open: RwSignal<bool>,
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// The body; created each time the dialog opens.
    children: ChildrenFn,
) -> impl IntoView {
    let t = use_messages();
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            // Fails only for a dialog that is not in the page, which a loaded node is.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    // A click on the dialog itself, not on what it holds, is a click on its backdrop.
    let backdrop = move |event: leptos::ev::MouseEvent| {
        let target = event.target();
        if let (Some(dialog), Some(target)) = (node.get_untracked(), target)
            && AsRef::<web_sys::EventTarget>::as_ref(&dialog) == &target
        {
            open.set(false);
        }
    };
    view! {
        <dialog
            node_ref=node
            class="dialog"
            aria-label=title
            on:close=plain(move |_| open.set(false))
            on:click=mouse(backdrop)
        >
            <div class="dialog__body">
                <header class="dialog__head">
                    <h2 class="dialog__title">{title}</h2>
                    <IconButton icon=Icon::Cross label=t.common().close on_click=move |_| open.set(false)/>
                </header>
                {move || open.get().then(|| children())}
            </div>
        </dialog>
    }
}
