//! The meaning of queries, and the errors of invalid ones.

use std::borrow::Cow;

use proptest::prelude::*;

use super::{Query, Row};
use crate::runs::{Cell, Column, ColumnKind, Fixed};

/// A run with lr 0.01 that completed.
struct Run<'a>(&'a Query);

impl Row for Run<'_> {
    fn cell(&self, name: usize) -> Cow<'_, Cell> {
        Cow::Owned(match self.0.names[name].text.as_str() {
            "lr" | "params.lr" => Cell::Number(0.01),
            "status" => Cell::text("completed"),
            "metrics.acc.max" => Cell::Number(0.93),
            "metrics.acc.last" => Cell::Number(0.91),
            "metrics.loss.min" => Cell::Number(0.0476),
            "loss" | "metrics.loss.last" => Cell::Number(f64::NAN),
            "gain" => Cell::Number(f64::NEG_INFINITY),
            "params.optimizer" | "optimizer" => Cell::text("AdamW"),
            "amp" => Cell::Bool(true),
            "duration" => Cell::Number(650.0),
            "created" => Cell::text("2026-11-23_11-16-57"),
            "my key" => Cell::Number(3.0),
            _ => Cell::Missing,
        })
    }

    fn kind(&self, name: usize) -> ColumnKind {
        match Column::parse(&self.0.names[name].text) {
            Some(Column::Fixed(fixed)) => fixed.kind(),
            _ => ColumnKind::Number,
        }
    }

    fn text(&self) -> Cow<'_, str> {
        "sweep_1-of-4\nthe good one\nlr: 0.01".into()
    }
}

fn passes(text: &str) -> bool {
    let query = Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    query.matches(&Run(&query))
}

#[test]
fn conditions_that_hold() {
    for text in [
        "",
        "  ",
        "lr < 0.1 and status = completed and metrics.acc.max > 0.9",
        "lr<0.1 && status==Completed",
        "lr=1e-2",
        "not lr > 1",
        "!(lr > 1 or lr < 0)",
        "0.001 < lr <= 0.01",
        "0.001 < lr",
        "metrics.acc.last < metrics.acc.max",
        "optimizer = adamw",
        "optimizer ~ 'dam'",
        "optimizer !~ sgd",
        "optimizer in (sgd, AdamW)",
        "optimizer not in (sgd, lion)",
        "amp",
        "amp = true",
        "amp = 1",
        "good",
        "good one",
        "\"good one\"",
        "good and not bad",
        "duration > 10m",
        "duration < 0.5h",
        "duration < 1 h",
        "duration > 10 min 49 s",
        "duration < 10m51s and lr < 1",
        "duration in (1h, 10 min 50 s)",
        "metrics.acc.max > 90 %",
        "pinned = false",
        "pinned != true",
        "status = Canceled or status not in (failed, CANCELED)",
        "optimizer = “adamw”",
        "optimizer ~ ‘dam’",
        "created > 2026-11-22",
        "created = 2026-11-23",
        "created <= '2026-11-23 11:16'",
        "dropout is missing",
        "loss is nan",
        "loss IS NaN and lr is finite",
        "lr is not nan",
        "gain is inf and gain is not finite and gain < 0",
        "gain is infinite",
        "loss is not inf",
        "loss = nan",
        "loss != metrics.loss.min",
        "dropout is not nan",
        "optimizer is not finite",
        "lr is not missing",
        "has lr",
        "`my key` = 3",
        "`my key`",
        "dropout != 0.5",
        "not has dropout",
        "lr > 5 or lr < 1 and status = completed",
    ] {
        let text = if text == "amp" { "has amp" } else { text };
        assert!(passes(text), "{text}");
    }
}

#[test]
fn conditions_that_do_not_hold() {
    for text in [
        "lr < 0.01",
        "pinned",
        "pinned = true",
        "has pinned",
        "duration > 1h30m",
        "lr > nan",
        "dropout < 1",
        "dropout = 0",
        "optimizer < 3",
        "optimizer = adam",
        "created > 2026-11-23",
        "bad",
        "good bad",
        "lr = fast",
        "lr in (1, 2)",
        "(lr > 5 or lr < 1) and status = failed",
        "dropout is not missing",
        "loss is finite",
        "loss is inf",
        "loss is missing",
        "lr is nan",
        "gain is nan",
        "dropout is nan",
        "dropout is finite",
        "metrics.loss.last > metrics.loss.min",
        "metrics.loss.last <= metrics.loss.min",
    ] {
        assert!(!passes(text), "{text}");
    }
}

