//! The tabs of a task's page, selected by the URL.

/// A tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum TaskTab {
    /// Parameters, results, runs.
    #[default]
    Overview,
    /// Curves.
    Charts,
    /// The log.
    Log,
    /// Notes and environment.
    Notes,
}

impl TaskTab {
    /// All tabs, in display order.
    pub(super) const ALL: [Self; 4] = [Self::Overview, Self::Charts, Self::Log, Self::Notes];

    /// The value of `?tab=`.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Charts => "charts",
            Self::Log => "log",
            Self::Notes => "notes",
        }
    }

    /// Parses the value; any other value is the overview.
    pub(super) fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|tab| tab.key() == text).unwrap_or_default()
    }
}
