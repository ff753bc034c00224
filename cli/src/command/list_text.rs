//! Formats the runs table as text.

use common::runs::{
    Cell, ColumnInfo, RunsPage, column_label, group_text_cell, is_number, text_cell,
};
use common::table_text::{TextCell, TextTable};

/// Columns that are displayed only on request.
const HIDDEN_COLUMNS: [&str; 12] = [
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
    // The column `failure` has more detail.
    "reason",
    "gpus",
];

/// Maximum length of a failure in a terminal, in characters.
const MAX_FAILURE: usize = 72;

/// Removes columns with equal values, and all statistics of a metric except the best value.
pub(super) fn hide_constant_columns(page: &mut RunsPage, group: &[String]) {
    let has_several = page.rows.iter().any(|row| row.run > 1);
    let is_visible = |info: &ColumnInfo| {
        let name = info.name.as_str();
        let short = name.rsplit('.').next().unwrap_or(name);
        if group.iter().any(|by| by == name || by == short) {
            return false;
        }
        match name {
            "name" | "status" => group.is_empty(),
            "run" if has_several => true,
            _ if name.starts_with("metrics.") => {
                name.ends_with(".best") || info.differs_from_best(&page.columns)
            }
            _ => info.differs() && !HIDDEN_COLUMNS.contains(&name),
        }
    };
    let visible: Vec<bool> = page.columns.iter().map(is_visible).collect();
    page.columns = select(&page.columns, &visible);
    for row in &mut page.rows {
        row.cells = select(&row.cells, &visible);
    }
    for row in &mut page.groups {
        row.cells = select(&row.cells, &visible);
    }
}

fn select<T: Clone>(all: &[T], visible: &[bool]) -> Vec<T> {
    all.iter().zip(visible).filter(|(_, visible)| **visible).map(|(one, _)| one.clone()).collect()
}

/// The page as text. Groups have their key, their size, and the mean and standard deviation of columns.
pub(super) fn text_table(page: &RunsPage, group: &[String]) -> TextTable {
    let headers = page.columns.iter().map(|info| (column_label(&info.name), is_number(info.kind)));
    if group.is_empty() {
        let rows = page.rows.iter().map(|row| {
            let cells = page.columns.iter().zip(&row.cells);
            cells.map(|(info, cell)| task_cell(cell, info)).collect()
        });
        return TextTable { columns: headers.collect(), rows: rows.collect() };
    }
    let keys = group.iter().map(|name| (name.clone(), false)).chain([("runs".to_owned(), true)]);
    let of_key = |cell: &Cell| TextCell {
        text: cell.to_string(),
        number: matches!(cell, Cell::Number(_)),
        ..TextCell::default()
    };
    let rows = page.groups.iter().map(|row| {
        let count =
            TextCell { text: row.runs.len().to_string(), number: true, ..TextCell::default() };
        let cells = page.columns.iter().zip(&row.cells);
        let cells = cells.map(|(info, cell)| group_text_cell(cell, info));
        row.key.iter().map(of_key).chain([count]).chain(cells).collect()
    });
    TextTable { columns: keys.chain(headers).collect(), rows: rows.collect() }
}

