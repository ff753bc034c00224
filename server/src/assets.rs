//! Serves scripts, styles and WASM from the binary, or from a folder during development.

use std::path::PathBuf;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue,
    IF_NONE_MATCH, VARY,
};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use common::ApiError;
use site::{Asset, Content};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::error::ApiFailure;

/// The source of the site's files.
#[derive(Debug, Clone)]
pub enum AssetSource {
    /// Embedded in the binary, compressed.
    BuiltIn,
    /// This folder, which is read on every request.
    Folder(PathBuf),
}

impl AssetSource {
    /// The folder if one is named, else the binary.
    #[must_use]
    pub fn new(folder: Option<PathBuf>) -> Self {
        folder.map_or(Self::BuiltIn, Self::Folder)
    }
}

/// `GET /pkg/…`, `/vendor/…` and `/favicon.svg`.
pub(crate) async fn serve(
    State(source): State<AssetSource>,
    request: Request,
) -> Result<Response<Body>, ApiFailure> {
    match source {
        AssetSource::Folder(folder) => {
            // `ServeDir` rejects paths outside of the folder; its error type is `Infallible`.
            let Ok(response) = ServeDir::new(folder).oneshot(request).await;
            Ok(response.map(Body::new))
        }
        AssetSource::BuiltIn => match site::get(request.uri().path()) {
            Some(asset) => Ok(built_in(asset, request.headers())),
            None => {
                let text = format!("No such file: {}", request.uri().path());
                Err(ApiError::NotFound(text).into())
            }
        },
    }
}

fn built_in(asset: &'static Asset, request: &HeaderMap) -> Response<Body> {
    let (encoding, bytes) = best_form(asset, request);
    let cache = match asset.immutable {
        true => "public, max-age=31536000, immutable",
        // Revalidated on every request, with a 304 response while it is unchanged.
        false => "no-cache",
    };
    let known = request.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|tags| {
        tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == asset.etag)
    });
    let body = if is_known { Body::empty() } else { bytes };
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(ETAG, HeaderValue::from_static(asset.etag));
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// The smallest representation that the client accepts, and its encoding.
fn best_form(asset: &'static Asset, request: &HeaderMap) -> (Option<&'static str>, Body) {
    match asset.content {
        Content::Brotli(compressed) if accepts(request, "br") => (Some("br"), compressed.into()),
        // The compression layer handles other encodings.
        content => (None, content.plain().into()),
    }
}

/// Whether an encoding is accepted: it is listed with a weight above 0.
fn accepts(request: &HeaderMap, wanted: &str) -> bool {
    let values = request.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|entry| {
        let (name, weight) = entry.split_once(';').unwrap_or((entry, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok());
        name.trim() == wanted && weight.is_none_or(|weight: f32| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    static SCRIPT: Asset = Asset {
        path: "/pkg/a.js",
        content_type: "text/javascript",
        content: Content::Brotli(b"br"),
        etag: "\"1\"",
        immutable: false,
    };

    fn headers(pairs: &[(axum::http::HeaderName, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter().cloned();
        pairs.map(|(name, value)| (name, HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn the_smallest_form_that_the_client_takes() {
        for (accepted, encoding) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip", None),
            ("br;q=0, gzip;q=0.5", None),
            ("br;q=0.0", None),
            ("identity", None),
        ] {
            let response = built_in(&SCRIPT, &headers(&[(ACCEPT_ENCODING, accepted)]));
            let given = response.headers().get(CONTENT_ENCODING).map(|value| value.to_str());
            assert_eq!(given.transpose().unwrap(), encoding, "{accepted}");
            assert_eq!(response.headers()[CONTENT_TYPE], "text/javascript");
        }
    }

    #[test]
    fn a_known_tag_is_not_sent_again() {
        for (tags, status) in [("\"1\"", 304), ("\"0\", W/\"1\"", 304), ("\"2\"", 200)] {
            let response = built_in(&SCRIPT, &headers(&[(IF_NONE_MATCH, tags)]));
            assert_eq!(response.status().as_u16(), status, "{tags}");
            assert_eq!(response.headers()[ETAG], SCRIPT.etag);
        }
    }
}
