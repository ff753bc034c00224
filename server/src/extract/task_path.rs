//! Extractor of the task name in a path.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use common::{ApiError, TaskName};
use engine::requested_name;
use percent_encoding::percent_decode_str;

use crate::error::ApiFailure;

/// The segment after `/api/tasks/`, percent-decoded.
///
/// Read from the path, not from a route parameter, because a task may have the name of a route without parameters
/// (`reorder`).
pub(crate) struct TaskPath(pub(crate) TaskName);

impl<S: Sync> FromRequestParts<S> for TaskPath {
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiFailure> {
        let rest = parts.uri.path().strip_prefix("/api/tasks/").unwrap_or_default();
        let segment = rest.split('/').next().unwrap_or_default();
        let not_found = || ApiError::NotFound(format!("Task '{segment}' not found"));
        let name = percent_decode_str(segment).decode_utf8().map_err(|_| not_found())?;
        Ok(Self(requested_name(&name).map_err(ApiError::from)?))
    }
}
