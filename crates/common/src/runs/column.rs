//! Names and types of columns.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::metric::Statistic;

/// A column by its full name: `status`, `params.optim.lr`, `records.best_acc`, `metrics.loss.min`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Column {
    /// A column that every run has.
    Fixed(Fixed),
    /// A parameter by its dotted path.
    Param(String),
    /// A value stored by `pyruns.record()`.
    Record(String),
    /// A statistic of a curve.
    Metric {
        /// The key given to `track()`.
        key: String,
        /// The statistic.
        statistic: Statistic,
    },
}

macro_rules! fixed {
    ($($name:ident $text:literal $kind:ident $doc:literal,)*) => {
        /// The columns that exist in every workspace.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fixed {
            $(#[doc = $doc] $name,)*
        }

        impl Fixed {
            /// All of them, in display order.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The column's name.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The type of its values.
            #[must_use]
            pub fn kind(self) -> ColumnKind {
                match self { $(Self::$name => ColumnKind::$kind,)* }
            }
        }
    };
}

fixed! {
    Name "name" Text "The task.",
    Run "run" Number "The run, from 1; 0 where there is none yet.",
    Status "status" Text "Where the task stands, for its newest run; how an older one ended.",
    Created "created" Time "When the task was created.",
    Started "started" Time "When the run started.",
    Finished "finished" Time "When it ended.",
    Duration "duration" Duration "How long it took, or has taken so far, seconds.",
    Progress "progress" Number "Part of the work that is done, 0 to 1.",
    Reason "reason" Text "Why it ended as it did; missing when all is well.",
    Failure "failure" Text "Why it failed, in one line: the exception, or the last line of its log.",
    ExitCode "exit_code" Number "Its exit code.",
    CpuTime "cpu_time" Duration "CPU time of all its processes, seconds.",
    PeakMemory "peak_memory" Bytes "The most memory that one of its processes had.",
    Gpus "gpus" Text "The GPUs that it was given.",
    Batch "batch" Text "The batch with which the task was created.",
    Tags "tags" Tags "The task's tags, separated by commas.",
    Notes "notes" Text "The task's notes.",
    Pinned "pinned" Bool "Whether the task is kept at the top.",
    Kind "kind" Text "`python` or `shell`.",
    Source "source" Text "Where an imported run comes from: `tensorboard`, `mlflow`.",
}

/// The kind of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Texts, or values of more than one kind.
    #[default]
    Text,
    /// Numbers.
    Number,
    /// Truth values.
    Bool,
    /// Local times, `2026-11-23_11-16-57`.
    Time,
    /// Seconds.
    Duration,
    /// Bytes.
    Bytes,
    /// Texts that are lists, separated by commas; each of them equals such a cell.
    Tags,
}

impl Fixed {
    /// Parses a name; also names that `GET /api/tasks` sorts by.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "task" => Self::Name,
            "created_at" => Self::Created,
            "start_time" => Self::Started,
            "finish_time" => Self::Finished,
            "duration_s" => Self::Duration,
            "tag" => Self::Tags,
            _ => Self::ALL.iter().copied().find(|fixed| fixed.as_str() == text)?,
        })
    }
}

impl Column {
    /// Parses a full name. `metrics.loss` means its best value. `None` for a short name other than
    /// that of a fixed column: its meaning depends on the runs.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        if let Some(fixed) = Fixed::parse(name) {
            return Some(Self::Fixed(fixed));
        }
        let (first, suffix) = name.split_once('.').filter(|(_, suffix)| !suffix.is_empty())?;
        match first {
            "params" | "param" | "config" => Some(Self::Param(suffix.to_owned())),
            "records" | "record" => Some(Self::Record(suffix.to_owned())),
            "metrics" | "metric" => {
                let parsed = suffix.rsplit_once('.').and_then(|(key, word)| {
                    Some((key, Statistic::parse(word)?)).filter(|(key, _)| !key.is_empty())
                });
                let (key, statistic) = parsed.unwrap_or((suffix, Statistic::Best));
                Some(Self::Metric { key: key.to_owned(), statistic })
            }
            _ => None,
        }
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(fixed) => f.write_str(fixed.as_str()),
            Self::Param(path) => write!(f, "params.{path}"),
            Self::Record(key) => write!(f, "records.{key}"),
            Self::Metric { key, statistic } => write!(f, "metrics.{key}.{statistic}"),
        }
    }
}

impl From<Column> for String {
    fn from(column: Column) -> Self {
        column.to_string()
    }
}

impl TryFrom<String> for Column {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::parse(&name).ok_or_else(|| format!("{name:?} is no column"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_describes_every_fixed_column() {
        let manual = include_str!("../../../../docs/query.md");
        let (_, section) = manual.split_once("\n## Columns\n").unwrap();
        let section = section.split("\n## ").next().unwrap();
        let described: Vec<&str> = section
            .lines()
            .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next())
            .collect();
        for fixed in Fixed::ALL {
            let quoted = format!("`{}`", fixed.as_str());
            assert!(
                described.iter().any(|columns| columns.contains(&quoted)),
                "docs/query.md does not describe {quoted}"
            );
        }
    }

    #[test]
    fn names_are_read_back() {
        for name in ["status", "params.optim.lr", "records.best", "metrics.a.b/c.min"] {
            assert_eq!(Column::parse(name).unwrap().to_string(), name);
        }
        for fixed in Fixed::ALL {
            assert_eq!(Fixed::parse(fixed.as_str()), Some(*fixed));
        }
        assert_eq!(Column::parse("metrics.loss").unwrap().to_string(), "metrics.loss.best");
        assert_eq!(Column::parse("config.lr").unwrap().to_string(), "params.lr");
        assert_eq!(Column::parse("lr"), None);
        assert_eq!(Column::parse("params."), None);
    }
}
