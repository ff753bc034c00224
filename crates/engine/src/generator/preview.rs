//! Previews the tasks of a generator request.

use common::generator::{PreviewItem, PreviewRequest, PreviewResponse};
use serde_json::{Map, Value};

use super::input::{self, Input};
use crate::engine::{Engine, WorkspaceSelector};
use store::Result;

/// Default number of items.
const DEFAULT_ITEMS: u32 = 6;
/// Maximum number of items.
const MAX_ITEMS: u32 = 1000;

impl Engine {
    /// The exact number of tasks, and the first of them. The grid is not expanded.
    ///
    /// # Errors
    /// If the request is invalid. Clients depend on the texts; see the contract of the generator.
    pub fn preview(
        &self,
        selector: &WorkspaceSelector,
        request: &PreviewRequest,
    ) -> Result<PreviewResponse> {
        let workspace = self.workspace_of(selector)?;
        let input = input::read(&workspace, request)?;
        let max_items = request.max_items.unwrap_or(DEFAULT_ITEMS).min(MAX_ITEMS) as usize;
        let items = match &input {
            Input::Grid(grid) => grid
                .configs()
                .take(max_items)
                .enumerate()
                .map(|(position, config)| PreviewItem {
                    index: position as u64 + 1,
                    preview: grid.preview(&config),
                    config: match common::yaml::to_json(&config.into()) {
                        Value::Object(map) => map,
                        _ => Map::new(),
                    },
                })
                .collect(),
            Input::Script(text) => {
                vec![PreviewItem { index: 1, preview: first_line(text), config: Map::new() }]
            }
        };
        Ok(PreviewResponse { count: input.count(), items, task_kind: input.kind() })
    }
}

fn first_line(script: &str) -> String {
    let mut lines = script.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.clone().find(|line| !line.starts_with('#'));
    first.or_else(|| lines.next()).unwrap_or_default().to_owned()
}
