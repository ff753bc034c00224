//! The built browser side as bytes, inside the binary.
//!
//! `build/` makes it: WASM and bindings from `frontend`, one style sheet from `style/`, the files of
//! `public/` with the vendored bundles. With `PYRUNS_SITE=skip` the table is empty.

#![forbid(unsafe_code)]

use std::borrow::Cow;
use std::io::Read;

use flate2::read::GzDecoder;

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
    /// Whether the path changes with the content; other files are asked for anew each time, by tag.
    pub immutable: bool,
}

/// The bytes of a file, in the forms that are kept.
#[derive(Debug, Clone, Copy)]
pub enum Content {
    /// As they are: too short to gain from compression, or made for development.
    Plain(&'static [u8]),
    /// Twice compressed; the plain form is left out, since hardly a client asks for it.
    Compressed {
        /// With brotli, the smaller.
        brotli: &'static [u8],
        /// With gzip, for clients that take no brotli, and to make the plain form from.
        gzip: &'static [u8],
    },
}

impl Content {
    /// The plain form.
    #[must_use]
    pub fn plain(self) -> Cow<'static, [u8]> {
        match self {
            Self::Plain(bytes) => bytes.into(),
            Self::Compressed { gzip, .. } => {
                let mut bytes = Vec::new();
                // From memory to memory, of what the build wrote: nothing here can fail.
                let _ = GzDecoder::new(gzip).read_to_end(&mut bytes);
                bytes.into()
            }
        }
    }
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
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::{ASSETS, Content, get};

    #[test]
    fn the_plain_form_comes_out_of_the_compressed_one() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(b"const answer = 42;").unwrap();
        let gzip = encoder.finish().unwrap().leak();
        let plain = Content::Compressed { brotli: b"", gzip }.plain();
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
