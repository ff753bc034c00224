//! Why a run ended, and why a task waits. The engine says both in English, in sentences of
//! [`common::message`]; other texts are output of the run and are not changed.

use common::TaskStatus;
use common::failure::FailureKind;
use common::message::{EndText, WaitText, fill};

use super::status;

/// Texts of ends and of waiting.
pub struct EndingText {
    /// The reason of an ended run.
    pub reason: fn(&str) -> String,
    /// The reason why a queued task waits.
    pub wait: fn(&str) -> String,
    /// A failure summary, from its kind and the text of the engine.
    pub failure: fn(FailureKind, &str) -> String,
}

pub(super) static EN: EndingText =
    EndingText { reason: end_in_english, wait: str::to_owned, failure: |_, text| text.to_owned() };

pub(super) static ZH: EndingText = EndingText {
    reason: end_in_chinese,
    wait: wait_in_chinese,
    failure: |kind, text| match kind {
        FailureKind::Exception | FailureKind::Output => text.to_owned(),
        _ => end_in_chinese(text),
    },
};

/// A template with texts in place of its arguments.
pub(super) fn filled(template: &str, arguments: &[String]) -> String {
    let arguments: Vec<&dyn std::fmt::Display> =
        arguments.iter().map(|argument| argument as &dyn std::fmt::Display).collect();
    fill(template, &arguments)
}

/// The reason as it is stored, except that a status has its label.
fn end_in_english(text: &str) -> String {
    match EndText::read(text) {
        Some((EndText::Cancelled, _)) => status::english_in_text(TaskStatus::Cancelled),
        Some((EndText::Failed, _)) => status::english_in_text(TaskStatus::Failed),
        _ => text.to_owned(),
    }
}

/// Translates a reason of Pyruns.
fn end_in_chinese(text: &str) -> String {
    let Some((end, arguments)) = EndText::read(text) else { return text.to_owned() };
    let mut arguments: Vec<String> = arguments.into_iter().map(str::to_owned).collect();
    let first = arguments.first_mut();
    match (end, first) {
        (EndText::Retry | EndText::OutOfMemory, Some(reason)) => *reason = end_in_chinese(reason),
        (EndText::TimedOut, Some(limit)) => *limit = duration(limit),
        _ => {}
    }
    filled(zh_end(end), &arguments)
}

/// `4 min 05 s` with Chinese units.
pub(super) fn duration(text: &str) -> String {
    let unit = |word| match word {
        "d" => "天",
        "h" => "小时",
        "min" => "分",
        "s" => "秒",
        number => number,
    };
    text.split(' ').map(unit).collect::<Vec<_>>().join(" ")
}

fn zh_end(end: EndText) -> &'static str {
    match end {
        EndText::Retry => "{}；随后第 {} 次重试，共 {} 次",
        EndText::OutOfMemory => "内存不足：{}",
        EndText::Cancelled => status::chinese(TaskStatus::Cancelled),
        EndText::ExitCodeOfSignal => "退出码 {}（{}）",
        EndText::ExitCode => "退出码 {}",
        EndText::Signal => "信号 {}",
        EndText::KilledAfter => "被信号终止：{}：{}",
        EndText::Killed => "被信号终止：{}",
        EndText::KilledOutOfMemory => "内存不足，进程被终止",
        EndText::TimedOut => "超过时限 {}",
        EndText::InterruptedWhy => "运行中断：监管进程被终止，或机器重启",
        EndText::Interrupted => "运行中断",
        EndText::Failed => status::chinese(TaskStatus::Failed),
        EndText::NoSupervisor => "监管进程在运行开始前已结束",
        EndText::NotLaunched => "无法启动监管进程：{}",
        EndText::NotAwaited => "等待进程结束时出错：{}",
        EndText::UnknownEnd => "进程以未知方式结束：{}",
        EndText::NoScript => "脚本 {} 不存在。",
        EndText::BadConfig => "config.yaml 无效：{}",
        EndText::NoShell => "无法运行 shell {}。",
        EndText::NoVariable => {
            "变量 {} 应从服务器的环境传入（env_from），但那里没有设置。请在启动 pyr 的地方设置，或从 env_from 中移除。"
        }
        EndText::NotStarted => "无法启动 {}：{}",
    }
}

/// Translates a reason for waiting.
fn wait_in_chinese(text: &str) -> String {
    // The whole is tried first, because the name of a task may have a separator in it.
    translated(text).unwrap_or_else(|| {
        let part = |part: &str| translated(part).unwrap_or_else(|| part.to_owned());
        text.split(WaitText::SEPARATOR).map(part).collect::<Vec<_>>().join("；")
    })
}

