//! Error responses: `{"detail": …}` with the status of the error.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use common::ApiError;
use common::error::Refusal;

/// [`ApiError`] as an HTTP response. Internal errors are logged here, once.
#[derive(Debug)]
pub(crate) struct ApiFailure(pub(crate) ApiError);

impl IntoResponse for ApiFailure {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status()).unwrap_or_default();
        if status.is_server_error() {
            tracing::error!(error = %self.0, "a request failed");
        }
        (status, Json(Refusal { detail: self.0.detail() })).into_response()
    }
}

impl From<ApiError> for ApiFailure {
    fn from(error: ApiError) -> Self {
        Self(error)
    }
}

impl From<engine::Error> for ApiFailure {
    fn from(error: engine::Error) -> Self {
        Self(error.into())
    }
}
