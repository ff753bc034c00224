//! The view of the table and its representation in the URL.

use common::metric::RunRef;
use common::runs::{RunsQuery, SortKey, WhichRuns};

use crate::url_query::UrlQuery;

/// Separator of lists in the URL; column names are unlikely to contain it.
const SEPARATOR: char = '|';

/// Rows, columns and display options.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct TableView {
    /// The filter expression.
    pub(super) filter: String,
    /// All runs of a task, not only the newest.
    pub(super) all_runs: bool,
    /// Sort keys, the most significant first.
    pub(super) sort: Vec<SortKey>,
    /// Group columns.
    pub(super) group: Vec<String>,
    /// The columns in order; `None` for the default ones.
    pub(super) columns: Option<Vec<String>>,
    /// Pinned columns, in addition to the name.
    pub(super) pinned: Vec<String>,
    /// Widths that differ from the default, pixels.
    pub(super) widths: Vec<(String, u16)>,
    /// Includes columns with the same value in all rows.
    pub(super) same: bool,
    /// Colours numbers by their size.
    pub(super) scale: bool,
    /// Displays the curves of the selected rows.
    pub(super) charts: bool,
}

impl TableView {
    /// Reads the view from a URL; missing and invalid values become the default.
    pub(super) fn read(query: &UrlQuery) -> Self {
        let list = |key| query.get(key).map(split);
        let is_on = |key| query.get(key) == Some("1");
        let width = |text: String| {
            let (name, width) = text.rsplit_once(':')?;
            Some((name.to_owned(), width.parse().ok()?))
        };
        Self {
            filter: query.get("filter").unwrap_or_default().to_owned(),
            all_runs: query.get("runs") == Some("all"),
            sort: list("by").unwrap_or_default().into_iter().map(SortKey::from).collect(),
            group: list("group").unwrap_or_default(),
            columns: list("cols"),
            pinned: list("pins").unwrap_or_default(),
            widths: list("widths").unwrap_or_default().into_iter().filter_map(width).collect(),
            same: is_on("same"),
            scale: is_on("scale"),
            charts: is_on("charts"),
        }
    }

    /// Writes the view into a URL and keeps the other keys.
    pub(super) fn write(&self, query: UrlQuery) -> UrlQuery {
        let flag = |on: bool| on.then_some("1");
        let sort: Vec<String> = self.sort.iter().cloned().map(String::from).collect();
        let widths: Vec<String> =
            self.widths.iter().map(|(name, width)| format!("{name}:{width}")).collect();
        query
            .with("filter", Some(&self.filter))
            .with("runs", self.all_runs.then_some("all"))
            .with("by", Some(&join(&sort)))
            .with("group", Some(&join(&self.group)))
            .with("cols", self.columns.as_deref().map(join).as_deref())
            .with("pins", Some(&join(&self.pinned)))
            .with("widths", Some(&join(&widths)))
            .with("same", flag(self.same))
            .with("scale", flag(self.scale))
            .with("charts", flag(self.charts))
    }

    /// The query for the rows, without offset and limit.
    pub(super) fn runs_query(&self, columns: Vec<String>, only: Vec<RunRef>) -> RunsQuery {
        RunsQuery {
            filter: self.filter.clone(),
            runs: if self.all_runs { WhichRuns::All } else { WhichRuns::Newest },
            only,
            columns,
            sort: self.sort.clone(),
            group: self.group.clone(),
            ..RunsQuery::default()
        }
    }

    /// The view after a click on a column header: ascending, descending, unsorted. With `more`, the other
    /// sort keys are kept.
    pub(super) fn sorted_by(mut self, column: &str, more: bool) -> Self {
        let position = self.sort.iter().position(|key| key.column == column);
        let next = match position.map(|at| self.sort[at].descending) {
            None => Some(SortKey { column: column.to_owned(), descending: false }),
            Some(false) => Some(SortKey { column: column.to_owned(), descending: true }),
            Some(true) => None,
        };
        match (more, position, next) {
            (true, Some(at), Some(key)) => self.sort[at] = key,
            (true, Some(at), None) => {
                self.sort.remove(at);
            }
            (true, None, next) => self.sort.extend(next),
            (false, _, next) => self.sort = next.into_iter().collect(),
        }
        self
    }

    /// The view with another width of a column.
    pub(super) fn with_width(mut self, column: &str, width: u16) -> Self {
        self.widths.retain(|(name, _)| name != column);
        self.widths.push((column.to_owned(), width));
        self
    }

    /// The view with a column pinned or unpinned.
    pub(super) fn toggle_pin(mut self, column: &str) -> Self {
        if self.pinned.iter().any(|name| name == column) {
            self.pinned.retain(|name| name != column);
        } else {
            self.pinned.push(column.to_owned());
        }
        self
    }

    /// The view with a group column added or removed.
    pub(super) fn toggle_group(mut self, column: &str) -> Self {
        if self.group.iter().any(|name| name == column) {
            self.group.retain(|name| name != column);
        } else {
            self.group.push(column.to_owned());
        }
        self
    }
}

/// `columns` with `column` moved before `before`, or to the end.
pub(super) fn moved(columns: &[String], column: &str, before: Option<&str>) -> Vec<String> {
    let mut columns: Vec<String> = columns.iter().filter(|name| *name != column).cloned().collect();
    let position = before.and_then(|before| columns.iter().position(|name| name == before));
    columns.insert(position.unwrap_or(columns.len()), column.to_owned());
    columns
}

fn join(names: &[String]) -> String {
    names.join(&SEPARATOR.to_string())
}

fn split(text: &str) -> Vec<String> {
    text.split(SEPARATOR).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_survives_the_url() {
        let view = TableView {
            filter: "lr < 0.1 and \"训练\"".to_owned(),
            all_runs: true,
            sort: vec!["-metrics.acc.max".to_owned().into(), "name".to_owned().into()],
            group: vec!["params.lr".to_owned()],
            columns: Some(vec!["status".to_owned(), "metrics.a:b/c.best".to_owned()]),
            pinned: vec!["status".to_owned()],
            widths: vec![("metrics.a:b/c.best".to_owned(), 140)],
            same: true,
            scale: true,
            charts: true,
        };
        let search = view.write(UrlQuery::parse("?ws=main&view=runs")).to_search();
        assert_eq!(TableView::read(&UrlQuery::parse(&search)), view);
        assert_eq!(TableView::default().write(UrlQuery::default()).to_search(), "");
    }

    #[test]
    fn clicks_sort_by_one_column_and_by_several() {
        let sorts = |view: &TableView| {
            view.sort.iter().cloned().map(String::from).collect::<Vec<_>>().join(",")
        };
        let view = TableView::default().sorted_by("a", false);
        assert_eq!(sorts(&view), "a");
        let view = view.sorted_by("b", true).sorted_by("b", true);
        assert_eq!(sorts(&view), "a,-b");
        assert_eq!(sorts(&view.clone().sorted_by("b", true)), "a");
        assert_eq!(sorts(&view.clone().sorted_by("c", false)), "c");
        assert_eq!(sorts(&view.sorted_by("a", false).sorted_by("a", false)), "");
    }

    #[test]
    fn columns_move_to_their_new_position() {
        let columns = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(moved(&columns, "c", Some("a")), ["c", "a", "b"]);
        assert_eq!(moved(&columns, "a", None), ["b", "c", "a"]);
        assert_eq!(moved(&columns, "b", Some("b")), ["a", "c", "b"]);
    }
}
