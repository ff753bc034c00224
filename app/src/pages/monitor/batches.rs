//! Tasks of one batch, gathered under one heading.

use crate::pages::live_rows::TaskRow;

/// So many tasks of one batch are shown without being asked for.
const MAX_EXPANDED: usize = 4;

/// What stands in the list.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ListItem {
    /// The heading of a batch, and how many of its tasks are in sight of the filter.
    Batch { key: String, count: usize, open: bool },
    /// A task, and whether it stands under a heading.
    Task { row: TaskRow, inside: bool },
}

/// Gathers batches where their first task stands; the others follow it.
pub(super) fn gather(
    rows: &[TaskRow],
    selected: &[String],
    toggled: impl Fn(&str) -> bool,
) -> Vec<ListItem> {
    let mut listed = Vec::new();
    let mut done = Vec::new();
    for row in rows {
        let Some(key) = batch_of(&row.name) else {
            listed.push(ListItem::Task { row: row.clone(), inside: false });
            continue;
        };
        if done.contains(&key) {
            continue;
        }
        done.push(key);
        let members: Vec<&TaskRow> =
            rows.iter().filter(|row| batch_of(&row.name) == Some(key)).collect();
        if members.len() == 1 {
            listed.push(ListItem::Task { row: row.clone(), inside: false });
            continue;
        }
        let usually =
            members.len() <= MAX_EXPANDED || members.iter().any(|row| selected.contains(&row.name));
        let open = usually != toggled(key);
        listed.push(ListItem::Batch { key: key.to_owned(), count: members.len(), open });
        if open {
            let tasks = members.into_iter().cloned();
            listed.extend(tasks.map(|row| ListItem::Task { row, inside: true }));
        }
    }
    listed
}

/// The part of a name that a batch's tasks share: `sweep` of `sweep_3-of-20`.
fn batch_of(name: &str) -> Option<&str> {
    let (key, position) = name.rsplit_once('_')?;
    let (at, all) = position.split_once("-of-")?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (is_number(at) && is_number(all)).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_batches_have_one() {
        assert_eq!(batch_of("sweep_3-of-20"), Some("sweep"));
        assert_eq!(batch_of("a_b_2026_1-of-2"), Some("a_b_2026"));
        for name in ["sweep", "sweep_3", "x_a-of-b", "3-of-20"] {
            assert_eq!(batch_of(name), None, "{name}");
        }
    }
}
