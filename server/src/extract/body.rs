//! Extractors of JSON bodies. The content type is not checked.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use common::ApiError;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::field::{field_failure, missing_field, refuse};
use crate::error::ApiFailure;

/// A required body.
pub(crate) struct Body<T>(pub(crate) T);

/// An optional body; `T::default()` if it is absent or null.
pub(crate) struct OptionalBody<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiFailure;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiFailure> {
        let bytes = read_bytes(request, state).await?;
        if bytes.is_empty() {
            return Err(field_failure("missing", root(), "Field required", Value::Null));
        }
        parse(&bytes).and_then(|value| from_value(&value)).map(Self)
    }
}

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequest<S> for OptionalBody<T> {
    type Rejection = ApiFailure;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiFailure> {
        let bytes = read_bytes(request, state).await?;
        if bytes.is_empty() {
            return Ok(Self(T::default()));
        }
        match parse(&bytes)? {
            Value::Null => Ok(Self(T::default())),
            value => from_value(&value).map(Self),
        }
    }
}

/// Access control has already limited the size and time.
async fn read_bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, ApiFailure> {
    let unreadable = |_| ApiError::Invalid("The body could not be read.".to_owned()).into();
    Bytes::from_request(request, state).await.map_err(unreadable)
}

fn root() -> Vec<String> {
    vec!["body".to_owned()]
}

fn parse(bytes: &[u8]) -> Result<Value, ApiFailure> {
    serde_json::from_slice(bytes).map_err(|error| {
        field_failure("json_invalid", root(), format!("JSON decode error: {error}"), Value::Null)
    })
}

fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, ApiFailure> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let message = error.inner().to_string();
        let is_at_root = error.path().iter().next().is_none();
        match invalid_field::<T>(value, &message).filter(|_| is_at_root) {
            Some(key) => flattened_failure(&key, &message, value),
            None => refuse("body", error.path(), &message, value),
        }
    })
}

/// Finds the top-level field that caused an error without a path.
///
/// Flattened structs lose the path, so each field is removed in turn: without the invalid field, deserialization
/// succeeds or fails with another error than a missing field.
fn invalid_field<T: DeserializeOwned>(value: &Value, message: &str) -> Option<String> {
    let object = value.as_object().filter(|_| missing_field(message).is_none())?;
    let is_bad = |key: &&String| {
        let mut without = object.clone();
        without.shift_remove(*key);
        let left = serde_json::from_value::<T>(Value::Object(without));
        left.err()
            .map(|error| error.to_string())
            .is_none_or(|left| left != message && missing_field(&left).is_none())
    };
    object.keys().find(is_bad).cloned()
}

fn flattened_failure(key: &str, message: &str, value: &Value) -> ApiFailure {
    let track = serde_path_to_error::Track::new();
    let failure = refuse("body", &track.path(), message, &value[key]);
    match failure.0 {
        ApiError::Unprocessable(mut fields) => {
            fields.iter_mut().for_each(|field| field.loc.push(key.to_owned()));
            ApiError::Unprocessable(fields).into()
        }
        other => other.into(),
    }
}
