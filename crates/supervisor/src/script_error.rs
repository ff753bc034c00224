//! A script that cannot be read, as an error of the store: one kind of error leaves the supervisor and the engine.

use store::Error;

/// The same error: what the user can mend stays his, the rest keeps its path.
#[must_use]
pub fn script_error(error: script::Error) -> Error {
    match error {
        script::Error::NoInterpreter(text) => Error::Invalid(text),
        script::Error::Io { doing, path, source } => Error::Io { doing, path, source },
        script::Error::Malformed { path, reason } => Error::Malformed { path, reason },
    }
}
