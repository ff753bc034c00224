//! Error messages of filters.

use common::TaskStatus;
use common::query::{Expected, Found, Problem, QueryError, ValueKind};

/// Texts of the filter field.
pub struct FilterText {
    /// An error with its position.
    pub error: fn(&QueryError) -> String,
}

pub(super) static EN: FilterText = FilterText { error: QueryError::to_string };

pub(super) static ZH: FilterText = FilterText {
    error: |error| format!("第 {} 列：{}", error.span.start + 1, zh(&error.problem)),
};

fn zh(problem: &Problem) -> String {
    match problem {
        Problem::TooLong(bytes) => format!("筛选条件超过 {bytes} 字节"),
        Problem::TooDeep => "括号或 not 嵌套过深".to_owned(),
        Problem::Expected(expected, found) => {
            format!("此处应为{}，但{}", zh_expected(*expected), zh_found(found))
        }
        Problem::OpenParenthesis => "这个 ( 没有对应的 )".to_owned(),
        Problem::OpenQuote(quote) => format!("缺少结尾的 {quote}"),
        Problem::NoColumnBefore(word) => format!("“{}” 前应为列名", word.as_str()),
        Problem::BothValues => "比较的一侧应为列名，但两侧都是值".to_owned(),
        Problem::NotA(kind, word) => format!("“{word}” {}", zh_kind(*kind)),
        Problem::UnknownColumn { name, near } => {
            let near: Vec<String> = near.iter().map(|name| format!("“{name}”")).collect();
            let question = if near.is_empty() {
                String::new()
            } else {
                format!("；是否指 {}？", near.join(" 或 "))
            };
            format!("没有运行包含列 “{name}”{question}")
        }
    }
}

fn zh_expected(expected: Expected) -> String {
    match expected {
        Expected::AndOrEnd => " and、or 或结尾".to_owned(),
        Expected::AndOrClose => " and、or 或 )".to_owned(),
        Expected::Condition => "条件".to_owned(),
        Expected::Column => "列名".to_owned(),
        Expected::Value => "值".to_owned(),
        Expected::ValueAfter(operator) => format!(" {} 之后的值", operator.as_str()),
        Expected::OpenAfterIn => " in 之后的 (".to_owned(),
        Expected::CommaOrClose => "逗号或 )".to_owned(),
        Expected::TestAfterIs => " is 之后的 missing、nan、inf 或 finite".to_owned(),
    }
}

fn zh_found(found: &Found) -> String {
    match found {
        Found::End => "筛选条件到此结束".to_owned(),
        Found::Word(word) => format!("这里是 “{word}”"),
        Found::Sign(sign) => format!("这里是 {sign}"),
        Found::StrayClose => "这里的 ) 没有对应的 (".to_owned(),
    }
}

fn zh_kind(kind: ValueKind) -> String {
    match kind {
        ValueKind::Number => "不是数字".to_owned(),
        ValueKind::Duration => "不是时长，例如 90、10m 或 1h30m".to_owned(),
        ValueKind::Size => "不是大小，例如 512MiB".to_owned(),
        ValueKind::Bool => "既不是 true 也不是 false".to_owned(),
        ValueKind::Time => "不是时间，例如 2026-11-23".to_owned(),
        ValueKind::Status => {
            let all = TaskStatus::ALL.map(TaskStatus::as_str).join("、");
            format!("不是状态；可用的状态有 {all}")
        }
    }
}

#[cfg(test)]
mod tests {
    use common::query::Query;

    use super::*;

    #[test]
    fn an_error_is_in_the_language_of_the_page() {
        let error = Query::parse("lr <").unwrap_err();
        assert_eq!(
            (EN.error)(&error),
            "column 5: a value after < is expected, but the query ends here"
        );
        assert_eq!((ZH.error)(&error), "第 5 列：此处应为 < 之后的值，但筛选条件到此结束");
        let near = vec!["loss".to_owned(), "val/loss".to_owned()];
        let problem = Problem::UnknownColumn { name: "los".to_owned(), near };
        let error = QueryError::new(error.span, problem);
        let en = "column 5: no run has a column \"los\"; is \"loss\" or \"val/loss\" meant?";
        assert_eq!((EN.error)(&error), en);
        assert_eq!(
            (ZH.error)(&error),
            "第 5 列：没有运行包含列 “los”；是否指 “loss” 或 “val/loss”？"
        );
    }
}
