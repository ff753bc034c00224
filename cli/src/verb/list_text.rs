//! The table of runs in words.

use common::runs::{Cell, ColumnInfo, ColumnKind, GroupCell, RunsPage};
use common::table_text::{TextCell, TextTable};
use common::timestamp;

/// Columns that tell nothing beside the others unless they are asked for.
const SELDOM: [&str; 11] = [
    "run",
    "created",
    "started",
    "finished",
    "cpu_time",
    "peak_memory",
    "progress",
    "batch",
    "kind",
    "exit_code",
    "gpus",
];

/// Keeps the columns that tell rows apart; of a metric its best value.
pub(super) fn leave_out_what_is_equal(page: &mut RunsPage, group: &[String]) {
    let has_several = page.rows.iter().any(|row| row.run > 1);
    let is_kept = |info: &ColumnInfo| {
        let name = info.name.as_str();
        let short = name.rsplit('.').next().unwrap_or(name);
        if group.iter().any(|by| by == name || by == short) {
            return false;
        }
        match name {
            "name" | "status" => group.is_empty(),
            "run" if has_several => true,
            _ if name.starts_with("metrics.") => name.ends_with(".best"),
            _ => info.differs() && !SELDOM.contains(&name),
        }
    };
    let kept: Vec<bool> = page.columns.iter().map(is_kept).collect();
    page.columns = picked(&page.columns, &kept);
    for row in &mut page.rows {
        row.cells = picked(&row.cells, &kept);
    }
    for row in &mut page.groups {
        row.cells = picked(&row.cells, &kept);
    }
}

fn picked<T: Clone>(all: &[T], kept: &[bool]) -> Vec<T> {
    all.iter().zip(kept).filter(|(_, kept)| **kept).map(|(one, _)| one.clone()).collect()
}

/// The page in words; of groups their key, their size, and mean and deviation.
pub(super) fn text_table(page: &RunsPage, group: &[String]) -> TextTable {
    let is_number = |kind| !matches!(kind, ColumnKind::Text | ColumnKind::Time | ColumnKind::Bool);
    let heads = page.columns.iter().map(|info| (head(&info.name), is_number(info.kind)));
    if group.is_empty() {
        let rows = page.rows.iter().map(|row| {
            let cells = page.columns.iter().zip(&row.cells);
            cells.map(|(info, cell)| text_cell(cell, info)).collect()
        });
        return TextTable { columns: heads.collect(), rows: rows.collect() };
    }
    let keys = group.iter().map(|name| (name.clone(), false)).chain([("runs".to_owned(), true)]);
    let plain = |text: String| TextCell { text, best: false };
    let rows = page.groups.iter().map(|row| {
        let key = row.key.iter().map(|cell| plain(cell.to_string()));
        let cells = page.columns.iter().zip(&row.cells);
        let cells = cells.map(|(info, cell)| plain(of_group(cell, info.kind)));
        key.chain([plain(row.runs.len().to_string())]).chain(cells).collect()
    });
    TextTable { columns: keys.chain(heads).collect(), rows: rows.collect() }
}

/// `params.optim.lr` is known as `optim.lr`, `metrics.loss.best` as `loss`.
fn head(name: &str) -> String {
    let short = name.strip_prefix("params.").or_else(|| name.strip_prefix("records."));
    let metric = name.strip_prefix("metrics.").and_then(|key| key.strip_suffix(".best"));
    short.or(metric).unwrap_or(name).to_owned()
}

fn text_cell(cell: &Cell, info: &ColumnInfo) -> TextCell {
    let best = info.count > 1 && info.best.is_some() && info.best == cell.as_number();
    TextCell { text: word(cell, info.kind), best }
}

fn of_group(cell: &GroupCell, kind: ColumnKind) -> String {
    let number = |number: Option<f64>| word(&Cell::number(number), kind);
    match (&cell.value, cell.std) {
        (Some(value), _) => word(value, kind),
        (None, Some(_)) => format!("{} ± {}", number(cell.mean), number(cell.std)),
        (None, None) => number(cell.mean),
    }
}

fn word(cell: &Cell, kind: ColumnKind) -> String {
    match (cell, kind) {
        (Cell::Number(value), ColumnKind::Duration) => timestamp::duration(*value),
        (Cell::Text(text), ColumnKind::Time) => timestamp::readable(text),
        (Cell::Number(value), _) if value.is_finite() && value.fract() != 0.0 => rounded(*value),
        (other, _) => other.to_string(),
    }
}

/// Five digits that count.
fn rounded(value: f64) -> String {
    let text = format!("{value:.4e}");
    // What was printed as a number is one.
    text.parse::<f64>().map_or(text, |number| number.to_string())
}

/// Columns below each other, for a terminal.
pub(super) fn aligned(table: &TextTable) -> String {
    let width = |text: &str| text.chars().count();
    let widths: Vec<usize> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, (head, _))| {
            let cells = table.rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| width(&cell.text)).max().unwrap_or(0).max(width(head))
        })
        .collect();
    let line = |cells: Vec<&str>| {
        let mut line = String::new();
        for ((text, width_of), (_, is_number)) in cells.iter().zip(&widths).zip(&table.columns) {
            let gap = " ".repeat(width_of - width(text));
            let padded = if *is_number { format!("{gap}{text}") } else { format!("{text}{gap}") };
            line.push_str(&padded);
            line.push_str("  ");
        }
        // A name may hold what moves a terminal's cursor.
        let shown: String = line.chars().filter(|letter| !letter.is_control()).collect();
        format!("{}\n", shown.trim_end())
    };
    let mut text = line(table.columns.iter().map(|(head, _)| head.as_str()).collect());
    for row in &table.rows {
        text.push_str(&line(row.iter().map(|cell| cell.text.as_str()).collect()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_at_the_right_and_nothing_moves_the_cursor() {
        let cell = |text: &str| TextCell { text: text.to_owned(), best: false };
        let table = TextTable {
            columns: vec![("name".to_owned(), false), ("lr".to_owned(), true)],
            rows: vec![vec![cell("a\u{1b}"), cell("0.5")], vec![cell("long one"), cell("12")]],
        };
        assert_eq!(aligned(&table), "name       lr\na        0.5\nlong one   12\n");
    }

    #[test]
    fn five_digits_count() {
        let texts = [0.123_456, 1e-7 / 3.0, 123_456.7].map(rounded);
        assert_eq!(texts, ["0.12346", "0.000000033333", "123460"]);
    }
}
