//! The bytes of a WebAssembly module, as far as they can be made fewer without a change of what it does.
//!
//! A module is a header of 8 bytes and sections, each with an id, its length as LEB128, and its content:
//! <https://webassembly.github.io/spec/core/binary/modules.html>.

use std::collections::HashMap;

/// Ids of sections: names for debuggers and the like, and what is imported.
const CUSTOM: u8 = 0;
const IMPORT: u8 = 2;
/// How wasm-bindgen begins the names of what it imports; a hash ends them.
const GENERATED: &str = "__wbg_";

/// Leaves out the custom sections, which hold names for debuggers. Nothing for what is no module.
pub(crate) fn without_names(module: &[u8]) -> Option<Vec<u8>> {
    let mut kept = module.get(..8)?.to_vec();
    for (id, content) in sections(module)? {
        if id != CUSTOM {
            push_section(&mut kept, id, content);
        }
    }
    Some(kept)
}

/// Gives generated imports short names, in the module and in the script that provides them: their hashes do
/// not compress, and every browser loads them twice. Nothing for what is no module.
pub(crate) fn shorten_imports(module: &[u8], script: &str) -> Option<(Vec<u8>, String)> {
    let mut short = HashMap::new();
    let mut shorter = module.get(..8)?.to_vec();
    for (id, content) in sections(module)? {
        match id {
            IMPORT => push_section(&mut shorter, id, &renamed(content, &mut short)?),
            _ => push_section(&mut shorter, id, content),
        }
    }
    Some((shorter, with_names(script, &short)))
}

/// The import section with other names, which are noted in `short`.
fn renamed(content: &[u8], short: &mut HashMap<String, String>) -> Option<Vec<u8>> {
    let (count, mut rest) = number(content)?;
    let mut out = content[..content.len() - rest.len()].to_vec();
    for _ in 0..count {
        let (module, after) = text(rest)?;
        let (name, after) = text(after)?;
        let (kind, after) = description(after)?;
        let number = short.len();
        push_text(&mut out, module);
        match name.starts_with(GENERATED) {
            true => {
                push_text(&mut out, short.entry(name.to_owned()).or_insert(format!("w{number}")));
            }
            false => push_text(&mut out, name),
        }
        out.extend_from_slice(kind);
        rest = after;
    }
    rest.is_empty().then_some(out)
}

/// A script with some of its identifiers replaced.
fn with_names(script: &str, short: &HashMap<String, String>) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(start) = rest.find(is_part) {
        let (before, word_on) = rest.split_at(start);
        let (word, after) =
            word_on.split_at(word_on.find(|c| !is_part(c)).unwrap_or(word_on.len()));
        out.push_str(before);
        out.push_str(short.get(word).map_or(word, String::as_str));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn sections(module: &[u8]) -> Option<Vec<(u8, &[u8])>> {
    let mut rest = module.get(8..)?;
    let mut found = Vec::new();
    while let [id, after @ ..] = rest {
        let (length, after) = number(after)?;
        let (content, next) = after.split_at_checked(length)?;
        found.push((*id, content));
        rest = next;
    }
    Some(found)
}

fn push_section(out: &mut Vec<u8>, id: u8, content: &[u8]) {
    out.push(id);
    push_number(out, content.len());
    out.extend_from_slice(content);
}

/// Unsigned LEB128.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let digits = bytes.iter().position(|byte| byte & 0x80 == 0)? + 1;
    let digits = bytes.split_at(digits);
    let value = digits.0.iter().rev().fold(0, |value, byte| value << 7 | usize::from(byte & 0x7f));
    Some((value, digits.1))
}

fn push_number(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn text(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = number(bytes)?;
    let (text, rest) = rest.split_at_checked(length)?;
    Some((std::str::from_utf8(text).ok()?, rest))
}

fn push_text(out: &mut Vec<u8>, text: &str) {
    push_number(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

/// What is imported: a function, table, memory, global or tag, as its bytes.
fn description(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let limits = |bytes: &[u8]| -> Option<usize> {
        let (flags, rest) = bytes.split_first()?;
        let (_, mut rest) = number(rest)?;
        if flags & 1 == 1 {
            (_, rest) = number(rest)?;
        }
        Some(bytes.len() - rest.len())
    };
    let (kind, rest) = bytes.split_first()?;
    let length = match kind {
        0 => rest.len() - number(rest)?.1.len(),
        1 => 1 + limits(rest.get(1..)?)?,
        2 => limits(rest)?,
        3 => 2,
        4 => 1 + rest.get(1..)?.len() - number(rest.get(1..)?)?.1.len(),
        _ => return None,
    };
    bytes.split_at_checked(1 + length)
}
