//! Event files of TensorBoard: as much of them as scalars need.
//!
//! A file is a list of `TFRecord`s (length, its checksum, data, its checksum), each an `Event` in protocol
//! buffers: `tensorflow/core/util/event.proto` and `framework/summary.proto`.

mod beside;
mod crc;
mod files;
mod proto;
mod read;
mod record;
mod write;

pub(crate) use beside::of_run;
pub use beside::{Span, of_task};
pub use files::EventFiles;
pub(crate) use files::{begun_s, event_files};
pub(crate) use write::EventWriter;