fn translated(text: &str) -> Option<String> {
    let (wait, arguments) = WaitText::read(text)?;
    let mut arguments: Vec<String> = arguments.into_iter().map(str::to_owned).collect();
    if let (WaitText::NoGpus | WaitText::TooManyGpus | WaitText::FreeGpus, Some(gpus)) =
        (wait, arguments.get_mut(1))
    {
        *gpus = translated(gpus).unwrap_or_else(|| gpus.clone());
    }
    Some(filled(zh_wait(wait), &arguments))
}

fn zh_wait(wait: WaitText) -> &'static str {
    match wait {
        WaitText::Held => "已暂停，等待释放",
        WaitText::AfterMissing => "等待“{}”，但它不存在",
        WaitText::AfterFailed => "等待“{}”完成，但它已失败",
        WaitText::AfterCancelled => "等待“{}”完成，但它已取消",
        WaitText::AfterPending => "等待“{}”完成，它尚未运行",
        WaitText::AfterQueued => "等待“{}”完成，它正在排队",
        WaitText::AfterRunning => "等待“{}”完成，它正在运行",
        WaitText::AfterCompleted => "等待“{}”完成，它已完成",
        WaitText::RetryDelay => "等到 {} 进行第 {} 次重试，共 {} 次",
        WaitText::TooManyCpus => "需要 {} 个 CPU 槽位，但总共只有 {} 个",
        WaitText::Cpus => "等待 {} 个 CPU 槽位：空闲 {}，共 {}",
        WaitText::NoGpus => "需要 {} 个{}，但本机没有 GPU",
        WaitText::TooManyGpus => "需要 {} 个{}，但总共只有 {} 个",
        WaitText::FreeGpus => "等待 {} 个{}：空闲 {}，共 {}",
        WaitText::GpuUnknownUser => "GPU {} 正被其他用户使用，pid {}",
        WaitText::GpuUser => "GPU {} 正被 {} 使用，pid {}",
        WaitText::GpuPart | WaitText::GpuParts => "剩余至少 {} % 的 GPU",
        WaitText::GpuMemory | WaitText::GpusMemory => "剩余至少 {} GiB 的 GPU",
        WaitText::Gpu | WaitText::Gpus => " GPU",
        WaitText::Disk => "磁盘已满，等待空间",
        WaitText::Worker => "等待空闲的并行名额",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_has_as_many_arguments_in_chinese() {
        let places = |template: &str| template.matches("{}").count();
        for end in EndText::ALL {
            assert_eq!(places(zh_end(*end)), places(end.template()), "{end:?}");
        }
        for wait in WaitText::ALL {
            assert_eq!(places(zh_wait(*wait)), places(wait.template()), "{wait:?}");
        }
    }

    #[test]
    fn reasons_are_in_chinese_and_output_of_a_run_is_not_changed() {
        for (english, chinese) in [
            ("cancelled", "已取消"),
            ("exit code 137 (SIGKILL)", "退出码 137（SIGKILL）"),
            ("timed out after 4 min 05 s", "超过时限 4 分 05 秒"),
            (
                "out of memory: SIGKILL; retry 1 of 2 follows",
                "内存不足：SIGKILL；随后第 1 次重试，共 2 次",
            ),
            ("SIGTERM", "SIGTERM"),
            ("ValueError: lr", "ValueError: lr"),
        ] {
            assert_eq!(end_in_chinese(english), chinese);
        }
    }

    #[test]
    fn a_reason_that_is_a_status_has_its_label_and_others_are_not_changed() {
        for end in [TaskStatus::Cancelled, TaskStatus::Failed] {
            assert_eq!(end_in_english(end.as_str()), status::english_in_text(end));
            assert_eq!(end_in_chinese(end.as_str()), status::chinese(end));
        }
        for text in ["exit code 3", "ValueError: cancelled"] {
            assert_eq!(end_in_english(text), text);
        }
    }

    #[test]
    fn reasons_for_waiting_are_in_chinese() {
        for (english, chinese) in [
            ("on hold until it is released", "已暂停，等待释放"),
            ("waits for 'a; b' to complete, which has failed", "等待“a; b”完成，但它已失败"),
            (
                "waits for 2 GPUs with 4 GiB to spare: 0 of 2 free; GPU 0 used by root, pid 640",
                "等待 2 个剩余至少 4 GiB 的 GPU：空闲 0，共 2；GPU 0 正被 root 使用，pid 640",
            ),
            ("asks for 1 GPU; this machine has none", "需要 1 个 GPU，但本机没有 GPU"),
            ("Resources", "Resources"),
        ] {
            assert_eq!(wait_in_chinese(english), chinese);
        }
    }
}
