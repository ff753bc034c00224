//! A sleep for async code in the browser.

/// Sleeps for `duration_ms` milliseconds. Browser only.
pub async fn pause(duration_ms: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        // Setting a timer cannot fail.
        let _ = leptos::prelude::window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, duration_ms);
    });
    // The promise is never rejected.
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}
