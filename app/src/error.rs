//! The error type of every server function: a wrapper of [`ApiError`].

use common::ApiError;
use serde::{Deserialize, Serialize};
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use crate::i18n::messages_in;
use crate::state::preference::Preference;
use crate::wire::Json;

/// The error of a server function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(transparent)]
#[error(transparent)]
pub struct AppError(pub ApiError);

impl FromServerFnError for AppError {
    type Encoder = Json;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let t = messages_in(Preference::of_request().lang).common();
        match error {
            // Common cases: the server is not reachable, or has another version.
            ServerFnErrorErr::Request(_) => Self(ApiError::Internal(t.no_response.to_owned())),
            // On the server, the request could not be parsed.
            ServerFnErrorErr::Deserialization(text) if cfg!(feature = "ssr") => {
                Self(ApiError::Invalid(format!("The request could not be read: {text}.")))
            }
            ServerFnErrorErr::Deserialization(text) => {
                Self(ApiError::Internal((t.unreadable_response)(&text)))
            }
            ServerFnErrorErr::Args(text) | ServerFnErrorErr::MissingArg(text) => {
                Self(ApiError::Invalid(text))
            }
            other => Self(ApiError::Internal(other.to_string())),
        }
    }
}

impl From<ApiError> for AppError {
    fn from(error: ApiError) -> Self {
        Self(error)
    }
}

#[cfg(feature = "ssr")]
impl From<engine::Error> for AppError {
    fn from(error: engine::Error) -> Self {
        Self(error.into())
    }
}
