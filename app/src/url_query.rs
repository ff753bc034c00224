//! Parses and serializes the query of a URL.
//!
//! The router decodes values twice, which turns a task called `50%20` into another one;
//! pages that name tasks in the query read the raw text through [`UrlQuery`] instead.

use std::fmt::Write as _;

/// The pairs of a query string, decoded, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UrlQuery {
    pairs: Vec<(String, String)>,
}

impl UrlQuery {
    /// Reads `a=1&b=2`, with or without the leading `?`.
    #[must_use]
    pub fn parse(raw: &str) -> Self {
        let raw = raw.strip_prefix('?').unwrap_or(raw);
        let pairs = raw
            .split('&')
            .filter(|piece| !piece.is_empty())
            .map(|piece| {
                let (key, value) = piece.split_once('=').unwrap_or((piece, ""));
                (decode(key), decode(value))
            })
            .collect();
        Self { pairs }
    }

    /// The value of a key, if it is there and not empty.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        let found = self.pairs.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Sets a key, or removes it if the value is empty.
    #[must_use]
    pub fn with(mut self, key: &str, value: Option<&str>) -> Self {
        let position = self.pairs.iter().position(|(name, _)| name == key);
        match (position, value.filter(|value| !value.is_empty())) {
            (Some(at), Some(value)) => self.pairs[at].1 = value.to_owned(),
            (None, Some(value)) => self.pairs.push((key.to_owned(), value.to_owned())),
            (Some(at), None) => {
                self.pairs.remove(at);
            }
            (None, None) => {}
        }
        self
    }

    /// `?a=1&b=2`; empty without pairs.
    #[must_use]
    pub fn to_search(&self) -> String {
        let mut search = String::new();
        for (key, value) in &self.pairs {
            search.push(if search.is_empty() { '?' } else { '&' });
            search.push_str(&encode(key));
            search.push('=');
            search.push_str(&encode(value));
        }
        search
    }
}

/// The address of a task's page; `search` is a serialized query or empty.
#[must_use]
pub fn task_path(name: &str, search: &str) -> String {
    format!("/tasks/{}{search}", encode(name))
}

/// Percent-encodes everything that has a meaning in a path or a query.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        match first {
            b'+' => bytes.push(b' '),
            b'%' => match hex_pair(tail) {
                Some(byte) => {
                    bytes.push(byte);
                    rest = &tail[2..];
                }
                None => bytes.push(b'%'),
            },
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex_pair(bytes: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_values_are_read_again() {
        for name in ["a", "训练 一", "50%20", "a+b & c=d", "lr=0.1, x", "🚀#1"] {
            let search =
                UrlQuery::default().with("task", Some(name)).with("ws", Some("main")).to_search();
            assert_eq!(UrlQuery::parse(&search).get("task"), Some(name), "{search}");
        }
    }

    #[test]
    fn a_browser_may_write_it_in_other_ways() {
        let query = UrlQuery::parse("q=a+b%0Ac&empty=&bad=%zz&flag");
        assert_eq!(query.get("q"), Some("a b\nc"));
        assert_eq!(query.get("empty"), None);
        assert_eq!(query.get("bad"), Some("%zz"));
        assert_eq!(query.get("flag"), None);
    }

    #[test]
    fn null_removes_a_key_and_order_is_preserved() {
        let query = UrlQuery::parse("?ws=main&page=2&q=x");
        assert_eq!(query.clone().with("page", None).to_search(), "?ws=main&q=x");
        assert_eq!(query.with("ws", Some("other")).to_search(), "?ws=other&page=2&q=x");
        assert_eq!(UrlQuery::default().to_search(), "");
    }

    #[test]
    fn a_task_path_survives_every_name() {
        assert_eq!(task_path("50%/训", "?ws=a"), "/tasks/50%25%2F%E8%AE%AD?ws=a");
    }
}
