//! Names in requests.

use common::{BatchName, TaskName};

use store::{Error, Result};

/// The name of an existing task in a request.
///
/// # Errors
/// `Task 'x' not found` if no task can have this name.
pub fn requested_name(text: &str) -> Result<TaskName> {
    TaskName::of_folder(text).map_err(|_| Error::task_not_found(text))
}

/// The name of an existing batch in a request.
///
/// # Errors
/// `Batch 'x' not found` if no batch can have this name.
pub fn requested_batch(text: &str) -> Result<BatchName> {
    BatchName::new(text).map_err(|_| Error::batch_not_found(text))
}
