//! How parameters are edited, as it stands in the URL.

use common::generator;

/// One way to edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// A field per parameter, grouped as the script groups them.
    Grid,
    /// The same fields, nested as the parameters are.
    Tree,
    /// The text of the file.
    Yaml,
    /// A shell script.
    Shell,
}

impl Mode {
    /// Its word in the URL and in the settings.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Grid => "form",
            Self::Tree => "tree",
            Self::Yaml => "yaml",
            Self::Shell => "shell",
        }
    }

    /// The mode of a word; fields for any other.
    pub(super) fn read(word: &str) -> Self {
        match word {
            "tree" => Self::Tree,
            "yaml" => Self::Yaml,
            _ => Self::Grid,
        }
    }

    /// Whether there are fields, in which several values can be written.
    pub(super) fn has_fields(self) -> bool {
        matches!(self, Self::Grid | Self::Tree)
    }

    /// How the server reads what was written.
    pub(super) fn for_request(self) -> generator::Mode {
        match self {
            Self::Grid | Self::Tree => generator::Mode::Form,
            Self::Yaml => generator::Mode::Yaml,
            Self::Shell => generator::Mode::Shell,
        }
    }
}
