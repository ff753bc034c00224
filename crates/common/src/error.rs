//! The error type of the API, for REST and server functions.

use serde::{Deserialize, Serialize};

use crate::query::QueryError;

/// Why a request was refused, as text for the user.
///
/// [`ApiError::status`] is the only mapping from kinds to HTTP status codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ApiError {
    /// The request is well-formed but invalid: 400.
    #[error("{0}")]
    Invalid(String),
    /// A filter that cannot be parsed, or names a column that does not exist: 400.
    #[error("{0}")]
    Filter(FilterRefusal),
    /// The client is not authenticated: 401.
    #[error("{0}")]
    Unauthorized(String),
    /// The request has a forbidden origin, such as a foreign web page: 403.
    #[error("{0}")]
    Forbidden(String),
    /// A requested item does not exist: 404.
    #[error("{0}")]
    NotFound(String),
    /// The path exists, but not with this method: 405.
    #[error("{0}")]
    MethodNotAllowed(String),
    /// The body did not arrive in time: 408.
    #[error("{0}")]
    TooSlow(String),
    /// The state has changed since the client read it: 409. Nothing was modified.
    #[error("{0}")]
    Conflict(String),
    /// The body exceeds the size limit: 413.
    #[error("{0}")]
    TooLarge(String),
    /// The URL, including the query, exceeds the length limit: 414.
    #[error("{0}")]
    AddressTooLong(String),
    /// The request headers exceed the limit: 431.
    #[error("{0}")]
    HeadTooLarge(String),
    /// A field is missing or has the wrong type, or the body is not JSON: 422.
    #[error("{}", summary(.0))]
    Unprocessable(Vec<FieldError>),
    /// Too many concurrent requests: 429. Nothing was modified; the client may retry.
    #[error("{0}")]
    TooMany(String),
    /// An internal error: 500. The text names the operation.
    #[error("{0}")]
    Internal(String),
}

/// Why a filter was refused.
///
/// The error is JSON text: only the page of the table parses it, so that the module loaded by every
/// page does not contain its type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterRefusal {
    /// The message, in English.
    pub text: String,
    /// A [`QueryError`] as JSON.
    pub error: String,
}

impl From<&QueryError> for FilterRefusal {
    fn from(error: &QueryError) -> Self {
        // It contains only strings, numbers and enums, which can always be serialized.
        let json = serde_json::to_string(error).unwrap_or_default();
        Self { text: format!("filter: {error}"), error: json }
    }
}

impl std::fmt::Display for FilterRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// One field that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// Machine-readable reason, such as `missing` or `int_parsing`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The location: `["body", "name_prefix"]` or `["query", "limit"]`.
    pub loc: Vec<String>,
    /// The reason in words.
    pub msg: String,
    /// The input, if known.
    pub input: serde_json::Value,
}

/// The body of an error response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refusal {
    /// Why.
    pub detail: Detail,
}

/// The detail of an error response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Detail {
    /// Every status but 422: a sentence.
    Text(String),
    /// 422: a list of fields.
    Fields(Vec<FieldError>),
}

impl ApiError {
    /// The HTTP status code of this kind of error.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Invalid(_) | Self::Filter(_) => 400,
            Self::Unauthorized(_) => 401,
            Self::Forbidden(_) => 403,
            Self::NotFound(_) => 404,
            Self::MethodNotAllowed(_) => 405,
            Self::TooSlow(_) => 408,
            Self::Conflict(_) => 409,
            Self::TooLarge(_) => 413,
            Self::AddressTooLong(_) => 414,
            Self::HeadTooLarge(_) => 431,
            Self::Unprocessable(_) => 422,
            Self::TooMany(_) => 429,
            Self::Internal(_) => 500,
        }
    }

    /// The body of the response.
    #[must_use]
    pub fn detail(&self) -> Detail {
        match self {
            Self::Unprocessable(fields) => Detail::Fields(fields.clone()),
            other => Detail::Text(other.to_string()),
        }
    }
}

fn summary(fields: &[FieldError]) -> String {
    let parts: Vec<String> =
        fields.iter().map(|field| format!("{}: {}", field.loc.join("."), field.msg)).collect();
    parts.join("; ")
}
