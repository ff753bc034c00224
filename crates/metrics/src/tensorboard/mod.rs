//! Reads and writes the scalars of TensorBoard event files.
//!
//! A file is a list of `TFRecord`s (length, its checksum, data, its checksum), each containing an
//! `Event` in protocol buffers: `tensorflow/core/util/event.proto` and `framework/summary.proto`.

mod crc;
mod files;
mod proto;
mod read;
mod record;
mod run_files;
mod write;

pub use files::EventFiles;
pub(crate) use files::{created_s, event_files};
pub(crate) use run_files::of_run;
pub use run_files::{Span, of_task};
pub(crate) use write::EventWriter;
