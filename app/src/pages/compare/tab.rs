//! The tabs of the page, selected by the URL.

/// A tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum CompareTab {
    /// The columns that differ.
    #[default]
    Table,
    /// Overlaid curves.
    Curves,
    /// Parameters against results.
    Plots,
    /// The diff of two runs.
    Diff,
    /// Logs side by side.
    Logs,
    /// Images by step.
    Images,
}

impl CompareTab {
    /// All tabs, in display order.
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

    /// Parses the value; any other value is the table.
    pub(super) fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|tab| tab.key() == text).unwrap_or_default()
    }
}
