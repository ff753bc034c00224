//! A row of tabs. The panel is rendered by the caller.

use super::handler::mouse;
use leptos::ev;
use leptos::prelude::*;

/// One tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TabItem {
    /// The key passed to the caller.
    pub key: &'static str,
    /// The label.
    pub label: String,
}

/// A row of tabs. Arrow keys select the next or previous tab.
#[component]
pub fn Tabs(
    /// The label, for assistive technology.
    #[prop(into)]
    label: String,
    /// The tabs.
    items: Vec<TabItem>,
    /// Key of the selected tab.
    #[prop(into)]
    selected: Signal<String>,
    /// Called with the key of the new tab.
    #[prop(into)]
    on_select: Callback<String>,
) -> impl IntoView {
    let keys: Vec<&'static str> = items.iter().map(|item| item.key).collect();
    let arrows = move |event: ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => keys.len() - 1,
            _ => return,
        };
        event.prevent_default();
        let now = keys.iter().position(|key| selected.with_untracked(|it| it == key)).unwrap_or(0);
        let key = keys[(now + step) % keys.len()];
        on_select.run(key.to_owned());
        focus(&format!("tab-{key}"));
    };
    let tabs = items.into_iter().map(|TabItem { key, label }| {
        let is_selected = move || selected.with(|selected| selected == key);
        view! {
            <button
                type="button"
                role="tab"
                class="tabs__item"
                id=format!("tab-{key}")
                aria-selected=move || if is_selected() { "true" } else { "false" }
                tabindex=move || if is_selected() { "0" } else { "-1" }
                on:click=mouse(move |_| on_select.run(key.to_owned()))
            >
                {label}
            </button>
        }
    });
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=arrows>{tabs.collect_view()}</div>
    }
}

fn focus(id: &str) {
    use wasm_bindgen::JsCast;
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Fails only for a page that is not visible.
        let _ = element.focus();
    }
}
