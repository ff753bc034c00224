//! The browser entry point: [`hydrate`] and nothing else.

// Views are one nested type each.
#![recursion_limit = "512"]

/// Takes over the page that the server rendered, and marks it as taken over.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
    if let Some(root) = leptos::prelude::document().document_element() {
        // For whoever must wait until clicks are heard; the page itself does not depend on it.
        let _ = root.set_attribute("data-hydrated", "");
    }
}
