//! What a list is sorted by.

/// A column, and a direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sorting {
    pub(super) column: Column,
    pub(super) descending: bool,
}

/// What a task can be sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// Pinned first, then by hand, then active ones, then the newest.
    Usual,
    Name,
    Status,
    CreatedAt,
    Notes,
    Runs,
    StartTime,
    FinishTime,
    DurationS,
    /// The newest of its times.
    Activity,
    /// A parameter, by its key or its dotted path.
    Config(String),
    /// What the newest run recorded under a key.
    Record(String),
}

impl Sorting {
    /// Reads a column's name, with a leading `-` for descending; nothing is the usual order, and
    /// what is no column's name is a parameter's.
    pub(crate) fn parse(text: &str) -> Self {
        let (name, descending) = match text.strip_prefix('-') {
            Some(name) => (name, true),
            None => (text, false),
        };
        let column = match name {
            "" => return Self::usual(),
            "name" => Column::Name,
            "status" => Column::Status,
            "created_at" => Column::CreatedAt,
            "notes" => Column::Notes,
            "runs" => Column::Runs,
            "start_time" => Column::StartTime,
            "finish_time" => Column::FinishTime,
            "duration_s" => Column::DurationS,
            "activity" => Column::Activity,
            path => match (path.strip_prefix("config."), path.strip_prefix("records.")) {
                (Some(key), _) => Column::Config(key.to_owned()),
                (_, Some(key)) => Column::Record(key.to_owned()),
                _ => Column::Config(path.to_owned()),
            },
        };
        Self { column, descending }
    }

    /// The order of a list that nobody has sorted.
    pub(crate) fn usual() -> Self {
        Self { column: Column::Usual, descending: false }
    }

    /// The task that was created last comes first.
    pub(crate) fn newest() -> Self {
        Self { column: Column::CreatedAt, descending: true }
    }

    /// The task in which something happened last comes first.
    pub(crate) fn latest() -> Self {
        Self { column: Column::Activity, descending: true }
    }
}
