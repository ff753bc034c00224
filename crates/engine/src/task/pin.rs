//! `POST /api/tasks/{name}/pin`.

use common::Task;
use common::task::PinRequest;

use super::view::Detail;
use crate::engine::{Engine, Pick};
use store::Result;

impl Engine {
    /// Pins, unpins or toggles.
    ///
    /// # Errors
    /// When there is no such task, or its file cannot be written.
    pub fn pin_task(&self, pick: &Pick, name: &str, request: &PinRequest) -> Result<Task> {
        let workspace = self.pick(pick)?;
        let (entry, ()) = workspace.update(name, |info| {
            info.pinned = request.pinned.unwrap_or(!info.pinned);
            Ok(())
        })?;
        Ok(workspace.view(&entry, Detail::Full))
    }
}
