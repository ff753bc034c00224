//! Names that are parts of paths: of tasks, batches and workspaces.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Maximum number of characters of a task name.
pub const MAX_CHARS: usize = 200;
/// Maximum number of bytes of a task name, so that a file name with a suffix fits (255).
pub const MAX_BYTES: usize = 230;

/// Maximum number of bytes of a folder's name on Linux file systems.
const MAX_FOLDER_BYTES: usize = 255;

/// The name of a task, which is also the name of its folder.
///
/// A new name is any Unicode, at most 200 characters and 230 bytes, with none of `<>:"/\|?*` or control
/// characters, no leading `.`, no `@`, no blank ends. Folders that other programs made may have any name that
/// is one component of a path and not hidden.
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
    /// Validates the name of a new task: any Unicode, at most [`MAX_CHARS`] characters and [`MAX_BYTES`] bytes,
    /// none of `<>:"/\|?*` or control characters, no leading `.`, no `@`. Leading and trailing blanks are trimmed.
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

    /// The name of a task whose folder may exist: what can be one component of a path and is not hidden.
    ///
    /// # Errors
    /// A [`NameError`] that names the violated rule.
    pub fn of_folder(text: &str) -> Result<Self, NameError> {
        if text.starts_with('.') {
            return Err(NameError::LeadingDot(text.to_owned()));
        }
        check_folder(text)?;
        Ok(Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check_folder(name: &str) -> Result<(), NameError> {
    if name.is_empty() {
        return Err(NameError::Empty);
    }
    if name.len() > MAX_FOLDER_BYTES {
        return Err(NameError::TooLong);
    }
    match name.chars().find(|c| matches!(c, '/' | '\0')) {
        Some(character) => Err(NameError::Forbidden { name: name.to_owned(), character }),
        None => Ok(()),
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

/// The name of a batch, which is also the name of its record: follows the rules for names of new tasks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BatchName(String);

impl BatchName {
    /// Validates a batch name.
    ///
    /// # Errors
    /// A [`NameError`] that names the violated rule.
    pub fn new(text: &str) -> Result<Self, NameError> {
        TaskName::new(text).map(|TaskName(name)| Self(name))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name of a workspace folder below `_pyruns_`: a script's stem, or `_shell_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WorkspaceName(String);

impl WorkspaceName {
    /// The folder name of the shell workspace.
    pub const SHELL: &'static str = "_shell_";

    /// The name of a workspace whose folder may exist: what can be one component of a path.
    ///
    /// # Errors
    /// A [`NameError`] that names the violated rule.
    pub fn of_folder(text: &str) -> Result<Self, NameError> {
        if matches!(text, "." | "..") {
            return Err(NameError::LeadingDot(text.to_owned()));
        }
        check_folder(text)?;
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
    ($name:ident, $parse:ident) => {
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
        impl PartialEq<str> for $name {
            fn eq(&self, text: &str) -> bool {
                self.0 == text
            }
        }
        impl PartialEq<&str> for $name {
            fn eq(&self, text: &&str) -> bool {
                self.0 == *text
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
                Self::$parse(text)
            }
        }
        impl TryFrom<String> for $name {
            type Error = NameError;
            fn try_from(text: String) -> Result<Self, NameError> {
                Self::$parse(&text)
            }
        }
        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.0
            }
        }
    };
}
text_type!(TaskName, of_folder);
text_type!(BatchName, new);
text_type!(WorkspaceName, of_folder);

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
    fn an_existing_folder_may_have_any_name_that_is_one_visible_component() {
        for name in ["a", " a ", "u@h", "a:b?", "a\\b", &"x".repeat(255)] {
            assert_eq!(TaskName::of_folder(name).map(String::from), Ok(name.to_owned()));
        }
        for name in ["", ".", "..", ".hidden", "a/b", "../a", "/", "a\0b", &"x".repeat(256)] {
            assert!(TaskName::of_folder(name).is_err(), "{name:?} was accepted");
        }
    }

    #[test]
    fn json_cannot_smuggle_a_bad_name() {
        assert!(serde_json::from_str::<TaskName>("\"../x\"").is_err());
        assert!(serde_json::from_str::<WorkspaceName>("\"a/b\"").is_err());
    }
}
