//! What is looked for, as a matcher over lines.

use common::log::SearchQuery;
use grep_regex::{RegexMatcher, RegexMatcherBuilder};

use store::{Error, Result};

/// The largest compiled expression: what a person writes is far smaller.
const MAX_REGEX_BYTES: usize = 8 << 20;

/// Compiles what a request looks for.
///
/// # Errors
/// Says what is wrong with the expression.
pub(crate) fn matcher(q: &str, regex: bool, case: bool) -> Result<RegexMatcher> {
    if q.is_empty() {
        return Err(Error::invalid("q: there is nothing to look for"));
    }
    let mut builder = RegexMatcherBuilder::new();
    builder
        .case_insensitive(!case)
        .fixed_strings(!regex)
        .line_terminator(Some(b'\n'))
        .size_limit(MAX_REGEX_BYTES);
    builder.build(q).map_err(|error| Error::invalid(format!("q: {error}")))
}

/// The matcher of a query.
///
/// # Errors
/// Says what is wrong with the expression.
pub(crate) fn of_query(query: &SearchQuery) -> Result<RegexMatcher> {
    matcher(&query.q, query.regex, query.case)
}
