//! Words that several pages use.

use common::TaskStatus;
use common::timestamp::DurationUnits;

/// Words that several pages use.
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
    pub notifications: &'static str,
    pub status: fn(TaskStatus) -> &'static str,
    /// The units of durations.
    pub units: DurationUnits,
    pub no_answer: &'static str,
    pub unreadable_answer: fn(&str) -> String,
    /// A time that lies so many seconds back.
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
    not_found_title: "There is no such page",
    not_found_text: "The address may be mistyped, or the page has moved.",
    go_home: "Go to Home",
    failed_title: "This could not be loaded",
    notifications: "Notifications",
    status: |status| match status {
        TaskStatus::Pending => "Pending",
        TaskStatus::Queued => "Queued",
        TaskStatus::Running => "Running",
        TaskStatus::Completed => "Completed",
        TaskStatus::Failed => "Failed",
        TaskStatus::Cancelled => "Cancelled",
    },
    units: DurationUnits::ENGLISH,
    no_answer: "The Pyruns server does not answer.",
    unreadable_answer: |why| format!("The answer could not be read ({why}). Reload the page."),
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
    not_found_title: "没有这个页面",
    not_found_text: "地址可能有误，或页面已移动。",
    go_home: "回到主页",
    failed_title: "加载失败",
    notifications: "通知",
    status: |status| match status {
        TaskStatus::Pending => "待运行",
        TaskStatus::Queued => "排队中",
        TaskStatus::Running => "运行中",
        TaskStatus::Completed => "已完成",
        TaskStatus::Failed => "失败",
        TaskStatus::Cancelled => "已取消",
    },
    units: DurationUnits::CHINESE,
    no_answer: "Pyruns 服务器没有响应。",
    unreadable_answer: |why| format!("无法读取响应（{why}）。请重新加载页面。"),
    ago: |seconds| match seconds {
        0..10 => "刚刚".to_owned(),
        10..60 => format!("{seconds} 秒前"),
        60..3600 => format!("{} 分钟前", seconds / 60),
        3600..86_400 => format!("{} 小时前", seconds / 3600),
        _ => format!("{} 天前", seconds / 86_400),
    },
};
