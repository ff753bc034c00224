//! Texts of the table of runs.

use common::runs::{Fixed, column_label};

/// Texts of the table of runs.
pub struct RunsText {
    pub title: &'static str,
    /// The label of a column that every workspace has.
    pub fixed: fn(Fixed) -> &'static str,
    pub choose: &'static str,
    pub sort_by: fn(&str) -> String,
    pub column_menu: fn(&str) -> String,
    pub also_sort: &'static str,
    pub group: &'static str,
    pub ungroup: &'static str,
    pub pin: &'static str,
    pub unpin: &'static str,
    pub move_left: &'static str,
    pub move_right: &'static str,
    pub hide: &'static str,
    pub nothing: &'static str,
    pub only_value: fn(&str, &str) -> String,
    pub not_value: fn(&str, &str) -> String,
    pub copy_value: &'static str,
    pub progress: &'static str,
    pub group_of: fn(&str, usize) -> String,
    pub filter: &'static str,
    pub filter_hint: &'static str,
    pub filter_help: &'static str,
    pub clear_filter: &'static str,
    pub group_by: &'static str,
    pub same: &'static str,
    pub scale: &'static str,
    pub all_runs: &'static str,
    pub charts: &'static str,
    pub columns: &'static str,
    pub find_column: &'static str,
    pub does_not_differ: &'static str,
    pub usual_columns: &'static str,
    pub copy: &'static str,
    pub copy_markdown: &'static str,
    pub copy_latex: &'static str,
    pub copy_csv: &'static str,
    pub copied: fn(usize) -> String,
    pub copy_refused: &'static str,
    pub views: &'static str,
    pub save_view_title: &'static str,
    pub usual_view: &'static str,
    pub forget_view: &'static str,
    pub forget: fn(&str) -> String,
    pub view_name: &'static str,
    pub view_help: &'static str,
    pub view_saved: &'static str,
    pub keep: &'static str,
    pub none_title: &'static str,
    pub none_text: &'static str,
    pub rows: fn(u64) -> String,
    pub groups_of: fn(u64, u64) -> String,
    pub keys: &'static str,
}

impl RunsText {
    /// The label of a column header.
    #[must_use]
    pub fn label(&self, column: &str) -> String {
        self.fixed_label(column).map_or_else(|| column_label(column), str::to_owned)
    }

    /// The unambiguous label of a column: its full name, unless it is a fixed column.
    #[must_use]
    pub fn full_label(&self, column: &str) -> String {
        self.fixed_label(column).unwrap_or(column).to_owned()
    }

    /// The label of a fixed column; `None` for other columns.
    #[must_use]
    pub fn fixed_label(&self, column: &str) -> Option<&'static str> {
        let fixed = Fixed::ALL.iter().find(|fixed| fixed.as_str() == column)?;
        Some((self.fixed)(*fixed))
    }
}

pub(super) static EN: RunsText = RunsText {
    title: "Runs",
    fixed: |column| match column {
        Fixed::Name => "Task",
        Fixed::Run => "Run",
        Fixed::Status => "Status",
        Fixed::Created => "Created",
        Fixed::Started => "Started",
        Fixed::Finished => "Finished",
        Fixed::Duration => "Duration",
        Fixed::Progress => "Progress",
        Fixed::Reason => "Reason",
        Fixed::Failure => "Failure",
        Fixed::ExitCode => "Exit code",
        Fixed::CpuTime => "CPU time",
        Fixed::PeakMemory => "Peak memory",
        Fixed::Gpus => "GPUs",
        Fixed::Batch => "Batch",
        Fixed::Tags => "Tags",
        Fixed::Notes => "Notes",
        Fixed::Pinned => "Pinned",
        Fixed::Kind => "Kind",
        Fixed::Source => "Source",
    },
    choose: "Select",
    sort_by: |column| format!("Sort by {column}; Shift-click to add it to the sort order"),
    column_menu: |column| format!("Column {column}"),
    also_sort: "Add to sort order",
    group: "Group by this column",
    ungroup: "Stop grouping by this column",
    pin: "Pin",
    unpin: "Unpin",
    move_left: "Move left",
    move_right: "Move right",
    hide: "Hide",
    nothing: "empty",
    only_value: |column, value| format!("Only {column} = {value}"),
    not_value: |column, value| format!("Exclude {column} = {value}"),
    copy_value: "Copy value",
    progress: "Progress",
    group_of: |name, count| format!("{name} ({count} runs)"),
    filter: "Filter",
    filter_hint: "lr < 0.01 and acc > 0.9",
    filter_help: "Names and values: lr < 0.01 and status = completed and metrics.acc.max > 0.9. A diverged metric: loss is nan. A single word must occur somewhere in the task.",
    clear_filter: "Show all runs",
    group_by: "Group by",
    same: "Constant columns",
    scale: "Colour scale",
    all_runs: "All runs",
    charts: "Charts",
    columns: "Columns",
    find_column: "Find a column",
    does_not_differ: "all equal",
    usual_columns: "Default columns",
    copy: "Copy",
    copy_markdown: "As Markdown",
    copy_latex: "As LaTeX",
    copy_csv: "As CSV",
    copied: |n| if n == 1 { "1 row copied.".to_owned() } else { format!("{n} rows copied.") },
    copy_refused: "The browser denied access to the clipboard.",
    views: "Views",
    save_view_title: "Save this view",
    usual_view: "Default view",
    forget_view: "Delete this view",
    forget: |name| format!("Delete {name}"),
    view_name: "Name",
    view_help: "Filter, columns, sort order, groups and display options are saved under this name.",
    view_saved: "View saved.",
    keep: "Save",
    none_title: "No run matches",
    none_text: "A task has a row here as soon as it is created. Try another filter.",
    rows: |n| if n == 1 { "1 run".to_owned() } else { format!("{n} runs") },
    groups_of: |groups, runs| format!("{groups} groups of {runs} runs"),
    keys: "Click a column header to sort, Shift-click to sort by more · click a value to filter · drag a header to move it",
};

