//! Compiles the expression of a search to a matcher over lines.

use common::log::SearchQuery;
use grep_regex::{RegexMatcher, RegexMatcherBuilder};

use store::{Error, Result};

/// Maximum size of a compiled expression, far above that of typical ones.
const MAX_REGEX_BYTES: usize = 8 << 20;

/// Compiles an expression.
///
/// # Errors
/// Describes the syntax error.
pub(crate) fn matcher(q: &str, regex: bool, case: bool) -> Result<RegexMatcher> {
    if q.is_empty() {
        return Err(Error::invalid("q: the search text is empty"));
    }
    let mut builder = RegexMatcherBuilder::new();
    builder
        .case_insensitive(!case)
        .fixed_strings(!regex)
        .line_terminator(Some(b'\n'))
        .size_limit(MAX_REGEX_BYTES);
    builder.build(q).map_err(|error| Error::invalid(format!("q: {error}")))
}

/// Compiles the expression of a query.
///
/// # Errors
/// Describes the syntax error.
pub(crate) fn of_query(query: &SearchQuery) -> Result<RegexMatcher> {
    matcher(&query.q, query.regex, query.case)
}
