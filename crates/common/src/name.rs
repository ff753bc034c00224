//! Names that can be folder names: of tasks and of workspaces.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Maximum number of characters of a task name.
pub const MAX_CHARS: usize = 200;
/// Maximum number of bytes of a task name, so that a file name with a suffix fits (255).
pub const MAX_BYTES: usize = 230;

/// The name of a task, which is also the name of its folder.
///
/// Any Unicode, at most [`MAX_CHARS`] characters and [`MAX_BYTES`] bytes, none of
/// `<>:"/\|?*` or control characters, no leading `.`, no `@`, no blank ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct TaskName(String);

/// Why a text is not a valid name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Empty after trimming.
    #[error("Task name cannot be empty.")]
    Empty,
    /// Longer than the limit.
    #[error("Task name is too long: at most {MAX_CHARS} characters and {MAX_BYTES} bytes.")]
    TooLong,
    /// A character that is invalid in some file system.
    #[error("Task name '{name}' contains {character:?}, which is not allowed.")]
    Forbidden {
        /// The complete name.
        name: String,
        /// The first invalid character.
        character: char,
    },
    /// Hidden folders are not tasks.
    #[error("Task name '{0}' must not start with a dot.")]
    LeadingDot(String),
    /// A reserved folder of the workspace.
    #[error("'{0}' is not a workspace name.")]
    NotAWorkspace(String),
}

impl TaskName {
    /// Validates a name. Leading and trailing blanks are trimmed.
    ///
    /// # Errors
    /// A [`NameError`] that names the violated rule.
    pub fn new(text: &str) -> Result<Self, NameError> {
        let name = text.trim();
        check(name)?;
        if name.contains('@') {
            return Err(NameError::Forbidden { name: name.to_owned(), character: '@' });
        }
        Ok(Self(name.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check(name: &str) -> Result<(), NameError> {
    if name.is_empty() {
        return Err(NameError::Empty);
    }
    if name.len() > MAX_BYTES || name.chars().count() > MAX_CHARS {
        return Err(NameError::TooLong);
    }
    if name.starts_with('.') {
        return Err(NameError::LeadingDot(name.to_owned()));
    }
    match name.chars().find(|c| c.is_control() || r#"<>:"/\|?*"#.contains(*c)) {
        Some(character) => Err(NameError::Forbidden { name: name.to_owned(), character }),
        None => Ok(()),
    }
}

/// The name of a workspace folder below `_pyruns_`: a script's stem, or `_shell_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WorkspaceName(String);

impl WorkspaceName {
    /// The folder name of the shell workspace.
    pub const SHELL: &'static str = "_shell_";

    /// Validates a workspace name.
    ///
    /// # Errors
    /// A [`NameError`] that names the violated rule.
    pub fn new(text: &str) -> Result<Self, NameError> {
        check(text)?;
        Ok(Self(text.to_owned()))
    }

    /// The shell workspace's name.
    #[must_use]
    pub fn shell() -> Self {
        Self(Self::SHELL.to_owned())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! text_type {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
        impl FromStr for $name {
            type Err = NameError;
            fn from_str(text: &str) -> Result<Self, NameError> {
                Self::new(text)
            }
        }
        impl TryFrom<String> for $name {
            type Error = NameError;
            fn try_from(text: String) -> Result<Self, NameError> {
                Self::new(&text)
            }
        }
        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.0
            }
        }
    };
}
text_type!(TaskName);
text_type!(WorkspaceName);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_unicode_name_is_taken() {
        for name in ["a", "训练 一", "Ünï-côdé", "batch", "lr=0.1, x", "🚀_1-of-4", "a.b"]
        {
            assert_eq!(TaskName::new(name).map(String::from), Ok(name.to_owned()));
        }
    }

    #[test]
    fn invalid_folder_names_are_rejected() {
        for name in ["", "  ", ".hidden", "a/b", "a\\b", "a:b", "a|b", "a\u{7}b", "u@h", ".."] {
            assert!(TaskName::new(name).is_err(), "{name:?} was taken");
        }
        assert!(TaskName::new(&"x".repeat(MAX_CHARS)).is_ok());
        assert!(TaskName::new(&"x".repeat(MAX_CHARS + 1)).is_err());
        assert!(TaskName::new(&"训".repeat(100)).is_err(), "300 bytes do not fit a file name");
    }

    #[test]
    fn json_cannot_smuggle_a_bad_name() {
        assert!(serde_json::from_str::<TaskName>("\"../x\"").is_err());
        assert!(serde_json::from_str::<WorkspaceName>("\"a/b\"").is_err());
    }
}
