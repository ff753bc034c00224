//! A response, and its normalization for snapshots.

use std::fmt;
use std::path::Path;

use axum::body::Body;
use axum::http::{HeaderMap, Response, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;

/// Keys whose values are times, process ids or properties of the machine.
const VOLATILE: [&str; 16] = [
    "_mtime",
    "cpu_percent",
    "created_at",
    "cpu_s",
    "disk",
    "durations_s",
    "peak_memory_bytes",
    "finish_times",
    "gpus",
    "mem_percent",
    "native_file_picker",
    "pids",
    "search_text",
    "shell_runtime",
    "start_times",
    "epoch",
];

/// A response. Its text has the status, and the body without values that vary.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    project: String,
}

impl Reply {
    pub(crate) async fn read(response: Response<Body>, project: &Path) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        let project = project.to_string_lossy().into_owned();
        Self { status: parts.status, headers: parts.headers, bytes, project }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {self}"))
    }

    /// The `detail` of an error.
    pub(crate) fn detail(&self) -> Value {
        self.json()["detail"].clone()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    fn stable(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = text.replace(&self.project, "[project]"),
            Value::Array(items) => items.iter_mut().for_each(|item| self.stable(item)),
            Value::Object(fields) => {
                for (key, value) in fields {
                    let is_empty = value.as_array().is_some_and(Vec::is_empty);
                    match VOLATILE.contains(&key.as_str()) && !is_empty {
                        true => *value = Value::String(format!("[{key}]")),
                        false => self.stable(value),
                    }
                }
            }
            _ => {}
        }
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.status)?;
        match serde_json::from_slice(&self.bytes) {
            Ok(mut value) => {
                self.stable(&mut value);
                f.write_str(&serde_json::to_string_pretty(&value).map_err(|_| fmt::Error)?)
            }
            Err(_) => f.write_str(
                &String::from_utf8_lossy(&self.bytes).replace(&self.project, "[project]"),
            ),
        }
    }
}
