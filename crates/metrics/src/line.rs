//! One line of a journal, read without building a tree: this is what decides how fast curves appear.

use std::borrow::Cow;

use common::metric::float;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// What a line says, apart from `track`, whose values are handed out one by one.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// Seconds since 1970; NaN where it is not said.
    pub t: f64,
    /// NaN where it is not said.
    pub step: f64,
    /// What is rarely there.
    pub rest: Option<Box<Rest>>,
}

/// The other things that a line can say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Rest {
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

/// Reads a line. `point` gets each key of `track` with its value, as it stands there. Nothing for a line
/// that is no such object: a torn one, or one of another program.
pub(crate) fn read_line<'a>(
    line: &'a [u8],
    points: &mut Vec<(Cow<'a, str>, &'a [u8])>,
) -> Option<Line> {
    points.clear();
    match scan(line, points) {
        Some(read) => Some(read),
        None => {
            points.clear();
            read_slowly(line, points)
        }
    }
}

/// The number that a value of `track` is.
pub(crate) fn number(raw: &[u8]) -> f64 {
    let text = std::str::from_utf8(raw).unwrap_or_default();
    match raw.first() {
        Some(b'"') => float::from_name(text.trim_matches('"')).unwrap_or(f64::NAN),
        Some(b't') => 1.0,
        Some(b'f') => 0.0,
        _ => text.parse().unwrap_or(f64::NAN),
    }
}

/// Members of an object one after the other, as far as they are plain; nothing where they are not.
fn scan<'a>(line: &'a [u8], points: &mut Vec<(Cow<'a, str>, &'a [u8])>) -> Option<Line> {
    let mut at = Cursor { bytes: line, at: 0 };
    let mut read = Line { t: f64::NAN, step: f64::NAN, rest: None };
    at.sign(b'{')?;
    loop {
        let name = at.plain_text()?;
        at.sign(b':')?;
        match name {
            b"t" => read.t = number(at.scalar()?),
            b"step" => read.step = number(at.scalar()?),
            b"track" => at.members(points)?,
            // Rare things are read by the book.
            _ => return None,
        }
        if at.sign(b',').is_none() {
            break;
        }
    }
    at.sign(b'}')?;
    at.blank();
    (at.at == line.len()).then_some(read)
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn blank(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn sign(&mut self, sign: u8) -> Option<()> {
        self.blank();
        (self.bytes.get(self.at) == Some(&sign)).then(|| self.at += 1)
    }

    /// A text without escapes, without its quotes.
    fn plain_text(&mut self) -> Option<&'a [u8]> {
        self.sign(b'"')?;
        let rest = &self.bytes[self.at..];
        let len = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))?;
        (rest[len] == b'"').then(|| self.at += len + 1)?;
        Some(&rest[..len])
    }

    /// A number, a word or a plain text with its quotes.
    fn scalar(&mut self) -> Option<&'a [u8]> {
        self.blank();
        let start = self.at;
        match self.bytes.get(start)? {
            b'"' => {
                self.plain_text()?;
            }
            b'{' | b'[' => return None,
            _ => {
                let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                let rest = &self.bytes[start..];
                self.at += rest.iter().position(|byte| !is_part(byte))?;
                let word = &self.bytes[start..self.at];
                let is_known = match word.first()? {
                    b't' => word == b"true",
                    b'f' => word == b"false",
                    b'n' => word == b"null",
                    first => first.is_ascii_digit() || *first == b'-',
                };
                is_known.then_some(())?;
            }
        }
        Some(&self.bytes[start..self.at])
    }

    fn members(&mut self, points: &mut Vec<(Cow<'a, str>, &'a [u8])>) -> Option<()> {
        self.sign(b'{')?;
        if self.sign(b'}').is_some() {
            return Some(());
        }
        loop {
            let key = std::str::from_utf8(self.plain_text()?).ok()?;
            self.sign(b':')?;
            points.push((Cow::Borrowed(key), self.scalar()?));
            if self.sign(b',').is_none() {
                return self.sign(b'}');
            }
        }
    }
}

/// A line by the book.
#[derive(Deserialize)]
struct Whole<'a> {
    #[serde(default, borrow)]
    t: Option<&'a RawValue>,
    #[serde(default, borrow)]
    step: Option<&'a RawValue>,
    #[serde(default, borrow)]
    track: Option<Track<'a>>,
}

/// Keys and values in their order; two of a name are two points.
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

fn read_slowly<'a>(line: &'a [u8], points: &mut Vec<(Cow<'a, str>, &'a [u8])>) -> Option<Line> {
    // A list would do for a type, but it is no line of ours.
    line.trim_ascii_start().starts_with(b"{").then_some(())?;
    let whole: Whole<'a> = serde_json::from_slice(line).ok()?;
    let of = |raw: Option<&RawValue>| raw.map_or(f64::NAN, |raw| number(raw.get().as_bytes()));
    for (key, value) in whole.track.into_iter().flat_map(|track| track.0) {
        points.push((key, value.get().as_bytes()));
    }
    // One member of a shape that is not ours must not take the others with it.
    let rest = serde_json::from_slice::<Rest>(line).unwrap_or_default();
    Some(Line { t: of(whole.t), step: of(whole.step), rest: Some(Box::new(rest)) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    type Read = (f64, f64, Vec<(String, f64)>);

    fn read(text: &str) -> Option<Read> {
        let mut points = Vec::new();
        let line = read_line(text.as_bytes(), &mut points)?;
        let points = points.iter().map(|(key, raw)| (key.to_string(), number(raw))).collect();
        Some((line.t, line.step, points))
    }

    #[test]
    fn plain_lines_and_odd_ones_mean_the_same() {
        let (t, step, points) = read(r#"{"t":1.5,"track":{"loss":-1e-3,"n":3},"step":7}"#).unwrap();
        assert_eq!((t, step), (1.5, 7.0));
        assert_eq!(points, [("loss".to_owned(), -1e-3), ("n".to_owned(), 3.0)]);
        let (_, _, odd) =
            read("{ \"track\" : {\"a\\u0062\":true,\"x\":[1],\"i\":\"-Infinity\"}}").unwrap();
        assert_eq!(odd[0], ("ab".to_owned(), 1.0));
        assert!(odd[1].1.is_nan() && odd[2].1 == f64::NEG_INFINITY);
    }

    #[test]
    fn torn_and_foreign_lines_say_nothing() {
        for text in
            ["", "\n", "[1]", "{\"track\":{\"a\":", "{\"t\":1}x", "\u{0}", "{\"track\":{\"a\":x}}"]
        {
            assert!(read(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn the_rest_is_read_too() {
        let text = r#"{"t":1,"progress":{"done":3,"total":null},"summary":{"loss":"min"}}"#;
        let line = read_line(text.as_bytes(), &mut Vec::new()).unwrap();
        let rest = line.rest.unwrap();
        assert_eq!(rest.progress.unwrap().done, 3.0);
        assert_eq!(rest.summary["loss"], json!("min"));
    }

    proptest! {
        /// Whatever is written, the quick way reads what the slow one does.
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
            let one = read_line(text.as_bytes(), &mut quick).unwrap();
            let two = read_slowly(text.as_bytes(), &mut slow).unwrap();
            prop_assert_eq!(one.t, two.t);
            prop_assert_eq!(one.t, t);
            prop_assert_eq!(quick, slow);
        }

        #[test]
        fn no_bytes_make_it_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = read_line(&bytes, &mut Vec::new());
        }
    }
}
