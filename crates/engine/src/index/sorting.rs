//! The sort column and direction of a list.

/// A column and a direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sorting {
    pub(super) column: Column,
    pub(super) descending: bool,
}

/// A column that tasks can be sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// The default order: pinned tasks, then the manual order, then active tasks, then the newest.
    Default,
    Name,
    Status,
    CreatedAt,
    Notes,
    Runs,
    StartTime,
    FinishTime,
    DurationS,
    /// The latest of its creation, start and finish times.
    Activity,
    /// A parameter, by its key or its dotted path.
    Config(String),
    /// A value that the newest run recorded, by its key.
    Record(String),
}

impl Sorting {
    /// Parses a column name, with a leading `-` for descending. An empty text is the default order; an unknown
    /// name is the name of a parameter.
    pub(crate) fn parse(text: &str) -> Self {
        let (name, descending) = match text.strip_prefix('-') {
            Some(name) => (name, true),
            None => (text, false),
        };
        let column = match name {
            "" => return Self::default_order(),
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

    /// The order of a list that the user has not sorted.
    pub(crate) fn default_order() -> Self {
        Self { column: Column::Default, descending: false }
    }

    /// By creation time, newest first.
    pub(crate) fn newest() -> Self {
        Self { column: Column::CreatedAt, descending: true }
    }

    /// By latest activity, newest first.
    pub(crate) fn latest() -> Self {
        Self { column: Column::Activity, descending: true }
    }
}
