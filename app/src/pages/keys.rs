//! Keyboard shortcuts of a page.

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Calls `act` with the key (`KeyboardEvent.key`) of every key press without a modifier and outside fields,
/// dialogs and menus. `act` returns whether it has handled the key. Browser only.
pub(crate) fn on_plain_key(act: impl Fn(&str, &web_sys::Element) -> bool + 'static) {
    let act = Rc::new(act);
    Effect::new(move |_| {
        let act = act.clone();
        let handle = window_event_listener(ev::keydown, move |event| {
            let Some(target) = plain_target(&event) else { return };
            if act(&event.key(), &target) {
                event.prevent_default();
            }
        });
        on_cleanup(move || handle.remove());
    });
}

fn plain_target(event: &ev::KeyboardEvent) -> Option<web_sys::Element> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() {
        return None;
    }
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let busy =
        "input:not([type=checkbox]), textarea, select, dialog, details[open], [contenteditable]";
    (!is_inside(&target, busy)).then_some(target)
}

/// Whether an element matches a selector or is inside an element that does.
pub(crate) fn is_inside(element: &web_sys::Element, selector: &str) -> bool {
    element.closest(selector).ok().flatten().is_some()
}

/// Focuses the field with this id. Browser only.
pub(crate) fn focus(id: &str) {
    let field = document().get_element_by_id(id);
    if let Some(field) = field.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Fails only for a page that is not visible.
        let _ = field.focus();
    }
}
