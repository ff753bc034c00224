//! The text editor: CodeMirror through the shim `js/editor.js`, loaded only where one is shown.

/// How the text is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// YAML.
    Yaml,
    /// Shell script.
    Shell,
}

impl Language {
    /// The word that the shim knows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Shell => "shell",
        }
    }
}
