//! The handlers: a folder a noun, a file a verb, each one call of the engine.

mod answer;
pub(crate) mod batch;
pub(crate) mod generator;
pub(crate) mod import;
pub(crate) mod launcher;
pub(crate) mod log;
pub(crate) mod metric;
mod recent_answers;
pub(crate) mod reveal;
pub(crate) mod runs;
pub(crate) mod system;
pub(crate) mod task;
pub(crate) mod template;
pub(crate) mod trash;
pub(crate) mod view;
pub(crate) mod workspace;

pub(crate) use answer::{Answer, answer, ask, json_answer, streamed_body, written};
pub(crate) use recent_answers::RecentAnswers;
