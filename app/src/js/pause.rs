//! Rests between attempts.

/// Ends after so many milliseconds. Browser only.
pub async fn pause(duration_ms: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        // A window always takes a timer.
        let _ = leptos::prelude::window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, duration_ms);
    });
    // It is never rejected.
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}
