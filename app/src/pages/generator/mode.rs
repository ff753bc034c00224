//! The editing modes, selected by the URL.

use common::generator;

/// An editing mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// One field per parameter, in the script's groups.
    Grid,
    /// The same fields, nested like the parameters.
    Tree,
    /// The YAML text.
    Yaml,
    /// A shell script.
    Shell,
}

impl Mode {
    /// The value in the URL and in the settings.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Grid => "form",
            Self::Tree => "tree",
            Self::Yaml => "yaml",
            Self::Shell => "shell",
        }
    }

    /// Parses the value; any other value is [`Self::Grid`].
    pub(super) fn read(word: &str) -> Self {
        match word {
            "tree" => Self::Tree,
            "yaml" => Self::Yaml,
            _ => Self::Grid,
        }
    }

    /// Whether the mode has fields, which accept several values.
    pub(super) fn has_fields(self) -> bool {
        matches!(self, Self::Grid | Self::Tree)
    }

    /// The mode in the request to the server.
    pub(super) fn for_request(self) -> generator::Mode {
        match self {
            Self::Grid | Self::Tree => generator::Mode::Form,
            Self::Yaml => generator::Mode::Yaml,
            Self::Shell => generator::Mode::Shell,
        }
    }
}
