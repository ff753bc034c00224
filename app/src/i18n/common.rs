//! Texts shared by several pages.

use common::TaskStatus;
use common::failure::FailureKind;
use common::message::EndText;
use common::timestamp::DurationUnits;

use super::ending::duration;
use super::status;

/// Texts shared by several pages.
pub struct CommonText {
    pub cancel: &'static str,
    pub close: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub dismiss: &'static str,
    pub loading: &'static str,
    pub open: &'static str,
    pub more: &'static str,
    pub not_found_title: &'static str,
    pub not_found_text: &'static str,
    pub go_home: &'static str,
    pub failed_title: &'static str,
    pub retry: &'static str,
    pub page_failed: &'static str,
    pub notifications: &'static str,
    pub status: fn(TaskStatus) -> &'static str,
    /// A failure summary, from its kind and the text of the engine.
    pub failure: fn(FailureKind, &str) -> String,
    pub open_log: fn(&str) -> String,
    pub open_log_at: fn(&str, u64) -> String,
    pub no_workspace: &'static str,
    pub no_workspace_text: &'static str,
    pub open_script: &'static str,
    /// The units of durations.
    pub units: DurationUnits,
    pub no_response: &'static str,
    pub unreadable_response: fn(&str) -> String,
    /// A time in the past, by its age in seconds.
    pub ago: fn(u64) -> String,
}

pub(super) static EN: CommonText = CommonText {
    cancel: "Cancel",
    close: "Close",
    copy: "Copy",
    copied: "Copied",
    dismiss: "Dismiss",
    loading: "Loading…",
    open: "Open",
    more: "More",
    not_found_title: "Page not found",
    not_found_text: "The URL may be wrong, or the page has moved.",
    go_home: "Go to Home",
    failed_title: "Loading failed",
    retry: "Retry",
    page_failed: "This page could not be loaded from the server. It is loaded again when the connection is restored.",
    notifications: "Notifications",
    status: status::english,
    failure: |_, text| text.to_owned(),
    open_log: |failure| format!("{failure}\nOpen the log"),
    open_log_at: |failure, line| format!("{failure}\nOpen the log at line {line}"),
    no_workspace: "No workspace is open",
    no_workspace_text: "Tasks belong to the workspace of a script. Open the script first.",
    open_script: "Open a script",
    units: DurationUnits::ENGLISH,
    no_response: "The Pyruns server does not respond.",
    unreadable_response: |why| format!("The response could not be read ({why}). Reload the page."),
    ago: |seconds| match seconds {
        0..10 => "just now".to_owned(),
        10..60 => format!("{seconds} s ago"),
        60..3600 => format!("{} min ago", seconds / 60),
        3600..86_400 => format!("{} h ago", seconds / 3600),
        _ => format!("{} d ago", seconds / 86_400),
    },
};

pub(super) static ZH: CommonText = CommonText {
    cancel: "取消",
    close: "关闭",
    copy: "复制",
    copied: "已复制",
    dismiss: "关闭提示",
    loading: "加载中…",
    open: "打开",
    more: "更多",
    not_found_title: "页面不存在",
    not_found_text: "地址可能有误，或页面已移动。",
    go_home: "回到主页",
    failed_title: "加载失败",
    retry: "重试",
    page_failed: "无法从服务器加载此页面。连接恢复后会自动重试。",
    notifications: "通知",
    status: status::chinese,
    failure: failure_in_chinese,
    open_log: |failure| format!("{failure}\n打开日志"),
    open_log_at: |failure, line| format!("{failure}\n打开日志第 {line} 行"),
    no_workspace: "没有打开的工作区",
    no_workspace_text: "任务属于脚本的工作区。请先打开一个脚本。",
    open_script: "打开脚本",
    units: DurationUnits::CHINESE,
    no_response: "Pyruns 服务器没有响应。",
    unreadable_response: |why| format!("无法读取响应（{why}）。请重新加载页面。"),
    ago: |seconds| match seconds {
        0..10 => "刚刚".to_owned(),
        10..60 => format!("{seconds} 秒前"),
        60..3600 => format!("{} 分钟前", seconds / 60),
        3600..86_400 => format!("{} 小时前", seconds / 3600),
        _ => format!("{} 天前", seconds / 86_400),
    },
};

/// Translates messages of the engine; output of the run is not changed. Every page loads this, so it
/// knows only the frequent ones; `EndingText` has all of them.
fn failure_in_chinese(kind: FailureKind, text: &str) -> String {
    let rest = |end: EndText| text.strip_prefix(end.template().split('{').next()?);
    let said = match kind {
        FailureKind::ExitCode => rest(EndText::ExitCode).map(|code| format!("退出码 {code}")),
        FailureKind::Signal => rest(EndText::Killed).map(|name| format!("被信号终止：{name}")),
        FailureKind::Timeout => {
            rest(EndText::TimedOut).map(|limit| format!("超过时限 {}", duration(limit)))
        }
        FailureKind::OutOfMemory => {
            rest(EndText::KilledOutOfMemory).map(|_| "内存不足，进程被终止".to_owned())
        }
        FailureKind::Interrupted => Some("运行中断：监管进程被终止，或机器重启".to_owned()),
        FailureKind::NotStarted => Some("未能启动".to_owned()),
        FailureKind::Exception | FailureKind::Output => None,
    };
    said.unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engine_messages_are_translated_and_run_output_is_not() {
        let said = [
            (FailureKind::ExitCode, "exit code 3", "退出码 3"),
            (FailureKind::Signal, "killed by SIGSEGV", "被信号终止：SIGSEGV"),
            (FailureKind::Timeout, "timed out after 2 h 00 min", "超过时限 2 小时 00 分"),
            (FailureKind::NotStarted, "The script /a.py does not exist.", "未能启动"),
            (FailureKind::Output, "exit code 3", "exit code 3"),
            (FailureKind::OutOfMemory, "MemoryError", "MemoryError"),
        ];
        for (kind, text, expected) in said {
            assert_eq!(failure_in_chinese(kind, text), expected);
        }
    }
}
