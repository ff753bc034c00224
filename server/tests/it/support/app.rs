//! A router with its own engine and project.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header::HOST as HOST_HEADER};
use engine::{Engine, Options};
use serde_json::{Value, json};
use server::{AccessPolicy, AppState, Peer, ServerConfig, ShutdownSignal, build_router};
use tempfile::TempDir;
use tower::ServiceExt;

use super::{Reply, wait_for};

/// The host name of requests.
pub(crate) const HOST: &str = "localhost:8099";

const SCRIPT: &str = r#"
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1, help="step size")
parser.add_argument("--epochs", type=int, default=2)
parser.add_argument("--tag", default="base")
args = parser.parse_args()
print("lr", args.lr)
"#;

/// A project, its engine and the router.
pub(crate) struct App {
    pub(crate) engine: Engine,
    pub(crate) router: Router,
    // The last field is dropped last.
    dir: TempDir,
}

/// Kills processes first, because they could write to the folder while it is removed.
impl Drop for App {
    fn drop(&mut self) {
        let deadline = Instant::now() + Duration::from_secs(30);
        while Instant::now() < deadline {
            let left = processes_of(&self.path());
            // Threads of the engine may save caches while the folder is removed.
            if left.is_empty() && fs::remove_dir_all(self.dir.path()).is_ok() {
                return;
            }
            for pid in left {
                let pid = pid.to_string();
                // The process may have ended.
                let _ = Command::new("kill").args(["-KILL", &pid]).stderr(Stdio::null()).status();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Processes of a project: supervisors, their children, and snapshots.
fn processes_of(project: &Path) -> Vec<u32> {
    let root = project.to_string_lossy().into_owned();
    let pids = fs::read_dir("/proc").unwrap().flatten().filter_map(|item| {
        let pid = item.file_name().to_str()?.parse().ok()?;
        let read = |name: &str| fs::read(item.path().join(name)).unwrap_or_default();
        let command = String::from_utf8_lossy(&read("cmdline")).replace('\0', " ");
        let environ = String::from_utf8_lossy(&read("environ")).into_owned();
        let is_verb = command.contains(" supervise ") || command.contains(" snapshot ");
        let ours = environ.contains(&format!("PYRUNS_TASK_DIR={root}"));
        // A zombie has neither a command nor an environment.
        (ours || is_verb && command.contains(&root)).then_some(pid)
    });
    pids.collect()
}

impl App {
    /// A project without an open workspace.
    pub(crate) fn new() -> Self {
        Self::with_config(&ServerConfig::default())
    }

    pub(crate) fn with_config(config: &ServerConfig) -> Self {
        Self::behind(AccessPolicy::loopback(config.reload_port), config)
    }

    /// With another access policy.
    pub(crate) fn behind(access: AccessPolicy, config: &ServerConfig) -> Self {
        let dir = tempfile::Builder::new().prefix("pyruns-").tempdir().unwrap();
        let engine = start_engine(dir.path());
        let state =
            AppState::new(engine.clone(), config, ShutdownSignal::channel().1).with_access(access);
        Self { engine, router: build_router(state), dir }
    }

    /// A project with `train.py` open.
    pub(crate) async fn script() -> Self {
        let app = Self::new();
        let script_path = app.write("train.py", SCRIPT);
        let reply = app.post("/api/launcher/open", json!({ "script_path": script_path })).await;
        assert_eq!(reply.status, 200, "{reply}");
        app
    }

    /// A project with the shell workspace open.
    pub(crate) async fn shell() -> Self {
        let app = Self::new();
        let reply = app.send("POST", "/api/workspace/shell", "").await;
        assert_eq!(reply.status, 200, "{reply}");
        app
    }

    /// Another server on the same project.
    pub(crate) fn another_engine(&self) -> Engine {
        start_engine(&self.path())
    }

    /// A read-only engine on the same project.
    pub(crate) fn reader(&self) -> Engine {
        Engine::read(options(&self.path())).unwrap()
    }

    /// The project's folder.
    pub(crate) fn path(&self) -> PathBuf {
        fs::canonicalize(self.dir.path()).unwrap()
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// Creates tasks from a form.
    pub(crate) async fn create(&self, name_prefix: &str, yaml_text: &str) {
        let body = json!({
            "name_prefix": name_prefix, "yaml_text": yaml_text, "append_timestamp": false,
        });
        let reply = self.post("/api/generator/create", body).await;
        assert_eq!(reply.status, 200, "{reply}");
    }

    /// Creates one shell task.
    pub(crate) async fn create_shell(&self, name_prefix: &str, shell_text: &str) {
        let body = json!({
            "name_prefix": name_prefix, "mode": "shell", "shell_text": shell_text,
            "append_timestamp": false,
        });
        let reply = self.post("/api/generator/create", body).await;
        assert_eq!(reply.status, 200, "{reply}");
    }

    /// Starts a task by name.
    pub(crate) async fn run(&self, name: &str) {
        let reply = self.send("POST", &format!("/api/tasks/{name}/run"), "").await;
        assert_eq!(reply.status, 200, "{reply}");
    }

    /// Runs a task and waits for its end.
    pub(crate) async fn run_to_end(&self, name: &str) -> Value {
        self.run(name).await;
        self.wait_status(name, &["completed", "failed", "cancelled"]).await
    }

    /// Waits until a task has one of the states.
    pub(crate) async fn wait_status(&self, name: &str, wanted: &[&str]) -> Value {
        let path = format!("/api/tasks/{name}");
        wait_for(&format!("{name} to be {wanted:?}"), async || {
            let task = self.get(&path).await.json();
            wanted.iter().any(|status| task["status"] == **status).then_some(task)
        })
        .await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, "").await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        self.send("POST", path, &body.to_string()).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Reply {
        self.send("PATCH", path, &body.to_string()).await
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: &str) -> Reply {
        let request = Request::builder().method(method).uri(path).header(HOST_HEADER, HOST);
        self.request(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// Sends a request as a process of the owner.
    pub(crate) async fn request(&self, mut request: Request<Body>) -> Reply {
        request.extensions_mut().insert(Peer::Owner);
        self.request_without_token(request).await
    }

    /// Sends a request as an unknown peer.
    pub(crate) async fn request_without_token(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        Reply::read(response, &self.path()).await
    }
}

fn start_engine(project: &Path) -> Engine {
    Engine::start(options(project)).unwrap()
}

fn options(project: &Path) -> Options {
    Options {
        project_dir: project.to_owned(),
        pyr_executable: env!("CARGO_BIN_EXE_server-tests-supervise").into(),
        gpus: engine::gpus_of_this_machine(),
    }
}
