//! Environment variables while they are edited.

use std::collections::BTreeMap;

/// One row of the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EnvRow {
    /// The key of the row, stable while the name changes.
    pub(super) key: u32,
    /// Name of the variable.
    pub(super) name: String,
    /// Its value.
    pub(super) value: String,
}

/// An error in the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum EnvFault {
    /// A duplicate name.
    Twice(String),
    /// An invalid name.
    BadName(String),
}

/// The rows of an environment, with keys from `first_key` on.
pub(super) fn rows(env: &BTreeMap<String, String>, first_key: u32) -> Vec<EnvRow> {
    let row = |(key, (name, value)): (u32, (&String, &String))| EnvRow {
        key,
        name: name.clone(),
        value: value.clone(),
    };
    (first_key..).zip(env).map(row).collect()
}

/// The environment of the rows; rows without name and value are skipped.
///
/// # Errors
/// The first invalid row.
pub(super) fn environment(rows: &[EnvRow]) -> Result<BTreeMap<String, String>, EnvFault> {
    let mut env = BTreeMap::new();
    for EnvRow { name, value, .. } in rows {
        let name = name.trim();
        if name.is_empty() && value.is_empty() {
            continue;
        }
        if name.is_empty() || name.contains(['=', '\0']) || name.contains(char::is_whitespace) {
            return Err(EnvFault::BadName(name.to_owned()));
        }
        if env.insert(name.to_owned(), value.clone()).is_some() {
            return Err(EnvFault::Twice(name.to_owned()));
        }
    }
    Ok(env)
}

/// Parses names of variables, separated by whitespace or commas.
pub(super) fn names(text: &str) -> Vec<String> {
    let is_gap = |c: char| c == ',' || c.is_whitespace();
    text.split(is_gap).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: u32, name: &str, value: &str) -> EnvRow {
        EnvRow { key, name: name.to_owned(), value: value.to_owned() }
    }

    #[test]
    fn rows_and_environment_are_the_same_thing() {
        let env =
            BTreeMap::from([("A".to_owned(), "1".to_owned()), ("B".to_owned(), String::new())]);
        let rows = rows(&env, 7);
        assert_eq!(rows.iter().map(|row| row.key).collect::<Vec<u32>>(), [7, 8]);
        assert_eq!(environment(&rows), Ok(env));
    }

    #[test]
    fn names_stand_apart_by_gaps_or_commas() {
        assert_eq!(names(" A, B\nC,,D "), ["A", "B", "C", "D"]);
        assert_eq!(names(" , "), [""; 0]);
    }

    #[test]
    fn empty_rows_are_ignored_and_invalid_ones_reported() {
        assert_eq!(environment(&[row(0, " ", "")]), Ok(BTreeMap::new()));
        assert_eq!(environment(&[row(0, "", "x")]), Err(EnvFault::BadName(String::new())));
        assert_eq!(environment(&[row(0, "A B", "x")]), Err(EnvFault::BadName("A B".to_owned())));
        let twice = [row(0, "A", "1"), row(1, " A", "2")];
        assert_eq!(environment(&twice), Err(EnvFault::Twice("A".to_owned())));
    }
}
