//! Full-text search in tasks: the terms of a query.

use memchr::memmem::Finder;

use super::TaskEntry;

/// The non-blank lines of a query, in lower case. A task matches if it contains all of them.
pub(crate) struct SearchTerms(Vec<Finder<'static>>);

impl SearchTerms {
    pub(crate) fn new(query: &str) -> Self {
        let lines = query.lines().map(str::trim).filter(|line| !line.is_empty());
        Self(lines.map(|line| Finder::new(line.to_lowercase().as_bytes()).into_owned()).collect())
    }

    /// Whether there are no terms; then every task matches.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn matches(&self, entry: &TaskEntry) -> bool {
        self.0.iter().all(|term| term.find(entry.search_text.as_bytes()).is_some())
    }
}
