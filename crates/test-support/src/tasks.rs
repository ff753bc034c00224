//! Engines of a project, and their tasks.

use std::sync::Arc;

use common::generator::{CreateRequest, Mode, PreviewRequest};
use common::launcher::OpenRequest;
use common::{BatchName, Task, TaskName, TaskStatus};
use engine::{Engine, GpuInventory, Options, WorkspaceSelector};

use crate::{Project, SupervisorBinary, wait};

impl<S: SupervisorBinary> Project<S> {
    /// An engine that starts runs with the real binary.
    pub fn engine(&self) -> Engine {
        self.engine_with_gpus(engine::gpus_of_this_machine())
    }

    /// Like `engine`, with the given GPUs.
    pub fn engine_with_gpus(&self, gpus: Arc<dyn GpuInventory>) -> Engine {
        Engine::start(Options { project_dir: self.path(), pyr_executable: S::PATH.into(), gpus })
            .unwrap()
    }

    /// An engine with the shell workspace open.
    pub fn shell(&self) -> Engine {
        let engine = self.engine();
        engine.open_shell().unwrap();
        engine
    }

    /// An engine with a script open.
    pub fn script(&self, name: &str, text: &str) -> Engine {
        let script_path = self.write(name, text).to_string_lossy().into_owned();
        let engine = self.engine();
        engine.open_script(&OpenRequest { script_path, config_path: None }).unwrap();
        engine
    }
}

/// The name of a task.
pub fn task_name(text: &str) -> TaskName {
    TaskName::of_folder(text).unwrap()
}

/// The name of a batch.
pub fn batch_name(text: &str) -> BatchName {
    BatchName::new(text).unwrap()
}

/// Creates one shell task.
pub fn shell_task(engine: &Engine, name: &str, script: &str) -> Task {
    let preview = PreviewRequest {
        mode: Mode::Shell,
        shell_text: script.into(),
        ..PreviewRequest::default()
    };
    create(engine, name, preview).remove(0)
}

/// Creates the tasks of a form.
pub fn form_tasks(engine: &Engine, name: &str, yaml: &str) -> Vec<Task> {
    create(engine, name, PreviewRequest { yaml_text: yaml.into(), ..PreviewRequest::default() })
}

fn create(engine: &Engine, name: &str, preview: PreviewRequest) -> Vec<Task> {
    let request = CreateRequest {
        preview,
        name_prefix: name.into(),
        append_timestamp: false,
        ..CreateRequest::default()
    };
    engine.create(&WorkspaceSelector::Current, &request).unwrap().items
}

/// Runs a task and waits for its end.
pub fn run(engine: &Engine, name: &str) -> Task {
    engine.run_task(&WorkspaceSelector::Current, &task_name(name)).unwrap();
    wait_until_done(engine, name)
}

/// Waits until a task is neither queued nor running.
pub fn wait_until_done(engine: &Engine, name: &str) -> Task {
    wait_task(engine, name, "ended", |task| !task.status.is_active())
}

/// Waits until a task runs.
pub fn wait_until_running(engine: &Engine, name: &str) -> Task {
    wait_task(engine, name, "running", |task| task.status == TaskStatus::Running)
}

/// Waits until a task matches a condition.
pub fn wait_task(engine: &Engine, name: &str, what: &str, is: impl Fn(&Task) -> bool) -> Task {
    let mut last = None;
    wait(&format!("{name} to be {what}"), || {
        let task = engine.get_task(&WorkspaceSelector::Current, &task_name(name)).unwrap();
        let done = is(&task);
        last = Some(task);
        done
    });
    last.unwrap()
}
