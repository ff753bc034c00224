//! Writing the files, their compressed forms and the table of them into `OUT_DIR`.

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write as _;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::Write as _;
use std::path::Path;

use crate::Result;
use crate::asset::Asset;

/// Smaller files gain nothing from compression.
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
        fs::write(&plain, &asset.bytes)?;
        let compress = release && asset.bytes.len() >= MIN_COMPRESSED_BYTES;
        let brotli = compressed(&plain, "br", compress.then(|| brotli(&asset.bytes)))?;
        let gzip = compressed(&plain, "gz", compress.then(|| gzip(&asset.bytes)))?;
        writeln!(
            source,
            "Asset {{ path: {:?}, content_type: {:?}, bytes: include_bytes!({plain:?}), brotli: {brotli}, \
             gzip: {gzip}, etag: \"\\\"{:016x}\\\"\", immutable: false }},",
            asset.path,
            asset.content_type(),
            hasher.finish(),
        )?;
    }
    source.push(']');
    fs::write(out.join("assets.rs"), source)?;
    Ok(())
}

/// The expression for one compressed form.
fn compressed(plain: &Path, ending: &str, bytes: Option<Result<Vec<u8>>>) -> Result<String> {
    let Some(bytes) = bytes else { return Ok("None".to_owned()) };
    let path = plain.with_extension(ending);
    fs::write(&path, bytes?)?;
    Ok(format!("Some(include_bytes!({path:?}))"))
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    brotli::CompressorWriter::new(&mut out, 1 << 16, 11, 22).write_all(bytes)?;
    Ok(out)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
