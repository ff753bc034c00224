//! Texts of the grid of a batch.

use common::TaskStatus;

use super::status;

/// Texts of the grid of a batch.
pub struct GridText {
    pub title: &'static str,
    pub batch: &'static str,
    pub across: &'static str,
    pub down: &'static str,
    pub value: &'static str,
    pub every: fn(&str) -> String,
    pub missing: &'static str,
    pub mean_of: fn(&str, &str, usize) -> String,
    pub rerun: fn(&RerunCounts) -> String,
    pub queued: fn(u64) -> String,
    pub as_table: &'static str,
    pub extend: &'static str,
    pub extend_help: &'static str,
    pub parameter: &'static str,
    pub new_values: &'static str,
    pub would_create: fn(u64, u64, u64) -> String,
    pub run_them: &'static str,
    pub create: &'static str,
    pub created: fn(u64) -> String,
    pub none_title: &'static str,
    pub none_text: &'static str,
}

/// Numbers of tasks of a batch that can be rerun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RerunCounts {
    /// Failed tasks.
    pub failed: u64,
    /// Cancelled tasks.
    pub cancelled: u64,
    /// Tasks that were deleted or never created.
    pub missing: u64,
}

/// `2 failed, 1 cancelled`: the non-zero counts.
fn counted(parts: &[(u64, &str)], unit: &str, between: &str) -> String {
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {unit}{word}"))
        .collect();
    parts.join(between)
}

pub(super) static EN: GridText = GridText {
    title: "Grid",
    batch: "Batch",
    across: "Columns",
    down: "Rows",
    value: "Value",
    every: |name| format!("{name}: all (mean)"),
    missing: "No run",
    mean_of: |mean, std, n| format!("{mean} ± {std}, {n} runs"),
    rerun: |counts| {
        let label = status::english_in_text;
        let (failed, cancelled) = (label(TaskStatus::Failed), label(TaskStatus::Cancelled));
        let parts = [
            (counts.failed, failed.as_str()),
            (counts.cancelled, cancelled.as_str()),
            (counts.missing, "missing"),
        ];
        match counted(&parts, "", ", ") {
            parts if parts.is_empty() => "Nothing to run again".to_owned(),
            parts => format!("Run again: {parts}"),
        }
    },
    queued: |n| {
        if n == 1 { "1 task was queued.".to_owned() } else { format!("{n} tasks were queued.") }
    },
    as_table: "As a table",
    extend: "Extend",
    extend_help: "Same syntax as in the Generator: 0.3, 0.3 | 0.1, 5:8. Existing values are skipped.",
    parameter: "Parameter",
    new_values: "New values",
    would_create: |values, count, total| {
        let values =
            if values == 1 { "1 new value".to_owned() } else { format!("{values} new values") };
        let tasks = if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") };
        format!("{values}: {tasks} more, {total} in total.")
    },
    run_them: "Run them",
    create: "Create",
    created: |n| {
        if n == 1 { "1 task was created.".to_owned() } else { format!("{n} tasks were created.") }
    },
    none_title: "No batches yet",
    none_text: "Enter multiple values in fields of the Generator, such as 0.1 | 0.01. The resulting tasks appear here as a grid.",
};

pub(super) static ZH: GridText = GridText {
    title: "网格",
    batch: "批次",
    across: "列",
    down: "行",
    value: "数值",
    every: |name| format!("{name}：全部（均值）"),
    missing: "没有运行",
    mean_of: |mean, std, n| format!("{mean} ± {std}，{n} 次运行"),
    rerun: |counts| {
        let label = status::chinese;
        let parts = [
            (counts.failed, label(TaskStatus::Failed)),
            (counts.cancelled, label(TaskStatus::Cancelled)),
            (counts.missing, "缺失"),
        ];
        match counted(&parts, "个", "，") {
            parts if parts.is_empty() => "没有要重跑的".to_owned(),
            parts => format!("重跑：{parts}"),
        }
    },
    queued: |n| format!("{n} 个任务已加入队列。"),
    as_table: "以表格查看",
    extend: "扩展",
    extend_help: "写法同生成器：0.3、0.3 | 0.1、5:8。已有的值会跳过。",
    parameter: "参数",
    new_values: "新值",
    would_create: |values, count, total| {
        format!("{values} 个新值：增加 {count} 个任务，共 {total} 个。")
    },
    run_them: "立即运行",
    create: "创建",
    created: |n| format!("已创建 {n} 个任务。"),
    none_title: "还没有批次",
    none_text: "在生成器的字段里输入多个值，例如 0.1 | 0.01，生成的任务会以网格显示在这里。",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rerun_counts_are_labelled_by_status() {
        let counts = RerunCounts { failed: 2, cancelled: 1, missing: 0 };
        assert_eq!((EN.rerun)(&counts), "Run again: 2 failed, 1 cancelled");
        assert_eq!((ZH.rerun)(&counts), "重跑：2 个失败，1 个已取消");
        let counts = RerunCounts { cancelled: 2, ..RerunCounts::default() };
        assert_eq!((EN.rerun)(&counts), "Run again: 2 cancelled");
        assert_eq!((EN.rerun)(&RerunCounts::default()), "Nothing to run again");
    }
}
