//! Integration tests of the server with a real engine, one module per group of routes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails at that line")]

mod access;
mod assets;
mod attacks;
mod attacks_on_paths;
mod batches;
mod event_files;
mod events;
mod extractors;
mod failures;
mod functions;
mod generator;
mod launcher;
mod log_lines;
mod log_search;
mod log_stream;
mod logs;
mod metrics;
mod not_finite;
mod openapi;
mod pages;
mod pyruns_0_3;
mod runs;
mod secrets;
mod series;
mod serve;
mod support;
mod system;
mod task_batch;
mod task_changes;
mod task_options;
mod tasks;
mod tls;
mod token;
mod trash;
mod unknown_routes;
mod workspace;