pub(super) static ZH: RunsText = RunsText {
    title: "运行",
    fixed: |column| match column {
        Fixed::Name => "任务",
        Fixed::Run => "次",
        Fixed::Status => "状态",
        Fixed::Created => "创建",
        Fixed::Started => "开始",
        Fixed::Finished => "结束",
        Fixed::Duration => "时长",
        Fixed::Progress => "进度",
        Fixed::Reason => "原因",
        Fixed::Failure => "失败原因",
        Fixed::ExitCode => "退出码",
        Fixed::CpuTime => "CPU 时间",
        Fixed::PeakMemory => "内存峰值",
        Fixed::Gpus => "GPU",
        Fixed::Batch => "批次",
        Fixed::Tags => "标签",
        Fixed::Notes => "备注",
        Fixed::Pinned => "置顶",
        Fixed::Kind => "类型",
        Fixed::Source => "来源",
    },
    choose: "选择",
    sort_by: |column| format!("按 {column} 排序；按住 Shift 追加排序"),
    column_menu: |column| format!("列 {column}"),
    also_sort: "追加排序",
    group: "按此列分组",
    ungroup: "取消按此列分组",
    pin: "固定",
    unpin: "取消固定",
    move_left: "左移",
    move_right: "右移",
    hide: "隐藏",
    nothing: "空",
    only_value: |column, value| format!("只看 {column} = {value}"),
    not_value: |column, value| format!("排除 {column} = {value}"),
    copy_value: "复制值",
    progress: "进度",
    group_of: |name, count| format!("{name}（{count} 次运行）"),
    filter: "筛选",
    filter_hint: "lr < 0.01 and acc > 0.9",
    filter_help: "名称与值：lr < 0.01 and status = completed and metrics.acc.max > 0.9。发散的指标：loss is nan。单独的词须出现在任务中。",
    clear_filter: "显示全部运行",
    group_by: "分组",
    same: "值相同的列",
    scale: "色阶",
    all_runs: "全部运行",
    charts: "曲线",
    columns: "列",
    find_column: "查找列",
    does_not_differ: "全部相同",
    usual_columns: "默认列",
    copy: "复制",
    copy_markdown: "复制为 Markdown",
    copy_latex: "复制为 LaTeX",
    copy_csv: "复制为 CSV",
    copied: |n| format!("已复制 {n} 行。"),
    copy_refused: "浏览器拒绝访问剪贴板。",
    views: "视图",
    save_view_title: "保存此视图",
    usual_view: "默认视图",
    forget_view: "删除此视图",
    forget: |name| format!("删除 {name}"),
    view_name: "名称",
    view_help: "筛选、列、排序、分组和显示选项会以此名称保存。",
    view_saved: "视图已保存。",
    keep: "保存",
    none_title: "没有匹配的运行",
    none_text: "任务创建后就会在这里有一行。换一个筛选条件试试。",
    rows: |n| format!("{n} 次运行"),
    groups_of: |groups, runs| format!("{groups} 组，共 {runs} 次运行"),
    keys: "点击列头排序，Shift 追加 · 点击值筛选 · 拖动列头移动",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_columns_have_labels_and_others_their_names() {
        assert_eq!(EN.label("exit_code"), "Exit code");
        assert_eq!((ZH.label("gpus"), ZH.full_label("gpus")), ("GPU".to_owned(), "GPU".to_owned()));
        // A fixed column has one name in the interface; `task` is only accepted in filters.
        assert_eq!((EN.fixed_label("task"), EN.fixed_label("params.lr")), (None, None));
        assert_eq!(EN.label("params.lr"), column_label("params.lr"));
        assert_eq!(EN.full_label("params.lr"), "params.lr");
    }
}
