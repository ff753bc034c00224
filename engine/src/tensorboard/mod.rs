//! Event files of TensorBoard: as much of them as scalars need.
//!
//! A file is a list of `TFRecord`s (length, its checksum, data, its checksum), each an `Event` in protocol
//! buffers: `tensorflow/core/util/event.proto` and `framework/summary.proto`.

mod beside;
mod crc;
mod figures;
mod files;
mod proto;
mod read;
mod record;
mod write;

pub(crate) use beside::{Span, of_run};
pub(crate) use figures::{EventFigures, Which};
pub(crate) use files::{EventFiles, begun_s, event_files};
pub(crate) use read::{ReadState, Scalar, read_scalars};
pub(crate) use write::EventWriter;
