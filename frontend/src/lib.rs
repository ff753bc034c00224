//! The browser entry point: [`hydrate`] and nothing else.

// Views are one nested type each.
#![recursion_limit = "512"]

/// Takes over the page that the server rendered, and marks it as taken over.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    let page = leptos::prelude::document();
    let (Some(root), Some(body)) = (page.document_element(), page.body()) else { return };
    wasm_bindgen_futures::spawn_local(async move {
        // Waits for the module of the page that is open.
        leptos::mount::hydrate_from_async(body, app::App).await.forget();
        // For whoever must wait until clicks are heard; the page itself does not depend on it.
        let _ = root.set_attribute("data-hydrated", "");
    });
}
