//! The parts of the page, as they stand in the URL.

/// One part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Tab {
    /// What differs.
    #[default]
    Table,
    /// Curves over each other.
    Curves,
    /// Parameters against results.
    Plots,
    /// Two runs, line by line.
    Diff,
    /// Logs side by side.
    Logs,
    /// Images by step.
    Images,
}

impl Tab {
    /// All of them, in order.
    pub(super) const ALL: [Self; 6] =
        [Self::Table, Self::Curves, Self::Plots, Self::Diff, Self::Logs, Self::Images];

    /// The value of `?tab=`.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Curves => "curves",
            Self::Plots => "plots",
            Self::Diff => "diff",
            Self::Logs => "logs",
            Self::Images => "images",
        }
    }

    /// Reads the value; anything else is the table.
    pub(super) fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|tab| tab.key() == text).unwrap_or_default()
    }
}
