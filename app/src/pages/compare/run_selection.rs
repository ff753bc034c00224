//! The selection of compared runs and its representation in the URL: `runs=a|b*2`, or `filter=lr < 0.1`.

use common::metric::RunRef;
use common::runs::RunsQuery;

use crate::url_query::UrlQuery;

/// Maximum number of runs compared at once.
pub(super) const MAX_RUNS: i64 = 500;

/// The runs selected by a URL.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RunSelection {
    /// The runs; run number 0 is the newest run of a task.
    pub(super) runs: Vec<RunRef>,
    /// The filter that selects the runs if `runs` is empty.
    pub(super) filter: String,
}

impl RunSelection {
    /// Reads the selection; invalid entries are skipped.
    pub(super) fn read(query: &UrlQuery) -> Self {
        let runs = query.get("runs").unwrap_or_default();
        Self {
            runs: runs.split('|').filter_map(read_run).collect(),
            filter: query.get("filter").unwrap_or_default().to_owned(),
        }
    }

    /// The query for the rows of the runs, with all columns.
    pub(super) fn runs_query(&self) -> RunsQuery {
        RunsQuery {
            filter: if self.runs.is_empty() { self.filter.clone() } else { String::new() },
            only: self.runs.clone(),
            limit: MAX_RUNS,
            ..RunsQuery::default()
        }
    }
}

/// Parses `name` or `name*2`; task names do not contain `*`.
fn read_run(text: &str) -> Option<RunRef> {
    let (task, run) = match text.rsplit_once('*') {
        Some((task, run)) => (task, run.parse().ok()?),
        None => (text, 0),
    };
    (!task.is_empty()).then(|| RunRef::new(task, run))
}

/// The address of the Compare page for these runs.
#[must_use]
pub(crate) fn compare_href(runs: &[RunRef], ws: Option<&str>) -> String {
    let word = |run: &RunRef| match run.run {
        0 => run.task.clone(),
        number => format!("{}*{number}", run.task),
    };
    let runs: Vec<String> = runs.iter().map(word).collect();
    let query = UrlQuery::default().with("runs", Some(&runs.join("|"))).with("ws", ws);
    format!("/compare{}", query.to_search())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_survive_the_url() {
        let runs = [RunRef::new("训练 a,b", 0), RunRef::new("@tb/x", 1), RunRef::new("c", 12)];
        let href = compare_href(&runs, Some("main"));
        let (_, search) = href.split_once('?').unwrap();
        assert_eq!(RunSelection::read(&UrlQuery::parse(search)).runs, runs);
    }

    #[test]
    fn without_runs_the_filter_counts() {
        let selection = RunSelection::read(&UrlQuery::parse("filter=lr+%3C+0.1"));
        assert_eq!(selection.runs_query().filter, "lr < 0.1");
        let both = RunSelection::read(&UrlQuery::parse("filter=x&runs=a%7C%7C*%7Cb*x"));
        assert_eq!((both.runs.len(), both.runs_query().filter), (1, String::new()));
    }
}
