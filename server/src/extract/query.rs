//! Extractor of query strings. Empty parameters are ignored; of duplicates, the last is used.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::field::refuse;
use crate::error::ApiFailure;

/// The deserialized query string.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiFailure> {
        read(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

fn read<T: DeserializeOwned>(query: &str) -> Result<T, ApiFailure> {
    let mut given = Map::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if !value.is_empty() {
            given.insert(name.into_owned(), Value::String(value.into_owned()));
        }
    }
    let pairs = given.iter().filter_map(|(name, value)| Some((name, value.as_str()?)));
    let clean = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let pairs = form_urlencoded::parse(clean.as_bytes());
    let deserializer = serde_urlencoded::Deserializer::new(pairs);
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let message = error.inner().to_string();
        refuse("query", error.path(), &message, &Value::Object(given))
    })
}

#[cfg(test)]
mod tests {
    use common::page::TaskQuery;

    use super::*;

    #[test]
    fn blanks_are_not_given_and_the_last_of_two_counts() {
        let query: TaskQuery = read("status=&limit=1&limit=0&query=a%20b%0Ac&x=y").unwrap();
        let wanted = TaskQuery { limit: 0, query: "a b\nc".to_owned(), ..TaskQuery::default() };
        assert_eq!(query, wanted);
    }

    #[test]
    fn a_bad_number_is_named() {
        let failure = read::<TaskQuery>("offset=-1").unwrap_err();
        assert_eq!(failure.0.to_string(), "query.offset: Input should be a valid integer");
    }
}
