//! Texts of the Generator.

/// Texts of the Generator.
pub struct GeneratorText {
    pub title: &'static str,
    pub template: &'static str,
    pub find_task: &'static str,
    pub mode: &'static str,
    pub mode_form: &'static str,
    pub mode_yaml: &'static str,
    pub filter: &'static str,
    pub no_match: &'static str,
    pub changed_only: &'static str,
    pub reset_all: &'static str,
    pub batch_hint: &'static str,
    pub values: fn(u64) -> String,
    pub write_batch: &'static str,
    pub back_to_control: &'static str,
    pub no_fields: &'static str,
    pub no_fields_text: &'static str,
    pub batch: &'static str,
    pub total: fn(u64) -> String,
    pub nothing: &'static str,
    pub too_many: fn(u64) -> String,
    pub zip: &'static str,
    pub first_rows: fn(u64, u64) -> String,
    pub all_rows: &'static str,
    pub name: &'static str,
    pub timestamp: &'static str,
    pub names_like: fn(&str, &str) -> String,
    pub create: &'static str,
    pub create_and_run: &'static str,
    pub created: fn(u64) -> String,
    pub yaml_label: &'static str,
    pub shell_label: &'static str,
    pub yaml_help: &'static str,
    pub shell_help: &'static str,
    pub shell_empty: &'static str,
    /// Displayed beside a required field.
    pub required: &'static str,
    /// Heading of the parameters without a group.
    pub other_group: &'static str,
    pub mode_tree: &'static str,
    pub pinned: &'static str,
    pub pin: &'static str,
    pub unpin: &'static str,
    /// Arguments: the key and the value that it is reset to.
    pub reset_to: fn(&str, &str) -> String,
    /// The value of the template.
    pub was: fn(&str) -> String,
    pub changes: fn(usize) -> String,
    pub drawn: fn(u64) -> String,
    pub in_step: fn(u64) -> String,
    pub random: &'static str,
    pub of_all: fn(u64) -> String,
    pub when: &'static str,
    pub creating: &'static str,
    /// Arguments: existing tasks, all tasks, scanned tasks if not all, some names.
    pub duplicates: fn(u64, u64, Option<u64>, &str) -> String,
    /// Arguments: repeated tasks, all tasks, scanned tasks if not all.
    pub repeated: fn(u64, u64, Option<u64>) -> String,
    /// Arguments: scanned tasks, all tasks.
    pub scanning: fn(u64, u64) -> String,
    pub differences: fn(usize) -> String,
    pub run_settings: &'static str,
    pub gpus: &'static str,
    pub priority: &'static str,
    pub timeout: &'static str,
    pub retries: &'static str,
    pub env: &'static str,
    pub notes: &'static str,
    pub bad_number: fn(&str) -> String,
    pub bad_timeout: &'static str,
    /// Argument: the number of the invalid line of the environment.
    pub bad_env: fn(usize) -> String,
    pub exists: &'static str,
    pub same_as: fn(&str) -> String,
    pub show_all: fn(u64) -> String,
    pub left_out: fn(u64) -> String,
    pub unread: &'static str,
    pub back_to_yaml: &'static str,
}

pub(super) static EN: GeneratorText = GeneratorText {
    title: "Generator",
    template: "Template",
    find_task: "Find a task",
    mode: "Mode",
    mode_form: "Form",
    mode_yaml: "YAML",
    filter: "Find a parameter",
    no_match: "No parameter matches.",
    changed_only: "Changed",
    reset_all: "Reset all",
    batch_hint: "Multiple values: 0.1 | 0.01. Zipped: (1 | 2). Range: 1:10:2. Sampled: ~log(1e-5, 1e-1) × 20.",
    values: |n| format!("{n} values"),
    write_batch: "Enter multiple values",
    back_to_control: "Back to a single value",
    no_fields: "This script has no parameters that Pyruns can read",
    no_fields_text: "You can still run it without parameters, or enter parameters in YAML mode.",
    batch: "Batch",
    total: |n| if n == 1 { "1 task".to_owned() } else { format!("{n} tasks") },
    nothing: "Nothing to create yet",
    too_many: |most| {
        format!(
            "At most {most} tasks can be created at once. Enter fewer values, or raise max_batch_tasks in the settings."
        )
    },
    zip: "zipped",
    first_rows: |shown, total| format!("First {shown} of {total}"),
    all_rows: "All tasks of this batch",
    name: "Name",
    timestamp: "Add date and time",
    names_like: |first, last| format!("{first} … {last}"),
    create: "Create",
    create_and_run: "Create and run",
    created: |n| if n == 1 { "1 task created.".to_owned() } else { format!("{n} tasks created.") },
    yaml_label: "Parameters in YAML",
    shell_label: "Shell script",
    yaml_help: "Plain YAML, exactly one task; comments are kept. Use the form for multiple tasks.",
    shell_help: "Runs in the project's folder with the shell of this workspace.",
    shell_empty: "Enter the commands of the task.",
    required: "required",
    other_group: "Parameters",
    mode_tree: "Tree",
    pinned: "Pinned",
    pin: "Pin",
    unpin: "Unpin",
    reset_to: |key, value| {
        format!("Reset {key} to {}", if value.is_empty() { "empty" } else { value })
    },
    was: |value| format!("default {}", if value.is_empty() { "–" } else { value }),
    changes: |n| format!("{n} changed"),
    drawn: |n| if n == 1 { "sampled".to_owned() } else { format!("{n} sampled") },
    in_step: |n| format!("{n} zipped"),
    random: "sampled",
    of_all: |all| format!(" of {all}"),
    when: "Condition",
    creating: "Creating",
    duplicates: |count, total, scanned, names| {
        let of = match scanned {
            Some(scanned) => format!("{count} of the first {scanned} tasks"),
            None if total == 1 => "This task".to_owned(),
            None => format!("{count} of {total} tasks"),
        };
        let verb = if count == 1 { "exists" } else { "exist" };
        format!("{of} already {verb} with the same parameters: {names}")
    },
    repeated: |count, total, scanned| {
        let of = match scanned {
            Some(scanned) => format!("{count} of the first {scanned} tasks"),
            None => format!("{count} of {total} tasks"),
        };
        let verb = if count == 1 { "has" } else { "have" };
        format!("{of} {verb} the same parameters as another task of this batch")
    },
    scanning: |scanned, total| format!("Searching for duplicates: {scanned} of {total}"),
    differences: |n| {
        if n == 1 {
            "1 difference from the template".to_owned()
        } else {
            format!("{n} differences from the template")
        }
    },
    run_settings: "Run options",
    gpus: "GPUs",
    priority: "Priority",
    timeout: "Time limit",
    retries: "Retries",
    env: "Environment",
    notes: "Notes",
    bad_number: |what| format!("{what}: enter a whole number."),
    bad_timeout: "Time limit: enter seconds, or a duration such as 30m, 2h or 1d.",
    bad_env: |line| {
        format!(
            "Environment, line {line}: enter NAME=value, or NAME alone to pass the server's variable."
        )
    },
    exists: "exists",
    same_as: |name| format!("Task {name} has the same parameters"),
    show_all: |n| format!("Show all {n}"),
    left_out: |n| format!("{n} more are not shown."),
    unread: "The YAML text cannot be parsed",
    back_to_yaml: "Back to YAML",
};

