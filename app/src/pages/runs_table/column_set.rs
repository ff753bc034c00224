//! Which columns are displayed, their order and their widths.

use common::runs::{Column, ColumnInfo, Fixed};

use super::view::TableView;

/// Maximum number of metrics that are displayed by default.
const MAX_METRICS: usize = 8;

/// The columns in order: those of the view, else the default ones; pinned ones first.
pub(super) fn columns(all: &[ColumnInfo], view: &TableView) -> Vec<String> {
    let mut columns = match &view.columns {
        Some(columns) => columns.clone(),
        None => default_columns(all, view.same),
    };
    if !columns.iter().any(|name| name == "name") && view.group.is_empty() {
        columns.insert(0, "name".to_owned());
    }
    columns.sort_by_key(|name| !is_pinned(name, view));
    columns
}

/// Whether a column is pinned; the name always is.
pub(super) fn is_pinned(name: &str, view: &TableView) -> bool {
    name == "name" || view.pinned.iter().any(|pinned| pinned == name)
}

fn default_columns(all: &[ColumnInfo], same: bool) -> Vec<String> {
    let has = |wanted: Fixed| all.iter().any(|info| info.name == wanted.as_str());
    let differs = |info: &&ColumnInfo| same || info.differs();
    let of = |wanted: fn(&Column) -> bool| {
        let is_wanted =
            move |info: &&ColumnInfo| Column::parse(&info.name).is_some_and(|it| wanted(&it));
        all.iter().filter(is_wanted)
    };
    let name = |info: &ColumnInfo| info.name.clone();
    let mut columns = vec!["name".to_owned(), "status".to_owned()];
    columns.extend(of(|it| matches!(it, Column::Param(_))).filter(differs).map(name));
    // A key that is both recorded and tracked would be listed twice.
    let records: Vec<&ColumnInfo> = of(|it| matches!(it, Column::Record(_))).collect();
    columns.extend(records.iter().copied().filter(|info| differs(info)).map(name));
    let metrics = of(|it| match it {
        Column::Metric { key, statistic } => {
            *statistic == common::metric::Statistic::Best
                && !key.starts_with("sys/")
                && !key.starts_with("time/")
        }
        _ => false,
    });
    for best in metrics.take(MAX_METRICS) {
        columns.push(name(best));
        // A run that diverged still has a best value, so the last value is listed too.
        let last = best.name.strip_suffix("best").map(|metric| format!("{metric}last"));
        let last = all.iter().find(|info| Some(&info.name) == last.as_ref());
        columns.extend(last.filter(|last| last.differs_from_best(all)).map(name));
    }
    for fixed in [Fixed::Failure, Fixed::Duration, Fixed::Started, Fixed::Tags, Fixed::Notes] {
        if has(fixed) {
            columns.push(fixed.as_str().to_owned());
        }
    }
    columns
}

/// The width of a column in pixels: that of the view, else a default by its content.
pub(super) fn width(info: &ColumnInfo, view: &TableView) -> u16 {
    if let Some((_, width)) = view.widths.iter().find(|(name, _)| *name == info.name) {
        return (*width).clamp(48, 900);
    }
    match info.name.as_str() {
        "name" => 230,
        "status" => 116,
        "notes" => 200,
        "failure" => 280,
        "started" | "finished" | "created" => 136,
        "duration" | "cpu_time" => 92,
        _ => {
            let letters = common::runs::column_label(&info.name).chars().count();
            // Mean and deviation are wider than a number.
            let least = if view.group.is_empty() { 84 } else { 132 };
            u16::try_from(letters * 8 + 44).unwrap_or(240).clamp(least, 240)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(name: &str, distinct: u32) -> ColumnInfo {
        ColumnInfo { name: name.to_owned(), distinct, count: 3, ..ColumnInfo::default() }
    }

    #[test]
    fn only_parameters_that_differ_are_usual() {
        let all = [
            info("name", 3),
            info("status", 1),
            info("duration", 3),
            info("params.lr", 3),
            info("params.seed", 1),
            info("records.acc", 2),
            info("metrics.loss.best", 3),
            info("metrics.loss.last", 3),
            info("metrics.sys/cpu_percent.best", 3),
        ];
        let view = TableView::default();
        let found = columns(&all, &view);
        let default_columns =
            ["name", "status", "params.lr", "records.acc", "metrics.loss.best", "duration"];
        assert_eq!(found, default_columns);
        let same = columns(&all, &TableView { same: true, ..view });
        assert!(same.contains(&"params.seed".to_owned()));
    }

    #[test]
    fn the_last_value_is_usual_where_a_run_diverged() {
        let last = |non_finite| ColumnInfo { non_finite, ..info("metrics.loss.last", 3) };
        let best = info("metrics.loss.best", 3);
        let found = |last: ColumnInfo| columns(&[best.clone(), last], &TableView::default());
        assert_eq!(found(last(0)), ["name", "status", "metrics.loss.best"]);
        let both = ["name", "status", "metrics.loss.best", "metrics.loss.last"];
        assert_eq!(found(last(1)), both);
    }

    #[test]
    fn pinned_columns_come_first_and_the_name_is_one_of_them() {
        let view = TableView {
            columns: Some(vec!["status".into(), "params.lr".into()]),
            pinned: vec!["params.lr".into()],
            ..TableView::default()
        };
        assert_eq!(columns(&[], &view), ["name", "params.lr", "status"]);
        let grouped = TableView { group: vec!["params.lr".into()], ..view };
        assert_eq!(columns(&[], &grouped), ["params.lr", "status"]);
    }
}
