//! The labels of statuses; other texts take the word from here. On disk, in the API and in filters
//! a status is [`TaskStatus::as_str`], which is not translated.

use common::TaskStatus;

pub(super) fn english(status: TaskStatus) -> &'static str {
    match status {
        TaskStatus::Pending => "Pending",
        TaskStatus::Queued => "Queued",
        TaskStatus::Running => "Running",
        TaskStatus::Completed => "Completed",
        TaskStatus::Failed => "Failed",
        TaskStatus::Cancelled => "Cancelled",
    }
}

/// The label inside a sentence.
pub(super) fn english_in_text(status: TaskStatus) -> String {
    english(status).to_ascii_lowercase()
}

pub(super) fn chinese(status: TaskStatus) -> &'static str {
    match status {
        TaskStatus::Pending => "待运行",
        TaskStatus::Queued => "排队中",
        TaskStatus::Running => "运行中",
        TaskStatus::Completed => "已完成",
        TaskStatus::Failed => "失败",
        TaskStatus::Cancelled => "已取消",
    }
}
