//! GPU scheduling with a fake inventory: each GPU is allocated to one run at a time.

use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use common::TaskStatus;
use common::options::{GpuShare, RunOptions};
use common::system::{Gpu, GpuProcess};
use common::task::OptionsRequest;
use engine::{Engine, GpuInventory, WorkspaceSelector};

use crate::project::{
    Project, queue, reason, set, shell_task, task_name, wait, wait_until_done, wait_until_running,
};

/// A fake inventory.
#[derive(Debug, Clone)]
struct Scripted {
    gpus: Arc<Mutex<Vec<Gpu>>>,
    looks: Arc<AtomicUsize>,
}

/// A pid that no process has.
const ELSEWHERE: u32 = 4_711_000;

impl Scripted {
    fn new(count: u32) -> Self {
        let gpu = |index| Gpu { index, mem_total: 24.0 * 1024.0, ..Gpu::default() };
        let gpus = Arc::new(Mutex::new((0..count).map(gpu).collect()));
        Self { gpus, looks: Arc::default() }
    }

    /// Sets the processes on a GPU, by user and pid.
    fn occupy(&self, index: usize, processes: &[(&str, u32)]) {
        let process = |(user, pid): &(&str, u32)| GpuProcess {
            pid: *pid,
            user: (*user).to_owned(),
            ..GpuProcess::default()
        };
        self.gpus.lock().unwrap()[index].processes = processes.iter().map(process).collect();
    }

    /// Number of reads.
    fn looks(&self) -> usize {
        self.looks.load(Ordering::Relaxed)
    }
}

impl GpuInventory for Scripted {
    fn poll(&self) -> Vec<Gpu> {
        self.looks.fetch_add(1, Ordering::Relaxed);
        self.gpus.lock().unwrap().clone()
    }
}

/// A shell task that prints its visible GPUs and runs until a file exists.
fn task_on_gpus(engine: &Engine, name: &str, options: RunOptions) {
    let script = format!(
        "echo \"$CUDA_DEVICE_ORDER $CUDA_VISIBLE_DEVICES\" > seen-{name}\n\
         until [ -e go-{name} ]; do sleep 0.01; done\n"
    );
    shell_task(engine, name, &script);
    set(engine, name, options);
}

fn asks(gpus: u32, gpu_share: Option<GpuShare>) -> RunOptions {
    RunOptions { gpus, gpu_share, ..RunOptions::default() }
}

fn seen(project: &Project, name: &str) -> String {
    let path = project.path().join(format!("seen-{name}"));
    wait("what it sees", || fs::read_to_string(&path).is_ok_and(|text| text.ends_with('\n')));
    fs::read_to_string(path).unwrap().trim().to_owned()
}

#[test]
fn every_run_gets_gpus_of_its_own() {
    let project = Project::new();
    let engine = project.engine_with_gpus(Arc::new(Scripted::new(2)));
    engine.open_shell().unwrap();
    for name in ["a", "b", "c"] {
        task_on_gpus(&engine, name, asks(1, None));
    }
    task_on_gpus(&engine, "none", asks(0, None));
    task_on_gpus(&engine, "three", asks(3, None));
    queue(&engine, &["three", "a", "b", "none"], 8);
    wait_until_running(&engine, "a");
    wait_until_running(&engine, "b");
    queue(&engine, &["c"], 8);
    let first = [seen(&project, "a"), seen(&project, "b")];
    assert_ne!(first[0], first[1]);
    assert!(first.contains(&"PCI_BUS_ID 0".into()) && first.contains(&"PCI_BUS_ID 1".into()));
    wait_until_running(&engine, "none");
    wait("a reason", || reason(&engine, "c") == "waits for 1 GPU: 0 of 2 free");
    wait("the other", || reason(&engine, "three") == "asks for 3 GPUs; there are only 2");
    let running = engine.get_task(&WorkspaceSelector::Current, &task_name("b")).unwrap();
    assert_eq!(format!("PCI_BUS_ID {}", running.gpus[0][0]), first[1]);

    // Another engine that takes over reads the allocated GPUs from the files.
    drop(engine);
    let engine = project.engine_with_gpus(Arc::new(Scripted::new(2)));
    engine.open_shell().unwrap();
    wait("a reason", || reason(&engine, "c") == "waits for 1 GPU: 0 of 2 free");
    project.write("go-b", "");
    assert_eq!(seen(&project, "c"), first[1]);
    for name in ["a", "c", "none"] {
        project.write(&format!("go-{name}"), "");
        assert_eq!(wait_until_done(&engine, name).status, TaskStatus::Completed);
    }
}

