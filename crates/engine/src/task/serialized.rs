//! Values that the index stores as JSON text, which needs a fifth of the memory of the parsed value.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::{RawValue, to_raw_value};

/// A value of type `T` as JSON text.
pub(crate) struct Serialized<T> {
    json: Box<RawValue>,
    of: PhantomData<fn() -> T>,
}

impl<T: Serialize + DeserializeOwned + Default> Serialized<T> {
    pub(crate) fn new(value: &T) -> Self {
        // The serialized types consist of JSON values and strings, so serialization does not fail.
        Self::from_json(to_raw_value(value).unwrap_or_else(|_| RawValue::NULL.to_owned()))
    }

    /// Wraps JSON text that was serialized before.
    pub(crate) fn from_json(json: Box<RawValue>) -> Self {
        Self { json, of: PhantomData }
    }

    /// The value, or the default if the JSON does not match the type.
    pub(crate) fn deserialize(&self) -> T {
        serde_json::from_str(self.json.get()).unwrap_or_default()
    }
}

impl<T> Serialized<T> {
    pub(crate) fn json(&self) -> &RawValue {
        &self.json
    }
}

impl<T> Clone for Serialized<T> {
    fn clone(&self) -> Self {
        Self { json: self.json.clone(), of: PhantomData }
    }
}

impl<T> fmt::Debug for Serialized<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.json.get())
    }
}
