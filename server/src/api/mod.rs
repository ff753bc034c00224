//! The handlers of the REST API, one module per noun. Each handler extracts a request, calls one method of the engine and
//! returns its result.

pub(crate) mod batches;
pub(crate) mod generator;
pub(crate) mod imports;
pub(crate) mod launcher;
pub(crate) mod logs;
pub(crate) mod metrics;
pub(crate) mod outputs;
pub(crate) mod provenance;
mod response;
mod response_cache;
pub(crate) mod reveal;
pub(crate) mod runs;
mod stream_response;
pub(crate) mod system;
pub(crate) mod task_sets;
pub(crate) mod tasks;
pub(crate) mod templates;
pub(crate) mod trash;
pub(crate) mod views;
pub(crate) mod workspace;

pub(crate) use response::{
    HandlerResult, call_engine, call_engine_to_json, json_response, respond, stream_body,
};
pub(crate) use response_cache::ResponseCache;