#[test]
fn runs_share_a_gpu_as_far_as_they_say() {
    let project = Project::new();
    let engine = project.engine_with_gpus(Arc::new(Scripted::new(1)));
    engine.open_shell().unwrap();
    let half = asks(1, Some(GpuShare::Fraction(0.5)));
    let ten_gib = asks(1, Some(GpuShare::MemoryGib(10.0)));
    for (name, options) in [("half", half), ("ten", ten_gib.clone()), ("more", ten_gib)] {
        task_on_gpus(&engine, name, options);
    }
    queue(&engine, &["half", "ten"], 8);
    assert_eq!(seen(&project, "half"), "PCI_BUS_ID 0");
    assert_eq!(seen(&project, "ten"), "PCI_BUS_ID 0");
    queue(&engine, &["more"], 8);
    let waits = "waits for 1 GPU with 10 GiB to spare: 0 of 1 free";
    wait("a reason", || reason(&engine, "more") == waits);
    for name in ["half", "ten", "more"] {
        project.write(&format!("go-{name}"), "");
        assert_eq!(wait_until_done(&engine, name).status, TaskStatus::Completed);
    }
}

#[test]
fn gpus_in_use_by_other_users_are_not_assigned() {
    let project = Project::new();
    let inventory = Scripted::new(1);
    inventory.occupy(0, &[("alice", ELSEWHERE)]);
    let engine = project.engine_with_gpus(Arc::new(inventory.clone()));
    engine.open_shell().unwrap();
    task_on_gpus(&engine, "polite", asks(1, None));
    project.write("go-polite", "");
    queue(&engine, &["polite"], 8);
    let waits = "waits for 1 GPU: 0 of 1 free; GPU 0 used by alice, pid 4711000";
    wait("a reason", || reason(&engine, "polite") == waits);
    inventory.occupy(0, &[]);
    assert_eq!(wait_until_done(&engine, "polite").status, TaskStatus::Completed);
}

/// A zombie process has the same effect as an exiting one.
#[test]
fn a_process_on_its_way_out_is_nobodys_and_its_end_is_looked_for() {
    let project = Project::new();
    let inventory = Scripted::new(1);
    let mut dying = Command::new("true").spawn().unwrap();
    let stat = format!("/proc/{}/stat", dying.id());
    wait("its end", || fs::read_to_string(&stat).unwrap().contains(") Z "));
    inventory.occupy(0, &[("root", dying.id())]);
    let engine = project.engine_with_gpus(Arc::new(inventory.clone()));
    engine.open_shell().unwrap();
    task_on_gpus(&engine, "next", asks(1, None));
    project.write("go-next", "");
    queue(&engine, &["next"], 8);
    wait("a reason", || reason(&engine, "next") == "waits for 1 GPU: 0 of 1 free");
    // The sweeps every two seconds alone would not read the GPUs so often before the deadline.
    let before = inventory.looks();
    wait("looks at it", || inventory.looks() >= before + 30);
    inventory.occupy(0, &[]);
    assert_eq!(wait_until_done(&engine, "next").status, TaskStatus::Completed);
    dying.wait().unwrap();
}

#[test]
fn exiting_gpu_processes_of_a_run_belong_to_it() {
    let project = Project::new();
    let inventory = Scripted::new(1);
    let engine = project.engine_with_gpus(Arc::new(inventory.clone()));
    engine.open_shell().unwrap();
    task_on_gpus(&engine, "first", asks(1, None));
    task_on_gpus(&engine, "second", asks(1, None));
    project.write("go-second", "");
    queue(&engine, &["first"], 8);
    let pid = wait_until_running(&engine, "first").pids[0].unwrap();
    inventory.occupy(0, &[("root", pid)]);
    queue(&engine, &["second"], 8);
    wait("a reason", || reason(&engine, "second") == "waits for 1 GPU: 0 of 1 free");
    let seen = inventory.looks();
    wait("another look", || inventory.looks() > seen);
    project.write("go-first", "");
    wait_until_done(&engine, "first");
    // The driver still lists the process, but it does not exist any more.
    let before = inventory.looks();
    wait("looks at it", || inventory.looks() >= before + 3);
    assert_eq!(reason(&engine, "second"), "waits for 1 GPU: 0 of 1 free");
    inventory.occupy(0, &[]);
    assert_eq!(wait_until_done(&engine, "second").status, TaskStatus::Completed);
}

#[test]
fn nonsense_about_gpus_is_refused() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "task", "true\n");
    for (options, field) in [
        (asks(1, Some(GpuShare::Fraction(1.5))), "gpu_share"),
        (asks(1, Some(GpuShare::MemoryGib(-1.0))), "gpu_share"),
        (asks(0, Some(GpuShare::Fraction(0.5))), "gpu_share"),
    ] {
        let request = OptionsRequest { options, expected_options: None };
        let error = engine
            .set_options(&WorkspaceSelector::Current, &task_name("task"), &request)
            .unwrap_err();
        assert!(error.to_string().contains(field), "{error}");
    }
    assert_eq!(
        engine.get_task(&WorkspaceSelector::Current, &task_name("task")).unwrap().options,
        RunOptions::default()
    );
}
