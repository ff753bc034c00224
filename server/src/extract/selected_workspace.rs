//! Extractor of the workspace that a request selects, so that two tabs can use two workspaces.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use common::ApiError;
use engine::WorkspaceSelector;
use percent_encoding::percent_decode;

use crate::error::ApiFailure;

const HEADER: &str = "x-pyruns-workspace";

/// The workspace of the header `X-Pyruns-Workspace` (percent-encoded UTF-8, because headers are
/// ASCII), else of the query parameter `workspace`, else the current one.
pub(crate) struct SelectedWorkspace(pub(crate) WorkspaceSelector);

impl<S: Sync> FromRequestParts<S> for SelectedWorkspace {
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiFailure> {
        let header = parts.headers.get(HEADER).map(|value| {
            percent_decode(value.as_bytes()).decode_utf8().map(|name| name.into_owned())
        });
        let named = match header.transpose() {
            Ok(named) => named.or_else(|| query_parameter(parts)),
            Err(_) => {
                let text = "X-Pyruns-Workspace is not percent-encoded UTF-8.".to_owned();
                return Err(ApiError::Invalid(text).into());
            }
        };
        let named = named.filter(|name| !name.trim().is_empty());
        match named {
            None => Ok(Self(WorkspaceSelector::Current)),
            Some(name) => Ok(Self(WorkspaceSelector::parse(&name).map_err(ApiError::from)?)),
        }
    }
}

fn query_parameter(parts: &Parts) -> Option<String> {
    let query = parts.uri.query().unwrap_or_default();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(name, _)| name == "workspace").map(|(_, value)| value.into_owned())
}
