//! The built browser side as bytes, inside the binary.
//!
//! `build/` makes it: WASM and bindings from `frontend`, one style sheet from `style/`, the files of
//! `public/` with the vendored bundles. With `PYRUNS_SITE=skip` the table is empty.

#![forbid(unsafe_code)]

/// One file of the site.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// Where it is served: `/pkg/pyruns.js`.
    pub path: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
    /// The same, compressed with brotli.
    pub brotli: Option<&'static [u8]>,
    /// The same, compressed with gzip.
    pub gzip: Option<&'static [u8]>,
    /// A strong entity tag, with its quotes.
    pub etag: &'static str,
    /// Whether the path changes with the content; other files are asked for anew each time, by tag.
    pub immutable: bool,
}

/// All files, in no order.
pub const ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file that is served at a path.
#[must_use]
pub fn get(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

#[cfg(test)]
mod tests {
    use super::{ASSETS, get};

    #[test]
    fn every_file_is_found_by_its_path_and_has_a_quoted_tag() {
        for asset in ASSETS {
            assert_eq!(get(asset.path).map(|found| found.etag), Some(asset.etag));
            assert!(asset.etag.starts_with('"') && asset.etag.ends_with('"'));
        }
        assert!(get("/no/such/file").is_none());
    }
}
