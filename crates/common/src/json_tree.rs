//! Deserializes types from a JSON tree.
//!
//! [`Value`] is a deserializer by itself, but accepts an array for every struct, as some formats
//! write one: for each type, that compiles a second visitor into the browser's module. This one
//! does not. Map keys are strings or variants, never numbers.

use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected,
    IntoDeserializer, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

type Result<T> = std::result::Result<T, Error>;

/// Why a tree does not match a type.
///
/// Replaces the error of `serde_json`, which can format the number that was found: the browser's
/// module would contain two number formatters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Error(String);

impl Error {
    /// With a message.
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl serde::de::Error for Error {
    fn custom<T: std::fmt::Display>(reason: T) -> Self {
        Self(reason.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(format!("invalid type: {}, expected {expected}", name_of(&found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(format!("invalid value: {}, expected {expected}", name_of(&found)))
    }
}

fn name_of(found: &Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => format!("boolean `{value}`"),
        Unexpected::Unsigned(value) => format!("integer `{value}`"),
        Unexpected::Signed(value) => format!("integer `{value}`"),
        Unexpected::Str(text) => format!("string {text:?}"),
        Unexpected::Other(name) => (*name).to_owned(),
        Unexpected::Float(_) => "floating point number".to_owned(),
        Unexpected::Char(_) => "character".to_owned(),
        Unexpected::Bytes(_) => "bytes".to_owned(),
        Unexpected::Unit | Unexpected::Option => "null".to_owned(),
        Unexpected::Seq => "sequence".to_owned(),
        Unexpected::Map => "map".to_owned(),
        _ => "variant".to_owned(),
    }
}

/// Deserializes a value from a tree.
///
/// # Errors
/// The tree does not match the type.
pub fn from_tree<T: DeserializeOwned>(tree: Value) -> Result<T> {
    T::deserialize(Tree(tree))
}

/// The deserializer.
struct Tree(Value);

impl<'de> Deserializer<'de> for Tree {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(value), ..) => visitor.visit_u64(value),
                (_, Some(value), _) => visitor.visit_i64(value),
                (.., value) => visitor.visit_f64(value.unwrap_or(f64::NAN)),
            },
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(Items(items.into_iter())),
            Value::Object(fields) => visitor.visit_map(Fields::of(fields)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(Items(items.into_iter())),
            other => Err(type_error(&other, &visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            Value::Object(fields) => visitor.visit_map(Fields::of(fields)),
            other => Err(type_error(&other, &visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(Variant { name, content: None }),
            Value::Object(fields) if fields.len() == 1 => {
                let mut fields = fields.into_iter();
                let (name, content) = fields.next().unwrap_or_default();
                visitor.visit_enum(Variant { name, content: Some(content) })
            }
            other => Err(type_error(&other, &visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct identifier
    }
}

struct Items(std::vec::IntoIter<Value>);

impl<'de> SeqAccess<'de> for Items {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        self.0.next().map(|item| seed.deserialize(Tree(item))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Fields {
    rest: serde_json::map::IntoIter,
    value: Value,
}

impl Fields {
    fn of(fields: Map<String, Value>) -> Self {
        Self { rest: fields.into_iter(), value: Value::Null }
    }
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(Tree(Value::String(key))).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value> {
        seed.deserialize(Tree(std::mem::take(&mut self.value)))
    }
}

struct Variant {
    name: String,
    content: Option<Value>,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Error;
    type Variant = Content;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Content)> {
        let name: StringDeserializer<Error> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, Content(self.content)))
    }
}

struct Content(Option<Value>);

impl Content {
    fn tree(self) -> Tree {
        Tree(self.0.unwrap_or_default())
    }
}

impl<'de> VariantAccess<'de> for Content {
    type Error = Error;

    fn unit_variant(self) -> Result<()> {
        match self.0 {
            None | Some(Value::Null) => Ok(()),
            Some(_) => Err(Error::custom("a variant without content has one")),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value> {
        seed.deserialize(self.tree())
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.tree().deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.tree().deserialize_map(visitor)
    }
}

fn type_error<'de, V: Visitor<'de>>(value: &Value, visitor: &V) -> Error {
    let unexpected = match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(value) => Unexpected::Bool(*value),
        Value::Number(_) => Unexpected::Other("number"),
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    };
    Error::invalid_type(unexpected, visitor)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::live::{Change, Event};
    use crate::{ApiError, Task};

    fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
        from_tree(serde_json::from_str(text).map_err(Error::custom)?)
    }

    /// Deserializes the same as `serde_json` itself.
    fn same<T: DeserializeOwned + Serialize>(text: &str) {
        let (ours, theirs) = (read::<T>(text), serde_json::from_str::<T>(text));
        let text_of = |value: T| serde_json::to_string(&value).ok();
        assert_eq!(ours.ok().and_then(text_of), theirs.ok().and_then(text_of), "{text}");
    }

    #[derive(Debug, Serialize, Deserialize)]
    #[serde(untagged)]
    enum Loose {
        Number(f64),
        List(Vec<u8>),
        Fields { a: Option<bool> },
    }

    #[derive(Debug, Serialize, Deserialize)]
    enum Kinds {
        Unit,
        New(i64),
        Tuple(u8, String),
        Struct { x: char },
    }

    #[test]
    fn types_are_read_as_by_serde_json() {
        for text in ["1.5", "[1, 2]", r#"{"a": null}"#, r#"{"a": true, "b": 1}"#, "\"x\"", "300"] {
            same::<Loose>(text);
            same::<Vec<u8>>(text);
            same::<Option<f32>>(text);
            same::<Value>(text);
        }
        for text in [
            "\"Unit\"",
            r#"{"Unit": null}"#,
            r#"{"Unit": 1}"#,
            r#"{"New": -3}"#,
            r#"{"Tuple": [1, "a"]}"#,
            r#"{"Tuple": [1]}"#,
            r#"{"Struct": {"x": "y"}}"#,
            r#"{"Struct": {"x": "yy"}}"#,
            r#"{"New": 1, "Unit": null}"#,
            "\"Other\"",
            "7",
            "null",
        ] {
            same::<Kinds>(text);
            same::<Option<Kinds>>(text);
        }
        same::<BTreeMap<String, [u8; 2]>>(r#"{"x": [2, 3]}"#);
        same::<BTreeMap<String, [u8; 2]>>(r#"{"x": [2]}"#);
        same::<(u8, Option<()>)>("[1, null]");
    }

    #[test]
    fn wire_values_round_trip() {
        let mut task = Task { name: "训练".to_owned(), ..Task::default() };
        task.env.insert("A".to_owned(), "b".to_owned());
        let text = serde_json::to_string(&task).unwrap();
        assert_eq!(read::<Task>(&text).unwrap(), task);
        let change = Change::TaskChanged { workspace: "w".to_owned(), task: Box::new(task) };
        let event = Event { id: 7, change };
        let text = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::to_string(&read::<Event>(&text).unwrap()).unwrap(), text);
        let error = ApiError::TooMany("x".to_owned());
        assert_eq!(read::<ApiError>(&serde_json::to_string(&error).unwrap()).unwrap(), error);
    }
}
