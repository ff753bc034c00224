//! A menu that opens below its button, on the browser's own `<details>`.

use super::handler::mouse;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

/// A button with a list of links or buttons below it.
///
/// Closes on Escape, on a click outside and when an item was chosen.
#[component]
pub fn Menu(
    /// The label for assistive technology, if the content of the button is no text.
    #[prop(optional, into)]
    label: Option<String>,
    /// CSS class of the button, in addition to `menu__button`.
    #[prop(optional, into)]
    class: String,
    /// The content of the button.
    #[prop(into)]
    button: ViewFn,
    /// Set while the menu is open, for menus whose items are created only then.
    #[prop(optional)]
    opened: Option<RwSignal<bool>>,
    /// Links and buttons, each with class `menu__item`.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Details>::new();
    let toggled = move |_: ev::Event| {
        if let (Some(opened), Some(details)) = (opened, node.get_untracked()) {
            opened.set(details.open());
        }
    };
    let close = move || {
        if let Some(details) = node.get_untracked() {
            details.set_open(false);
        }
    };
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            close();
            event.stop_propagation();
        }
    };
    Effect::new(move |_| {
        let handle = window_event_listener(ev::click, move |event| {
            use wasm_bindgen::JsCast;
            let Some(details) = node.get_untracked() else { return };
            let target = event.target().and_then(|it| it.dyn_into::<web_sys::Node>().ok());
            if !details.contains(target.as_ref()) {
                details.set_open(false);
            }
        });
        on_cleanup(move || handle.remove());
    });
    view! {
        <details class="menu" node_ref=node on:keydown=keys on:toggle=toggled>
            <summary class=format!("menu__button {class}") aria-label=label>{button.run()}</summary>
            <div class="menu__list" on:click=mouse(move |_| close())>{children()}</div>
        </details>
    }
}
