//! Reads a response line by line while it is received.

use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestInit, Response};

use common::Detail;

/// Aborts the request when dropped, and with it the work of the server.
struct Abort(AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Calls `handle_lines` with the complete lines of each chunk of the response, until it returns false.
///
/// # Errors
/// The error message of the server, or that it does not respond.
pub(in crate::pages::monitor) async fn fetch_lines(
    address: &str,
    mut handle_lines: impl FnMut(std::str::Lines<'_>) -> bool,
) -> Result<(), String> {
    let gone = |_: JsValue| "The Pyruns server does not respond.".to_owned();
    let abort = Abort(AbortController::new().map_err(gone)?);
    let init = RequestInit::new();
    init.set_signal(Some(&abort.0.signal()));
    let promise = window().fetch_with_str_and_init(address, &init);
    let response: Response = JsFuture::from(promise).await.map_err(gone)?.unchecked_into();
    if !response.ok() {
        let text = JsFuture::from(response.text().map_err(gone)?).await.map_err(gone)?;
        return Err(refusal(&text.as_string().unwrap_or_default()));
    }
    let Some(body) = response.body() else { return Ok(()) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut buffer = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await.map_err(gone)?;
        let field = |name: &str| js_sys::Reflect::get(&piece, &name.into()).unwrap_or_default();
        if field("done").is_truthy() {
            return Ok(());
        }
        buffer.extend(js_sys::Uint8Array::new(&field("value")).to_vec());
        let complete = buffer.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let lines = String::from_utf8_lossy(&buffer[..complete]).into_owned();
        buffer.drain(..complete);
        if !lines.is_empty() && !handle_lines(lines.lines()) {
            return Ok(());
        }
    }
}

fn refusal(text: &str) -> String {
    #[derive(serde::Deserialize)]
    struct Refusal {
        detail: Detail,
    }
    match crate::wire::read::<Refusal>(text) {
        Ok(Refusal { detail: Detail::Text(text) }) => text,
        Ok(Refusal { detail: Detail::Fields(fields) }) => {
            fields.into_iter().map(|field| field.msg).collect::<Vec<_>>().join(" ")
        }
        Err(_) => text.to_owned(),
    }
}
