//! Converts an error about a script to an error of the store, the only error type that the
//! supervisor and the engine return.

use store::Error;

/// Errors that the user can fix stay errors for the user; the others keep their path.
#[must_use]
pub fn script_error(error: script::Error) -> Error {
    match error {
        script::Error::NoInterpreter(text) => Error::Invalid(text),
        script::Error::Io { doing, path, source } => Error::Io { doing, path, source },
        script::Error::Malformed { path, reason } => Error::Malformed { path, reason },
    }
}
