//! The configuration of a task: `config.yaml` or `config.sh`.

use common::TaskKind;

use super::TaskDir;
use crate::{Error, Result};

impl TaskDir {
    /// The text of the task's configuration file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn config_text(&self, kind: TaskKind) -> Result<String> {
        match self.read(kind.config_file()) {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Err(error) => Err(Error::io("reading", &self.config(kind.config_file()))(error)),
        }
    }
}