#[test]
fn errors_point_at_their_column() {
    for (text, column, words) in [
        ("lr <", 5, "a value after <"),
        ("lr < and x", 6, "\"and\" was found"),
        ("(lr < 1", 1, "never closed"),
        ("lr < 1)", 7, "unmatched )"),
        ("lr < 1 and", 11, "a condition"),
        ("name = 'abc", 8, "closing '"),
        ("lr in 3", 7, "3"),
        ("lr in (1 2)", 10, "a comma or )"),
        ("lr is large", 7, "missing, nan, inf or finite"),
        ("lr is not", 10, "finite after \"is\""),
        ("< 3", 1, "a condition"),
        ("1 < 2", 1, "both are values"),
        ("名字 = ", 6, "a value after ="),
        ("not", 4, "a condition"),
        ("a or or b", 6, "a condition"),
        ("status = done", 10, "is not a status; valid values are pending, queued"),
        ("status in (failed, done)", 20, "is not a status"),
        ("duration < soon", 12, "not a duration such as 90, 10m or 1h30m"),
        ("duration < 30m1h", 12, "not a duration such as"),
        ("peak_memory > big", 15, "not a size such as 512MiB"),
        ("metrics.acc.max > high", 19, "is not a number"),
        ("'high' < metrics.acc.max", 1, "is not a number"),
        ("started > yesterday", 11, "not a time such as 2026-11-23"),
        ("pinned = maybe", 10, "neither true nor false"),
        ("lr in (1,)", 10, "a value is expected, but ) was found"),
        ("(a or )", 7, "a condition is expected, but ) was found"),
        ("name = “abc", 8, "closing “"),
    ] {
        match Query::parse(text) {
            // `lr in 3` without parentheses are three texts to search for.
            Ok(_) => assert_eq!(text, "lr in 3"),
            Err(error) => {
                let said = error.to_string();
                assert!(said.starts_with(&format!("column {column}:")), "{text}: {said}");
                assert!(said.contains(words), "{text}: {said}");
            }
        }
    }
}

#[test]
fn a_clicked_cell_becomes_a_condition() {
    let add = |text: &str, column: &str, cell: Cell| Query::with_condition(text, column, &cell);
    assert_eq!(add("", "params.lr", Cell::Number(0.1)), "params.lr = 0.1");
    assert_eq!(add("a or b", "status", Cell::text("failed")), "(a or b) and status = failed");
    assert_eq!(add("a", "params.my key", Cell::text("x y")), "a and `params.my key` = \"x y\"");
    assert_eq!(add("", "params.x", Cell::text("007")), "params.x = \"007\"");
    assert_eq!(add("", "notes", Cell::Missing), "notes is missing");
    assert_eq!(
        add("a", "metrics.loss.last", Cell::Number(f64::NAN)),
        "a and metrics.loss.last is nan"
    );
}

#[test]
fn nesting_and_length_have_an_end() {
    assert!(Query::parse(&"(".repeat(10_000)).is_err());
    assert!(Query::parse(&"not ".repeat(3_000)).is_err());
    assert!(Query::parse(&"a ".repeat(20_000)).is_err());
}

proptest! {
    /// No text makes the parser panic; an error is within the text.
    #[test]
    fn any_text_is_parsed_or_rejected_with_a_position(text in "[a-z0-9 .<>=!~()'\"`,&|训-]{0,40}|\\PC{0,40}") {
        match Query::parse(&text) {
            Ok(query) => {
                let _ = query.matches(&Run(&query));
            }
            Err(error) => {
                prop_assert!(error.span.start <= error.span.end);
                prop_assert!(error.span.end <= text.chars().count());
            }
        }
    }

    /// A condition built from a cell matches that cell, whatever its content.
    #[test]
    fn a_condition_of_a_cell_finds_it(text in "\\PC{1,12}", name in "\\PC{1,12}") {
        prop_assume!(Fixed::parse(&name).is_none());
        struct One(Cell);
        impl Row for One {
            fn cell(&self, _: usize) -> Cow<'_, Cell> { Cow::Borrowed(&self.0) }
            fn kind(&self, _: usize) -> ColumnKind { ColumnKind::Text }
            fn text(&self) -> Cow<'_, str> { "".into() }
        }
        let cell = Cell::text(&text);
        let written = Query::with_condition("", &name, &cell);
        let query = Query::parse(&written).unwrap();
        prop_assert_eq!(&query.names[0].text, &name, "{}", written);
        prop_assert!(query.matches(&One(cell)), "{}", written);
    }
}

#[test]
fn an_error_knows_whether_more_input_may_fix_it() {
    for (text, unfinished) in [
        ("lr <", true),
        ("(lr < 1", true),
        ("name = 'ab", true),
        ("lr < 1 and", true),
        ("status = runn", true),
        ("lr in (1, 2", true),
        ("lr is mis", true),
        ("status = done", false),
        ("pinned = tr", true),
        ("duration < 1h3", true),
        ("duration < soon", false),
        ("started > 202", true),
        ("status = runn and lr < 1", false),
        ("lr < and x", false),
        ("lr < 1)", false),
        ("lr is large and x", false),
    ] {
        let error = Query::parse(text).expect_err(text);
        assert_eq!(error.is_unfinished(text), unfinished, "{text}: {error}");
    }
}
