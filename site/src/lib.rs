//! The files of the browser side, embedded into the binary.
//!
//! `build/` makes it: WASM and bindings from `frontend`, one style sheet from `style/`, the files of
//! `public/` with the vendored bundles. With `PYRUNS_SITE=skip` the table is empty.

#![forbid(unsafe_code)]

use std::borrow::Cow;

/// One file of the site.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// Where it is served: `/pkg/pyruns.js`.
    pub path: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    /// Its bytes.
    pub content: Content,
    /// A strong entity tag, with its quotes.
    pub etag: &'static str,
    /// Whether the path changes with the content; other files are revalidated by their entity tag.
    pub immutable: bool,
}

/// The bytes of a file, in the embedded encoding.
#[derive(Debug, Clone, Copy)]
pub enum Content {
    /// Uncompressed: too short to gain from compression, or made for development.
    Plain(&'static [u8]),
    /// Compressed with brotli. The uncompressed bytes are not embedded, because clients rarely request them.
    Brotli(&'static [u8]),
}

impl Content {
    /// The uncompressed bytes.
    #[must_use]
    pub fn plain(self) -> Cow<'static, [u8]> {
        match self {
            Self::Plain(bytes) => bytes.into(),
            Self::Brotli(mut compressed) => {
                let mut bytes = Vec::new();
                // From memory to memory, of what the build wrote: nothing here can fail.
                let _ = brotli_decompressor::BrotliDecompress(&mut compressed, &mut bytes);
                bytes.into()
            }
        }
    }
}

/// All files, unordered.
pub const ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file served at a path.
#[must_use]
pub fn get(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

#[cfg(test)]
mod tests {
    use super::{ASSETS, Content, get};

    #[test]
    fn the_plain_form_comes_out_of_the_compressed_one() {
        // RFC 7932, 9.2: one uncompressed block, then the empty last one.
        let compressed = b"\x8b\x08\x80const answer = 42;\x03";
        let plain = Content::Brotli(compressed).plain();
        assert_eq!(&*plain, b"const answer = 42;");
    }

    #[test]
    fn every_file_is_found_by_its_path_and_has_a_quoted_tag() {
        for asset in ASSETS {
            assert_eq!(get(asset.path).map(|found| found.etag), Some(asset.etag));
            assert!(!asset.content.plain().is_empty(), "{}", asset.path);
            assert!(asset.etag.starts_with('"') && asset.etag.ends_with('"'));
        }
        assert!(get("/no/such/file").is_none());
    }
}
