//! Values as the index keeps them: as JSON text, a fifth of the size of what it is parsed into.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::{RawValue, to_raw_value};

/// A value of type `T`, packed.
pub(crate) struct Packed<T> {
    json: Box<RawValue>,
    of: PhantomData<fn() -> T>,
}

impl<T: Serialize + DeserializeOwned + Default> Packed<T> {
    pub(crate) fn new(value: &T) -> Self {
        // What is packed here is made of JSON values and texts, which are always JSON.
        Self::from_json(to_raw_value(value).unwrap_or_else(|_| RawValue::NULL.to_owned()))
    }

    /// A value that was packed before.
    pub(crate) fn from_json(json: Box<RawValue>) -> Self {
        Self { json, of: PhantomData }
    }

    /// The value; what is none of this type is the default one.
    pub(crate) fn open(&self) -> T {
        serde_json::from_str(self.json.get()).unwrap_or_default()
    }
}

impl<T> Packed<T> {
    pub(crate) fn json(&self) -> &RawValue {
        &self.json
    }
}

impl<T> Clone for Packed<T> {
    fn clone(&self) -> Self {
        Self { json: self.json.clone(), of: PhantomData }
    }
}

impl<T> fmt::Debug for Packed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.json.get())
    }
}
