//! The view of the Manager and its representation in the URL.

use common::TaskStatus;
use common::page::TaskQuery;

use crate::url_query::UrlQuery;

/// Filter, order, page and layout of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Each non-blank line must occur in the task.
    pub search: String,
    /// Only tasks with this status.
    pub status: Option<TaskStatus>,
    /// The order.
    pub sort: Sort,
    /// The page number, from 1.
    pub page: u64,
    /// The layout.
    pub layout: Layout,
}

/// The layouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// One row per task.
    #[default]
    Table,
    /// One card per task.
    Cards,
    /// One row per run, with selectable columns and curves.
    Runs,
    /// The grid of a batch.
    Grid,
}

impl Layout {
    /// All layouts, in display order.
    pub const ALL: [Self; 4] = [Self::Table, Self::Cards, Self::Runs, Self::Grid];

    /// The value of `?view=`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Cards => "cards",
            Self::Runs => "runs",
            Self::Grid => "grid",
        }
    }

    /// Parses the value; any other value is the table.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|layout| layout.word() == word).unwrap_or_default()
    }
}

/// An order; an empty column is the default order: pinned, active, newest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sort {
    /// A column of `TaskQuery::sort`.
    pub column: String,
    /// Descending.
    pub descending: bool,
}

impl Default for View {
    fn default() -> Self {
        Self {
            search: String::new(),
            status: None,
            sort: Sort::default(),
            page: 1,
            layout: Layout::Table,
        }
    }
}

impl View {
    /// Reads the view from a URL; missing and invalid values become the default.
    #[must_use]
    pub fn read(query: &UrlQuery) -> Self {
        Self {
            search: query.get("q").unwrap_or_default().to_owned(),
            status: query.get("status").and_then(TaskStatus::parse),
            sort: Sort::parse(query.get("sort").unwrap_or_default()),
            page: query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1),
            layout: Layout::parse(query.get("view").unwrap_or_default()),
        }
    }

    /// Writes the view into a URL and keeps the other keys.
    #[must_use]
    pub fn write(&self, query: UrlQuery) -> UrlQuery {
        let page = (self.page > 1).then(|| self.page.to_string());
        query
            .with("q", Some(&self.search))
            .with("status", self.status.map(TaskStatus::as_str))
            .with("sort", Some(&self.sort.as_text()))
            .with("page", page.as_deref())
            .with("view", Some(self.layout.word()).filter(|_| self.layout != Layout::Table))
    }

    /// The query for these tasks; [`on_page`] adds the page.
    #[must_use]
    pub fn task_query(&self) -> TaskQuery {
        TaskQuery {
            query: self.search.clone(),
            status: self.status.map_or("All", TaskStatus::as_str).to_owned(),
            sort: self.sort.as_text(),
            compact: true,
            ..TaskQuery::default()
        }
    }

    /// The view with another search text, on the first page.
    #[must_use]
    pub fn searching(self, search: String) -> Self {
        Self { search, page: 1, ..self }
    }

    /// The view with another status, on the first page.
    #[must_use]
    pub fn in_status(self, status: Option<TaskStatus>) -> Self {
        Self { status, page: 1, ..self }
    }

    /// The view after a click on a column header, on the first page.
    #[must_use]
    pub fn sorted_by(self, column: &str) -> Self {
        Self { sort: self.sort.after_click(column), page: 1, ..self }
    }

    /// Whether a filter is active.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.status.is_some() || !self.search.trim().is_empty()
    }
}

impl Sort {
    /// Parses `duration_s` or `-duration_s`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text.strip_prefix('-') {
            Some(column) => Self { column: column.to_owned(), descending: true },
            None => Self { column: text.to_owned(), descending: false },
        }
    }

    /// `duration_s`, `-duration_s` or empty.
    #[must_use]
    pub fn as_text(&self) -> String {
        let sign = if self.descending { "-" } else { "" };
        if self.column.is_empty() { String::new() } else { format!("{sign}{}", self.column) }
    }

    /// Cycles through ascending, descending and the default order.
    #[must_use]
    pub fn after_click(&self, column: &str) -> Self {
        match (self.column == column, self.descending) {
            (false, _) => Self { column: column.to_owned(), descending: false },
            (true, false) => Self { column: column.to_owned(), descending: true },
            (true, true) => Self::default(),
        }
    }

    /// The value of `aria-sort` on a column's header.
    #[must_use]
    pub fn aria(&self, column: &str) -> &'static str {
        match (self.column == column, self.descending) {
            (false, _) => "none",
            (true, false) => "ascending",
            (true, true) => "descending",
        }
    }
}

/// The query for page `page`, from 1, of `page_size` tasks.
#[must_use]
#[cfg(any(feature = "ssr", test))]
pub fn on_page(query: TaskQuery, page: u64, page_size: u32) -> TaskQuery {
    let size = page_size.max(1);
    let offset = page.saturating_sub(1).saturating_mul(u64::from(size));
    TaskQuery { offset, limit: i64::from(size), ..query }
}

/// The number of pages for `total` tasks; at least one.
#[must_use]
pub fn page_count(total: u64, page_size: u32) -> u64 {
    total.div_ceil(u64::from(page_size.max(1))).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_survives_the_url() {
        let view = View {
            search: "lr: 0.1\n训练".to_owned(),
            status: Some(TaskStatus::Failed),
            sort: Sort::parse("-records.acc"),
            page: 3,
            layout: Layout::Cards,
        };
        let search = view.write(UrlQuery::parse("?ws=main")).to_search();
        assert_eq!(View::read(&UrlQuery::parse(&search)), view);
        assert!(search.starts_with("?ws=main&"), "{search}");
    }

    #[test]
    fn the_usual_view_leaves_the_url_clean() {
        assert_eq!(View::default().write(UrlQuery::default()).to_search(), "");
        assert_eq!(View::read(&UrlQuery::default()), View::default());
    }

    #[test]
    fn a_hand_written_url_does_no_harm() {
        let view = View::read(&UrlQuery::parse("status=nonsense&page=0&view=what&sort=-"));
        assert_eq!(view.sort.as_text(), "");
        assert_eq!((view.status, view.page, view.layout), (None, 1, Layout::Table));
    }

    #[test]
    fn a_header_goes_round_three_orders() {
        let first = Sort::default().after_click("name");
        let second = first.after_click("name");
        assert_eq!((first.aria("name"), second.aria("name")), ("ascending", "descending"));
        assert_eq!(second.after_click("name"), Sort::default());
        assert_eq!(second.after_click("status").as_text(), "status");
    }

    #[test]
    fn a_filter_goes_back_to_the_first_page() {
        let view = View { page: 4, ..View::default() };
        assert_eq!(view.clone().searching("x".to_owned()).page, 1);
        assert_eq!(view.clone().in_status(Some(TaskStatus::Running)).page, 1);
        assert_eq!(on_page(view.task_query(), view.page, 50).offset, 150);
    }

    #[test]
    fn pages_are_counted_up() {
        assert_eq!([0, 1, 50, 51].map(|total| page_count(total, 50)), [1, 1, 1, 2]);
        assert_eq!(page_count(3, 0), 3);
    }
}
