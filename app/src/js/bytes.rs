//! Requests with a binary response, for data that would take too long to parse as JSON.

use common::ApiError;

use crate::AppError;

/// Posts JSON to an address of this server and returns the response body. Browser only.
///
/// # Errors
/// The error of the server, or that it does not respond.
#[cfg(target_arch = "wasm32")]
pub async fn post(url: &str, json: &str) -> Result<Vec<u8>, AppError> {
    match browser::post(url, json).await {
        Ok(bytes) => Ok(js_sys::Uint8Array::from(bytes).to_vec()),
        Err(error) => Err(AppError(reason(&error.as_string().unwrap_or_default()))),
    }
}

/// Stub of the server side.
///
/// # Errors
/// Always.
#[cfg(not(target_arch = "wasm32"))]
pub async fn post(_url: &str, _json: &str) -> Result<Vec<u8>, AppError> {
    Err(AppError(reason("")))
}

/// Parses an error body `{"detail": "…"}`.
fn reason(text: &str) -> ApiError {
    let body: Option<serde_json::Value> = serde_json::from_str(text).ok();
    let detail = body.as_ref().and_then(|body| body.get("detail")?.as_str());
    match detail {
        Some(detail) => ApiError::Invalid(detail.to_owned()),
        None => ApiError::Internal("The Pyruns server does not respond.".to_owned()),
    }
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen(module = "/js/bytes.js")]
    extern "C" {
        #[wasm_bindgen(catch)]
        pub(super) async fn post(url: &str, json: &str) -> Result<JsValue, JsValue>;
    }
}
