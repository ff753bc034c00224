//! Groups the tasks of a batch under a header.

use crate::pages::live_rows::TaskRow;

/// Batches with up to this many tasks are expanded by default.
const MAX_EXPANDED: usize = 4;

/// An item of the list.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ListItem {
    /// The header of a batch; `count` is the number of its tasks that match the filter.
    Batch { key: String, count: usize, open: bool },
    /// A task; `inside` is set if it belongs to a batch header.
    Task { row: TaskRow, inside: bool },
}

/// Groups the tasks of each batch at the position of its first task.
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

/// The common prefix of the names of a batch's tasks: `sweep` of `sweep_3-of-20`.
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
