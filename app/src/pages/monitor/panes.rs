//! The displayed logs and their representation in the URL: of one task, of up to four side by side, or of all running tasks.

use crate::url_query::UrlQuery;

/// Maximum number of logs side by side.
pub(super) const MAX_BESIDE: usize = 4;
/// Separator of names in the URL; task names do not contain it.
const SEPARATOR: char = '|';

/// The state in the URL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Panes {
    /// The selected tasks; the first is the main one.
    pub(super) names: Vec<String>,
    pub(super) mode: MonitorMode,
}

/// The content of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum MonitorMode {
    /// The logs of the selected tasks.
    #[default]
    Chosen,
    /// The ends of the logs of all running tasks.
    Running,
    /// The search in all logs.
    Found,
}

impl MonitorMode {
    fn read(text: Option<&str>) -> Self {
        match text {
            Some("running") => Self::Running,
            Some("found") => Self::Found,
            _ => Self::Chosen,
        }
    }

    fn write(self) -> Option<&'static str> {
        match self {
            Self::Chosen => None,
            Self::Running => Some("running"),
            Self::Found => Some("found"),
        }
    }
}

impl Panes {
    /// Reads the state from a query.
    pub(super) fn read(query: &UrlQuery) -> Self {
        let mut names: Vec<String> = query.get("task").map(str::to_owned).into_iter().collect();
        let beside = query.get("beside").unwrap_or_default();
        for name in beside.split(SEPARATOR).filter(|name| !name.is_empty()) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names.truncate(MAX_BESIDE);
        Self { names, mode: MonitorMode::read(query.get("show")) }
    }

    /// Writes the state into a query.
    pub(super) fn write(&self, query: UrlQuery) -> UrlQuery {
        let beside = self.names.get(1..).unwrap_or_default().join(&SEPARATOR.to_string());
        query
            .with("task", self.names.first().map(String::as_str))
            .with("beside", Some(&beside))
            .with("show", self.mode.write())
            // The run refers to the previous log.
            .with("run", None)
    }

    /// Replaces the main task and keeps the others.
    pub(super) fn with_main(mut self, name: &str) -> Self {
        self.mode = MonitorMode::Chosen;
        self.names.retain(|known| known != name);
        match self.names.first_mut() {
            Some(main) => name.clone_into(main),
            None => self.names.push(name.to_owned()),
        }
        self
    }

    /// Adds or removes a task beside the others.
    pub(super) fn toggled(mut self, name: &str) -> Self {
        self.mode = MonitorMode::Chosen;
        match self.names.iter().position(|known| known == name) {
            Some(position) => {
                self.names.remove(position);
            }
            None if self.names.len() < MAX_BESIDE => self.names.push(name.to_owned()),
            None => {}
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panes(names: &[&str]) -> Panes {
        Panes { names: names.iter().map(|name| (*name).to_owned()).collect(), ..Panes::default() }
    }

    #[test]
    fn written_values_are_read_again() {
        for names in [&[][..], &["a"], &["a", "训练 1, 2", "c&d"]] {
            let search = panes(names).write(UrlQuery::parse("ws=main")).to_search();
            assert_eq!(Panes::read(&UrlQuery::parse(&search)), panes(names), "{search}");
        }
        for mode in [MonitorMode::Running, MonitorMode::Found] {
            let other = Panes { mode, ..panes(&["a"]) };
            assert_eq!(Panes::read(&other.clone().write(UrlQuery::default())), other);
        }
    }

    #[test]
    fn up_to_four_stand_beside_each_other() {
        let four = panes(&["a", "b", "c", "d"]);
        assert_eq!(four.clone().toggled("e"), four);
        assert_eq!(four.clone().toggled("b"), panes(&["a", "c", "d"]));
        assert_eq!(four.with_main("c"), panes(&["c", "b", "d"]));
        assert_eq!(panes(&[]).toggled("a"), panes(&["a"]));
        assert_eq!(panes(&["a", "b"]).with_main("x"), panes(&["x", "b"]));
    }
}
