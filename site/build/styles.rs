//! Bundles `style/main.css` and its imports into one style sheet.

use std::fs;
use std::path::Path;

use crate::Result;
use crate::asset::Asset;

/// `/pkg/pyruns.css`: every `@import "file.css";` replaced by the file, comments left out.
pub(crate) fn bundle(root: &Path) -> Result<Asset> {
    let text = inline(&root.join("style/main.css"))?;
    Ok(Asset { path: "/pkg/pyruns.css".into(), bytes: squeeze(&text).into_bytes() })
}

fn inline(path: &Path) -> Result<String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut out = String::new();
    for line in text.lines() {
        let import = line.trim().strip_prefix("@import").and_then(|rest| rest.split('"').nth(1));
        match import {
            Some(name) => out.push_str(&inline(&path.with_file_name(name))?),
            None => out.push_str(line),
        }
        out.push('\n');
    }
    Ok(out)
}

/// Removes comments, indentation and blank lines.
fn squeeze(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