pub(super) static ZH: GeneratorText = GeneratorText {
    title: "生成器",
    template: "模板",
    find_task: "查找任务",
    mode: "模式",
    mode_form: "表单",
    mode_yaml: "YAML",
    filter: "查找参数",
    no_match: "没有匹配的参数。",
    changed_only: "已修改",
    reset_all: "全部重置",
    batch_hint: "多个值：0.1 | 0.01。配对：(1 | 2)。范围：1:10:2。采样：~log(1e-5, 1e-1) × 20。",
    values: |n| format!("{n} 个值"),
    write_batch: "输入多个值",
    back_to_control: "返回单个值",
    no_fields: "Pyruns 没有读到此脚本的参数",
    no_fields_text: "仍可不带参数运行，也可以在 YAML 模式下输入参数。",
    batch: "批次",
    total: |n| format!("{n} 个任务"),
    nothing: "还没有可创建的任务",
    too_many: |most| {
        format!("一次最多创建 {most} 个任务。请减少取值，或在设置中提高 max_batch_tasks。")
    },
    zip: "配对",
    first_rows: |shown, total| format!("前 {shown} 个，共 {total} 个"),
    all_rows: "此批次的全部任务",
    name: "名称",
    timestamp: "加上日期时间",
    names_like: |first, last| format!("{first} … {last}"),
    create: "创建",
    create_and_run: "创建并运行",
    created: |n| format!("已创建 {n} 个任务。"),
    yaml_label: "YAML 参数",
    shell_label: "Shell 脚本",
    yaml_help: "纯 YAML，恰好一个任务，注释会保留。要生成多个任务请用表单。",
    shell_help: "在项目目录下用此工作区的 shell 运行。",
    shell_empty: "请输入任务的命令。",
    required: "必填",
    other_group: "参数",
    mode_tree: "树",
    pinned: "已固定",
    pin: "固定",
    unpin: "取消固定",
    reset_to: |key, value| {
        format!("将 {key} 重置为 {}", if value.is_empty() { "空" } else { value })
    },
    was: |value| format!("默认 {}", if value.is_empty() { "–" } else { value }),
    changes: |n| format!("{n} 处修改"),
    drawn: |n| format!("采样 {n} 个"),
    in_step: |n| format!("配对 {n} 个"),
    random: "采样",
    of_all: |all| format!("（共 {all} 种组合）"),
    when: "条件",
    creating: "正在创建",
    duplicates: |count, total, scanned, names| match scanned {
        Some(scanned) => {
            format!("前 {scanned} 个任务中有 {count} 个已有相同参数的任务：{names}")
        }
        None => format!("{total} 个任务中有 {count} 个已有相同参数的任务：{names}"),
    },
    repeated: |count, total, scanned| match scanned {
        Some(scanned) => format!("前 {scanned} 个任务中有 {count} 个与本批其他任务参数相同"),
        None => format!("{total} 个任务中有 {count} 个与本批其他任务参数相同"),
    },
    scanning: |scanned, total| format!("正在查找重复：{scanned} / {total}"),
    differences: |n| format!("与模板有 {n} 处不同"),
    run_settings: "运行选项",
    gpus: "GPU 数",
    priority: "优先级",
    timeout: "时间上限",
    retries: "重试次数",
    env: "环境变量",
    notes: "备注",
    bad_number: |what| format!("{what}：请输入整数。"),
    bad_timeout: "时间上限：请输入秒数，或 30m、2h、1d 这样的时长。",
    bad_env: |line| {
        format!("环境变量第 {line} 行：请输入 NAME=value，或只输入 NAME 以传入服务器的变量。")
    },
    exists: "已存在",
    same_as: |name| format!("任务 {name} 的参数相同"),
    show_all: |n| format!("显示全部 {n} 个"),
    left_out: |n| format!("另有 {n} 个未显示。"),
    unread: "无法解析 YAML 文本",
    back_to_yaml: "回到 YAML",
};
