//! Decodes source files by Python's rules (PEP 263).

/// Decodes a source file; returns a warning if its encoding is not supported.
pub(super) fn decode(bytes: &[u8]) -> (String, Option<String>) {
    let (body, has_mark) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let declared = if has_mark { None } else { declared(body) };
    let Some(name) = declared else {
        return (String::from_utf8_lossy(body).into_owned(), None);
    };
    match name.to_ascii_lowercase().replace('_', "-").as_str() {
        "utf-8" | "utf8" | "ascii" | "us-ascii" | "utf-8-sig" => {
            (String::from_utf8_lossy(body).into_owned(), None)
        }
        "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "iso-latin-1" | "l1" => {
            (body.iter().map(|byte| char::from(*byte)).collect(), None)
        }
        "cp1252" | "windows-1252" => (body.iter().map(|byte| cp1252(*byte)).collect(), None),
        "iso-8859-15" | "latin-9" | "latin9" => {
            (body.iter().map(|byte| latin9(*byte)).collect(), None)
        }
        _ => {
            let warning = format!(
                "The file says its encoding is `{name}`, which is not known here; characters outside ASCII may be wrong."
            );
            (String::from_utf8_lossy(body).into_owned(), Some(warning))
        }
    }
}

/// The encoding declared by a comment in the first two lines.
fn declared(bytes: &[u8]) -> Option<String> {
    for line in bytes.split(|byte| *byte == b'\n').take(2) {
        let line = String::from_utf8_lossy(line);
        let line = line.trim();
        if !line.is_empty() && !line.starts_with('#') {
            return None;
        }
        let Some((_, after)) = line.split_once("coding") else {
            continue;
        };
        let Some(name) = after.strip_prefix([':', '=']) else {
            continue;
        };
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let name: String = name.trim_start().chars().take_while(|c| is_part(*c)).collect();
        if !name.is_empty() {
            return Some(name);
        }
    }
    None
}

fn cp1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

fn latin9(byte: u8) -> char {
    match byte {
        0xa4 => '€',
        0xa6 => 'Š',
        0xa8 => 'š',
        0xb4 => 'Ž',
        0xb8 => 'ž',
        0xbc => 'Œ',
        0xbd => 'œ',
        0xbe => 'Ÿ',
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn declared_encodings_are_read() {
        assert_eq!(
            decode(b"# -*- coding: latin-1 -*-\nx = '\xe9'\n").0.lines().last(),
            Some("x = 'é'")
        );
        assert_eq!(decode(b"#!/bin/x\n# coding=cp1252\n'\x80'").0.lines().last(), Some("'€'"));
        assert_eq!(decode("\u{feff}x = 'é'".as_bytes()).0, "x = 'é'");
    }

    #[test]
    fn an_unknown_encoding_is_named() {
        let (text, warning) = decode(b"# coding: koi8-r\nx = 1 # \xc1\n");
        assert!(text.contains("x = 1"));
        assert!(warning.is_some_and(|warning| warning.contains("koi8-r")));
    }
}