fn task_cell(cell: &Cell, info: &ColumnInfo) -> TextCell {
    let cell = text_cell(cell, info);
    match info.name.as_str() {
        "failure" => TextCell { text: shortened(&cell.text), ..cell },
        _ => cell,
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_FAILURE) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

/// Aligned columns for a terminal.
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
        // Names may contain control characters, which could move the cursor.
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
    use common::runs::{ColumnKind, GroupCell, GroupRow, RunRow};

    use super::*;

    #[test]
    fn numbers_stand_at_the_right_and_nothing_moves_the_cursor() {
        let cell = |text: &str| TextCell { text: text.to_owned(), ..TextCell::default() };
        let table = TextTable {
            columns: vec![("name".to_owned(), false), ("lr".to_owned(), true)],
            rows: vec![vec![cell("a\u{1b}"), cell("0.5")], vec![cell("long one"), cell("12")]],
        };
        assert_eq!(aligned(&table), "name       lr\na        0.5\nlong one   12\n");
    }

    #[test]
    fn a_long_failure_does_not_make_every_row_long() {
        let info = ColumnInfo { name: "failure".to_owned(), ..ColumnInfo::default() };
        let cells = vec![Cell::text(&"误".repeat(400))];
        let rows = vec![RunRow { cells, ..RunRow::default() }];
        let page = RunsPage { columns: vec![info], rows, ..RunsPage::default() };
        let table = text_table(&page, &[]);
        assert_eq!(table.rows[0][0].text.chars().count(), MAX_FAILURE + 1);
    }

    #[test]
    fn the_last_value_is_displayed_if_a_run_diverged() {
        let info = |name: &str, non_finite| ColumnInfo {
            name: name.to_owned(),
            kind: ColumnKind::Number,
            non_finite,
            ..ColumnInfo::default()
        };
        let shown = |non_finite| {
            let columns = vec![
                info("metrics.loss.best", 0),
                info("metrics.loss.last", non_finite),
                info("metrics.lr.last", 0),
            ];
            let cells = [0.5, f64::NAN, 0.1].map(Cell::Number).to_vec();
            let row = RunRow { cells, ..RunRow::default() };
            let mut page = RunsPage { columns, rows: vec![row], ..RunsPage::default() };
            hide_constant_columns(&mut page, &[]);
            text_table(&page, &[]).rows.remove(0).into_iter().map(|cell| cell.text).collect()
        };
        let texts: [Vec<String>; 2] = [shown(0), shown(1)];
        assert_eq!(texts, [vec!["0.5".to_owned()], vec!["0.5".to_owned(), "NaN".to_owned()]]);
    }

    #[test]
    fn a_text_table_has_the_values_of_the_page() {
        let info = |name: &str, kind, best| ColumnInfo {
            name: name.to_owned(),
            kind,
            distinct: 2,
            best,
            ..ColumnInfo::default()
        };
        let columns = vec![
            info("params.optim.lr", ColumnKind::Number, None),
            info("metrics.loss.best", ColumnKind::Number, Some(1e-7 / 3.0)),
            info("metrics.loss.last", ColumnKind::Number, None),
            info("peak_memory", ColumnKind::Bytes, None),
            info("duration", ColumnKind::Duration, None),
        ];
        let cells = [0.1, 1e-7 / 3.0, 1234.56, 1536.0, 75.0].map(Cell::Number).to_vec();
        let row = RunRow { cells, ..RunRow::default() };
        let mean =
            |mean, std| GroupCell { mean: Some(mean), std: Some(std), ..GroupCell::default() };
        let group = GroupRow {
            key: vec![Cell::text("adam")],
            cells: vec![mean(0.994_512, 0.009_201); 5],
            ..GroupRow::default()
        };
        let page = RunsPage { columns, rows: vec![row], ..RunsPage::default() };
        let table = text_table(&page, &[]);
        let headers: Vec<&str> = table.columns.iter().map(|(head, _)| head.as_str()).collect();
        assert_eq!(headers, ["optim.lr", "loss", "loss last", "peak memory", "duration"]);
        let texts: Vec<&str> = table.rows[0].iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts, ["0.1", "3.333e-8", "1234.6", "1.5 KiB", "1 min 15 s"]);
        assert_eq!(table.rows[0].iter().filter(|cell| cell.best).count(), 1);
        let grouped = RunsPage { rows: Vec::new(), groups: vec![group], ..page };
        let table = text_table(&grouped, &["optimizer".to_owned()]);
        let texts: Vec<&str> = table.rows[0].iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts[..2], ["adam", "0"]);
        assert_eq!(texts[3], "0.9945 ± 0.0092");
    }
}
