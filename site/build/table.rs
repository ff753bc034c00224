//! Writing the files, compressed, and the table of them into `OUT_DIR`.

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write as _;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::Write as _;
use std::path::Path;

use crate::Result;
use crate::asset::Asset;

/// Files below this size are not compressed, in bytes.
const MIN_COMPRESSED_BYTES: usize = 256;

/// Writes `assets.rs`, a slice expression for `include!`.
pub(crate) fn write(out: &Path, assets: &[Asset]) -> Result<()> {
    let dir = out.join("assets");
    fs::create_dir_all(&dir)?;
    let release = std::env::var("PROFILE")? == "release";
    let mut source = String::from("&[\n");
    for (number, asset) in assets.iter().enumerate() {
        let mut hasher = DefaultHasher::new();
        asset.bytes.hash(&mut hasher);
        let plain = dir.join(number.to_string());
        let content = match release && asset.bytes.len() >= MIN_COMPRESSED_BYTES {
            true => {
                let compressed = brotli(&asset.bytes)?;
                format!("Brotli({})", included(&plain.with_extension("br"), &compressed)?)
            }
            false => format!("Plain({})", included(&plain, &asset.bytes)?),
        };
        writeln!(
            source,
            "Asset {{ path: {:?}, content_type: {:?}, content: Content::{content}, \
             etag: \"\\\"{:016x}\\\"\", immutable: false }},",
            asset.path,
            asset.content_type(),
            hasher.finish(),
        )?;
    }
    source.push(']');
    fs::write(out.join("assets.rs"), source)?;
    Ok(())
}

/// Writes one encoding of a file, and returns the expression that includes it.
fn included(path: &Path, bytes: &[u8]) -> Result<String> {
    fs::write(path, bytes)?;
    Ok(format!("include_bytes!({path:?})"))
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    brotli::CompressorWriter::new(&mut out, 1 << 16, 11, 22).write_all(bytes)?;
    Ok(out)
}
