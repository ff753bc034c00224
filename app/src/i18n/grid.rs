//! Texts of the grid of a batch.

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
    pub rerun: fn(u64, u64) -> String,
    pub queued: fn(u64) -> String,
    pub as_table: &'static str,
    pub none_title: &'static str,
    pub none_text: &'static str,
}

pub(super) static EN: GridText = GridText {
    title: "Grid",
    batch: "Batch",
    across: "Across",
    down: "Down",
    value: "Value",
    every: |name| format!("{name}: all, as their mean"),
    missing: "No run here",
    mean_of: |mean, std, n| format!("{mean} ± {std}, {n} runs"),
    rerun: |failed, missing| match (failed, missing) {
        (0, 0) => "Nothing to run again".to_owned(),
        (failed, 0) => format!("Run {failed} failed again"),
        (0, missing) => format!("Run {missing} missing"),
        (failed, missing) => format!("Run {failed} failed and {missing} missing"),
    },
    queued: |n| {
        if n == 1 { "1 task was queued.".to_owned() } else { format!("{n} tasks were queued.") }
    },
    as_table: "As a table",
    none_title: "No batches yet",
    none_text: "Write several values into fields of the Generator, such as 0.1 | 0.01, and the tasks that come of it stand here as a grid.",
};

pub(super) static ZH: GridText = GridText {
    title: "网格",
    batch: "批次",
    across: "横向",
    down: "纵向",
    value: "数值",
    every: |name| format!("{name}：全部取平均"),
    missing: "此处没有运行",
    mean_of: |mean, std, n| format!("{mean} ± {std}，{n} 次运行"),
    rerun: |failed, missing| match (failed, missing) {
        (0, 0) => "没有要重跑的".to_owned(),
        (failed, missing) => format!("重跑：失败 {failed}，缺失 {missing}"),
    },
    queued: |n| format!("{n} 个任务已加入队列。"),
    as_table: "以表格查看",
    none_title: "还没有批次",
    none_text: "在生成器的字段里写多个值，例如 0.1 | 0.01，生成的任务会以网格显示在这里。",
};
