//! Parses a line of a journal without building a tree. This parser determines how fast curves are
//! loaded.

use std::borrow::Cow;

use common::metric::float;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// The fields of a line except `track`, whose values are returned separately.
#[derive(Debug, Default)]
pub(crate) struct JournalLine {
    /// Seconds since 1970; NaN if missing.
    pub t: f64,
    /// NaN if missing.
    pub step: f64,
    /// Fields that most lines do not have.
    pub rare: Option<Box<RareFields>>,
}

/// The fields that most lines do not have.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RareFields {
    pub record: serde_json::Map<String, Value>,
    pub progress: Option<Progress>,
    pub summary: serde_json::Map<String, Value>,
    pub image: Option<ImageLine>,
    pub artifact: Option<ArtifactLine>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Progress {
    pub done: f64,
    #[serde(default)]
    pub total: Option<f64>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ImageLine {
    pub key: String,
    pub path: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ArtifactLine {
    pub path: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub bytes: Option<u64>,
}

/// Parses a line. `points` receives each key of `track` with its raw value. Returns `None` for a
/// line that is not such an object: an incomplete one, or one of another program.
pub(crate) fn parse_line<'a>(
    line: &'a [u8],
    points: &mut Vec<(Cow<'a, str>, &'a [u8])>,
) -> Option<JournalLine> {
    points.clear();
    match parse_fast(line, points) {
        Some(parsed) => Some(parsed),
        None => {
            points.clear();
            parse_with_serde(line, points)
        }
    }
}

/// The number of a raw value of `track`.
pub(crate) fn number(raw: &[u8]) -> f64 {
    let text = std::str::from_utf8(raw).unwrap_or_default();
    match raw.first() {
        Some(b'"') => float::from_name(text.trim_matches('"')).unwrap_or(f64::NAN),
        Some(b't') => 1.0,
        Some(b'f') => 0.0,
        _ => text.parse().unwrap_or(f64::NAN),
    }
}

/// The fast path: parses the members of an object one after the other; `None` if it contains
/// anything unusual.
fn parse_fast<'a>(
    line: &'a [u8],
    points: &mut Vec<(Cow<'a, str>, &'a [u8])>,
) -> Option<JournalLine> {
    let mut at = Cursor { bytes: line, at: 0 };
    let mut parsed = JournalLine { t: f64::NAN, step: f64::NAN, rare: None };
    at.symbol(b'{')?;
    loop {
        let name = at.simple_string()?;
        at.symbol(b':')?;
        match name {
            b"t" => parsed.t = number(at.scalar()?),
            b"step" => parsed.step = number(at.scalar()?),
            b"track" => at.members(points)?,
            // Unusual members are parsed by serde.
            _ => return None,
        }
        if at.symbol(b',').is_none() {
            break;
        }
    }
    at.symbol(b'}')?;
    at.skip_whitespace();
    (at.at == line.len()).then_some(parsed)
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn skip_whitespace(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn symbol(&mut self, symbol: u8) -> Option<()> {
        self.skip_whitespace();
        (self.bytes.get(self.at) == Some(&symbol)).then(|| self.at += 1)
    }

    /// A string without escapes, without its quotes.
    fn simple_string(&mut self) -> Option<&'a [u8]> {
        self.symbol(b'"')?;
        let rest = &self.bytes[self.at..];
        let len = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))?;
        (rest[len] == b'"').then(|| self.at += len + 1)?;
        Some(&rest[..len])
    }

    /// A number, a literal or a string with its quotes, unparsed.
    fn scalar(&mut self) -> Option<&'a [u8]> {
        self.skip_whitespace();
        let start = self.at;
        match self.bytes.get(start)? {
            b'"' => {
                self.simple_string()?;
            }
            b'{' | b'[' => return None,
            _ => {
                let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                let rest = &self.bytes[start..];
                self.at += rest.iter().position(|byte| !is_part(byte))?;
                let word = &self.bytes[start..self.at];
                let is_literal = match word.first()? {
                    b't' => word == b"true",
                    b'f' => word == b"false",
                    b'n' => word == b"null",
                    first => first.is_ascii_digit() || *first == b'-',
                };
                is_literal.then_some(())?;
            }
        }
        Some(&self.bytes[start..self.at])
    }

    fn members(&mut self, points: &mut Vec<(Cow<'a, str>, &'a [u8])>) -> Option<()> {
        self.symbol(b'{')?;
        if self.symbol(b'}').is_some() {
            return Some(());
        }
        loop {
            let key = std::str::from_utf8(self.simple_string()?).ok()?;
            self.symbol(b':')?;
            points.push((Cow::Borrowed(key), self.scalar()?));
            if self.symbol(b',').is_none() {
                return self.symbol(b'}');
            }
        }
    }
}

