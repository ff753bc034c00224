//! Parses text to a value, with limits on depth and size.

use crate::message::YamlText;
use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_yaml::value::{Tag, TaggedValue};
use serde_yaml::{Deserializer, Mapping, Value};

use super::error::{MappingError, YamlError};
use super::json::key_text;
use super::{MAX_DEPTH, big_int, merge, plain};

/// Maximum size of a document beyond the length of its text: aliases repeat their anchors.
const MAX_COST: usize = 500_000;
/// Maximum number of open brackets. The parser's time is quadratic in their number, and it
/// processes them before we can count levels.
const MAX_OPEN_BRACKETS: usize = 1_000;

/// Parses one YAML document. A text without a document is null.
///
/// # Errors
/// When the text is invalid YAML, contains several documents or a duplicate key, nests deeper than
/// [`MAX_DEPTH`], or grows out of proportion through aliases.
pub fn parse(text: &str) -> Result<Value, YamlError> {
    // Some editors on Windows start a file with a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    check_brackets(text)?;
    let mut documents = Deserializer::from_str(text);
    let Some(document) = documents.next() else { return Ok(Value::Null) };
    let budget = Cell::new(MAX_COST + text.len());
    let seed = Seed { text, depth: 0, budget: &budget, is_key: false };
    let value = match seed.deserialize(document) {
        Ok(value) => value,
        // A text with comments only.
        Err(_) if is_blank(text) => return Ok(Value::Null),
        Err(error) => return Err(YamlError::from_reader(&error)),
    };
    match documents.next() {
        None => Ok(value),
        Some(_) => Err(second_document(text)),
    }
}

/// Parses a mapping of parameters. A text without a document is an empty mapping.
///
/// # Errors
/// As [`parse`]; also when the root is not a mapping.
pub fn parse_mapping(text: &str) -> Result<Mapping, MappingError> {
    match parse(text)? {
        Value::Mapping(mapping) => Ok(mapping),
        Value::Null => Ok(Mapping::new()),
        _ => Err(MappingError::NotAMapping),
    }
}

/// Counts all brackets, including those in quotes: a text with a thousand open brackets is not a
/// configuration.
fn check_brackets(text: &str) -> Result<(), YamlError> {
    let mut open = 0_usize;
    for (position, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => continue,
        }
        if open > MAX_OPEN_BRACKETS {
            let line =
                text.as_bytes()[..position].iter().filter(|byte| **byte == b'\n').count() + 1;
            return Err(YamlError::at(line, 1, YamlText::TooDeep.fill(&[&MAX_DEPTH])));
        }
    }
    Ok(())
}

fn is_blank(text: &str) -> bool {
    text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#'))
}

fn second_document(text: &str) -> YamlError {
    let is_mark = |line: &str| line == "---" || line.starts_with("--- ");
    let line = text.lines().enumerate().skip(1).find(|(_, line)| is_mark(line));
    let message = YamlText::SecondDocument.template();
    YamlError::at(line.map_or(1, |(index, _)| index + 1), 1, message)
}

/// Builds a [`Value`] with access to the text, in order to distinguish a quoted `"yes"` from a
/// plain `yes`.
#[derive(Clone, Copy)]
struct Seed<'a> {
    text: &'a str,
    depth: usize,
    budget: &'a Cell<usize>,
    is_key: bool,
}

impl Seed<'_> {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth >= MAX_DEPTH {
            return Err(E::custom(format_args!("nested deeper than {MAX_DEPTH} levels")));
        }
        Ok(Self { depth: self.depth + 1, is_key: false, ..self })
    }

    fn spend<E: Error>(self, cost: usize) -> Result<(), E> {
        let left = self.budget.get().checked_sub(cost);
        self.budget.set(left.unwrap_or(0));
        left.map(|_| ()).ok_or_else(|| E::custom("the document grows too large through aliases"))
    }

    /// Whether a slice of the text is an unquoted scalar without a string tag.
    fn is_plain(self, slice: &str) -> bool {
        let start = (slice.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let Some(before) = self.text.get(..start) else { return false };
        !before.ends_with(['"', '\'']) && !before.trim_end().ends_with("!!str")
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a YAML value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.spend(1).map(|()| Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.spend(1).map(|()| Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.spend(1).map(|()| value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.spend(1).map(|()| value.into())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.spend(1).map(|()| big_int::big_int_value(value.to_string()))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.spend(1).map(|()| big_int::big_int_value(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.spend(1).map(|()| value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.spend(1 + value.len() / 16).map(|()| Value::String(value.to_owned()))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Value, E> {
        if self.is_key && value == merge::KEY && self.is_plain(value) {
            return self.spend(1).map(|()| merge::plain_key());
        }
        match plain::yaml_1_1(value).filter(|_| self.is_plain(value)) {
            Some(typed) => self.spend(1).map(|()| typed),
            None => self.visit_str(value),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        self.spend(1)?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(Value::Sequence(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        self.spend(1)?;
        let mut mapping = Mapping::new();
        let mut merged = None;
        while let Some(key) = entries.next_key_seed(Self { is_key: true, ..inner })? {
            let merges = matches!(key, Value::Tagged(_)) && key == merge::plain_key();
            let key = if merges { merge::KEY.into() } else { key };
            let value = entries.next_value_seed(inner)?;
            if merges && merge::is_mergeable(&value) {
                merged = Some(value);
            } else if mapping.contains_key(&key) {
                let key = key_text(&key);
                return Err(A::Error::custom(YamlText::DuplicateKey.fill(&[&key])));
            } else {
                mapping.insert(key, value);
            }
        }
        Ok(Value::Mapping(merge::apply(mapping, merged)))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let (tag, content) = tagged.variant::<String>()?;
        let value = content.newtype_variant_seed(inner)?;
        if tag.trim_start_matches('!').is_empty() {
            return Ok(value);
        }
        Ok(Value::Tagged(Box::new(TaggedValue { tag: Tag::new(tag), value })))
    }
}
