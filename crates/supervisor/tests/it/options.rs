//! Options of a task that its supervisor applies: time limit, terminal; and the cost of a run.

use common::TaskStatus;
use common::options::Capture;

use crate::project::{Project, change, is_alive, log, number_in, run, shell_task, wait};

#[test]
fn a_run_that_takes_too_long_is_ended_with_all_its_processes() {
    let project = Project::new();
    shell_task(&project, "slow", "sleep 300 & echo $! > child.pid\nwait\n");
    change(&project, "slow", |info| info.options.timeout_s = Some(0.5));
    let task = run(&project, "slow");
    let ended = (task.status, task.reasons[0].as_str());
    assert_eq!(ended, (TaskStatus::Failed, "timed out after 0.5 s"));
    let child = number_in(&project.path().join("child.pid"));
    wait("the child to be gone", || !is_alive(child));
}

#[test]
fn a_shell_task_speaks_into_a_terminal_unless_told_otherwise() {
    let project = Project::new();
    let script =
        "[ -t 1 ] && [ -t 2 ] && echo terminal || echo file\nprintf 'a\\nb'\nseq 1 20000\n";
    shell_task(&project, "shown", script);
    let task = run(&project, "shown");
    let text = log(&task, 1);
    assert!(text.contains("\nterminal\na\nb1\n2\n"), "{}", &text[..200.min(text.len())]);
    assert!(text.contains("\n20000\n[PYRUNS]") && !text.contains('\r'));
    change(&project, "shown", |info| info.options.capture = Capture::File);
    assert!(log(&run(&project, "shown"), 2).contains("\nfile\n"));
}

#[test]
fn a_run_says_what_it_cost() {
    let project = Project::new();
    let script = "python3 -c 'x = bytearray(60_000_000); sum(range(2_000_000))'\n";
    shell_task(&project, "costly", script);
    let task = run(&project, "costly");
    assert_eq!(task.status, TaskStatus::Completed, "{}", log(&task, 1));
    assert!(task.peak_memory_bytes[0].unwrap() > 60_000_000, "{:?}", task.peak_memory_bytes);
    let cpu_s = task.cpu_s[0].unwrap();
    assert!(cpu_s > 0.0 && cpu_s < 60.0, "{cpu_s}");
}