/// All fields of a line, for serde.
#[derive(Deserialize)]
struct FullLine<'a> {
    #[serde(default, borrow)]
    t: Option<&'a RawValue>,
    #[serde(default, borrow)]
    step: Option<&'a RawValue>,
    #[serde(default, borrow)]
    track: Option<Track<'a>>,
}

/// Keys and values in order; duplicate keys are two points.
struct Track<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Track<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<'a>(std::marker::PhantomData<&'a ()>);
        impl<'de: 'a, 'a> serde::de::Visitor<'de> for Members<'a> {
            type Value = Track<'a>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<M: serde::de::MapAccess<'de>>(
                self,
                mut map: M,
            ) -> Result<Self::Value, M::Error> {
                let mut members = Vec::new();
                while let Some((key, value)) = map.next_entry::<String, &'de RawValue>()? {
                    members.push((Cow::Owned(key), value));
                }
                Ok(Track(members))
            }
        }
        deserializer.deserialize_map(Members(std::marker::PhantomData))
    }
}

fn parse_with_serde<'a>(
    line: &'a [u8],
    points: &mut Vec<(Cow<'a, str>, &'a [u8])>,
) -> Option<JournalLine> {
    // serde would accept a list for a struct, but a journal line is an object.
    line.trim_ascii_start().starts_with(b"{").then_some(())?;
    let full: FullLine<'a> = serde_json::from_slice(line).ok()?;
    let of = |raw: Option<&RawValue>| raw.map_or(f64::NAN, |raw| number(raw.get().as_bytes()));
    for (key, value) in full.track.into_iter().flat_map(|track| track.0) {
        points.push((key, value.get().as_bytes()));
    }
    // One invalid member must not affect the others.
    let rare = serde_json::from_slice::<RareFields>(line).unwrap_or_default();
    Some(JournalLine { t: of(full.t), step: of(full.step), rare: Some(Box::new(rare)) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    type Read = (f64, f64, Vec<(String, f64)>);

    fn parsed(text: &str) -> Option<Read> {
        let mut points = Vec::new();
        let line = parse_line(text.as_bytes(), &mut points)?;
        let points = points.iter().map(|(key, raw)| (key.to_string(), number(raw))).collect();
        Some((line.t, line.step, points))
    }

    #[test]
    fn plain_lines_and_odd_ones_mean_the_same() {
        let (t, step, points) =
            parsed(r#"{"t":1.5,"track":{"loss":-1e-3,"n":3},"step":7}"#).unwrap();
        assert_eq!((t, step), (1.5, 7.0));
        assert_eq!(points, [("loss".to_owned(), -1e-3), ("n".to_owned(), 3.0)]);
        let (_, _, odd) =
            parsed("{ \"track\" : {\"a\\u0062\":true,\"x\":[1],\"i\":\"-Infinity\"}}").unwrap();
        assert_eq!(odd[0], ("ab".to_owned(), 1.0));
        assert!(odd[1].1.is_nan() && odd[2].1 == f64::NEG_INFINITY);
    }

    #[test]
    fn torn_and_foreign_lines_say_nothing() {
        for text in
            ["", "\n", "[1]", "{\"track\":{\"a\":", "{\"t\":1}x", "\u{0}", "{\"track\":{\"a\":x}}"]
        {
            assert!(parsed(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn the_rest_is_read_too() {
        let text = r#"{"t":1,"progress":{"done":3,"total":null},"summary":{"loss":"min"}}"#;
        let line = parse_line(text.as_bytes(), &mut Vec::new()).unwrap();
        let rare = line.rare.unwrap();
        assert_eq!(rare.progress.unwrap().done, 3.0);
        assert_eq!(rare.summary["loss"], json!("min"));
    }

    proptest! {
        /// For any input, the fast parser returns the same as the slow one.
        #[test]
        fn quick_and_slow_agree(
            t in any::<f64>().prop_filter("finite", |t| t.is_finite()),
            track in prop::collection::vec(("\\PC{0,6}", any::<f64>()), 0..4),
        ) {
            let members: Vec<String> = track
                .iter()
                .map(|(key, value)| format!("{}:{}", json!(key), float::to_json(*value)))
                .collect();
            let text = format!("{{\"t\":{t:?},\"track\":{{{}}}}}\n", members.join(","));
            let (mut quick, mut slow) = (Vec::new(), Vec::new());
            let one = parse_line(text.as_bytes(), &mut quick).unwrap();
            let two = parse_with_serde(text.as_bytes(), &mut slow).unwrap();
            prop_assert_eq!(one.t, two.t);
            prop_assert_eq!(one.t, t);
            prop_assert_eq!(quick, slow);
        }

        #[test]
        fn no_bytes_make_it_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = parse_line(&bytes, &mut Vec::new());
        }
    }
}
