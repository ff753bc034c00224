//! Path traversal attempts.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{App, Served};

const SECRET: &str = "secret-of-another-folder";

/// A folder that is removed at the end of a test. The thread of a project that was opened there may write its lock
/// while the folder is being removed: then it is tried again.
struct Outside(PathBuf);

impl Drop for Outside {
    fn drop(&mut self) {
        let deadline = Instant::now() + Duration::from_secs(10);
        while fs::remove_dir_all(&self.0).is_err() && self.0.exists() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// A project with a task, a file outside of it, and links to that file.
///
/// The outside folder is removed with the guard, which comes first so that it outlives the application. A workspace that is opened there has its project one folder above,
/// which must not be shared with other tests.
async fn beside_a_secret() -> (Outside, App, Vec<String>) {
    let app = App::script().await;
    app.create("a", "lr: 0.1").await;
    let guard = tempfile::Builder::new()
        .prefix("outside-")
        .tempdir_in(app.path().parent().unwrap())
        .unwrap();
    let outside = guard.path().join("workspace");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("secret.yaml"), format!("key: {SECRET}\n")).unwrap();
    fs::create_dir(outside.join("tasks")).unwrap();
    let name = format!("{}/workspace", guard.path().file_name().unwrap().to_string_lossy());
    let ways = ["..", "../..", "../../..", "../../../..", "../../../../..", "../../../../../.."]
        .iter()
        .map(|up| format!("{up}/{name}/secret.yaml"))
        .chain([outside.join("secret.yaml").to_string_lossy().into_owned()])
        .collect();
    (Outside(guard.keep()), app, ways)
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn no_parameter_leads_out_of_the_project() {
    let (_guard, app, ways) = beside_a_secret().await;
    let before = fs::read_dir(app.path().join("_pyruns_/train/tasks")).unwrap().count();
    for way in &ways {
        let folder = way.trim_end_matches("/secret.yaml");
        for path in [way.as_str(), folder] {
            let e = encoded(path);
            for address in [
                format!("/api/tasks/{e}"),
                format!("/api/tasks/{e}/logs"),
                format!("/api/tasks/{e}/metrics"),
                format!("/api/tasks/{e}/provenance"),
                format!("/api/tasks/a/logs?log_file_name={e}"),
                format!("/api/templates/content?value={e}"),
                format!("/api/tasks?query={e}&sort={e}&status=All"),
                format!("/api/launcher/configs?script={e}"),
                format!("/api/launcher/validate-path?kind=config&path={e}"),
                format!("/pkg/{e}"),
                format!("/vendor/{e}"),
            ] {
                let reply = app.get(&address).await;
                assert!(!reply.status.is_server_error(), "{address}: {reply}");
                assert!(!reply.text().contains(SECRET), "{address}: {reply}");
            }
            for (address, body) in [
                ("/api/tasks/batch/run", json!({"task_names": [path]})),
                ("/api/tasks/batch/delete", json!({"task_names": [path]})),
                ("/api/tasks/export/csv", json!({"task_names": [path]})),
                ("/api/tasks/reorder", json!({"items": [{"name": path}]})),
                ("/api/tasks/a/rename", json!({"new_name": path})),
                ("/api/tasks/a/duplicate", json!({"new_name": path})),
                ("/api/trash/restore", json!({"names": [path]})),
                ("/api/trash/purge", json!({"names": [path]})),
                ("/api/generator/create", json!({"name_prefix": path, "yaml_text": "a: 1"})),
                ("/api/generator/preview", json!({"template_value": path, "yaml_text": "key: 1"})),
                ("/api/workspace/run-root", json!({"path": format!("{path}/nothing")})),
                ("/api/launcher/open", json!({"script_path": path})),
            ] {
                let reply = app.post(address, body).await;
                assert!(!reply.status.is_server_error(), "{address} {path}: {reply}");
                assert!(!reply.text().contains(SECRET), "{address} {path}: {reply}");
            }
            let rerun = app.post(&format!("/api/batches/{e}/rerun"), json!({})).await;
            assert_eq!(rerun.status, 404, "{rerun}");
            for header in ["x-pyruns-workspace"] {
                let request = axum::http::Request::get("/api/workspace")
                    .header("host", crate::support::HOST)
                    .header(header, &e);
                let reply = app.request(request.body(axum::body::Body::empty()).unwrap()).await;
                assert!(!reply.text().contains(SECRET), "{path}: {reply}");
            }
        }
    }
    let after = fs::read_dir(app.path().join("_pyruns_/train/tasks")).unwrap().count();
    assert_eq!(after, before, "something was created");
    assert!(fs::metadata(ways.last().unwrap()).is_ok(), "the file outside is gone");
}

#[tokio::test]
async fn links_that_lead_out_of_the_project_are_not_followed() {
    let (_guard, app, ways) = beside_a_secret().await;
    let secret = ways.last().unwrap();
    let tasks = app.path().join("_pyruns_/train/tasks");
    fs::create_dir_all(tasks.join("a/run_logs")).unwrap();
    symlink(secret, tasks.join("a/run_logs/run1.log")).unwrap();
    fs::remove_file(tasks.join("a/config.yaml")).unwrap();
    symlink(secret, tasks.join("a/config.yaml")).unwrap();
    symlink(secret, app.path().join("template.yaml")).unwrap();
    symlink(Path::new(secret).parent().unwrap(), app.path().join("folder")).unwrap();
    for address in [
        "/api/tasks/a",
        "/api/tasks/a/logs",
        "/api/tasks/a/logs?log_file_name=run1.log&offset=0",
        "/api/tasks",
        "/api/templates/content?value=tasks%2Fa%2Fconfig.yaml",
        "/api/templates/content?value=..%2F..%2Ftemplate.yaml",
        "/api/templates/content?value=..%2F..%2Ffolder%2Fsecret.yaml",
    ] {
        let reply = app.get(address).await;
        assert!(!reply.text().contains(SECRET), "{address}: {reply}");
        assert!(!reply.status.is_server_error(), "{address}: {reply}");
    }
    let served = Served::start(&app.engine).await;
    let mut socket =
        served.socket("/api/tasks/a/logs/stream?log_file_name=run1.log&offset=0").await;
    let message = tokio::time::timeout(Duration::from_millis(300), socket.next()).await;
    let text = message.ok().flatten().unwrap_or(Value::Null).to_string();
    assert!(!text.contains(SECRET), "{text}");
    served.stop().await;
}

#[tokio::test]
async fn a_link_that_stays_in_the_project_is_followed() {
    let app = App::script().await;
    app.create("a", "lr: 0.1").await;
    let tasks = app.path().join("_pyruns_/train/tasks");
    fs::rename(tasks.join("a/config.yaml"), tasks.join("a/real.yaml")).unwrap();
    symlink("real.yaml", tasks.join("a/config.yaml")).unwrap();
    app.create("b", "lr: 0.2").await;
    fs::rename(tasks.join("b/config.yaml"), tasks.join("b/real.yaml")).unwrap();
    symlink(tasks.join("b/real.yaml"), tasks.join("b/config.yaml")).unwrap();
    for (name, lr) in [("a", 0.1), ("b", 0.2)] {
        let task = app.get(&format!("/api/tasks/{name}")).await.json();
        assert_eq!(task["config_text"], format!("lr: {lr}\n"), "{task}");
    }
}

#[tokio::test]
async fn a_pipe_or_a_device_instead_of_a_file_does_not_block() {
    let app = App::script().await;
    let pipe = app.path().join("pipe.yaml");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let reply = app.get("/api/templates/content?value=..%2F..%2Fpipe.yaml").await;
    assert_eq!(reply.status, 404, "{reply}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_is_swapped_for_a_link_all_the_time_is_not_written_elsewhere() {
    let (_guard, app, ways) = beside_a_secret().await;
    let outside = Path::new(ways.last().unwrap()).parent().unwrap();
    let tasks = app.path().join("_pyruns_/train/tasks");
    fs::create_dir(outside.join("run_logs")).unwrap();
    fs::copy(tasks.join("a/task_info.json"), outside.join("task_info.json")).unwrap();
    let untouched = fs::read_to_string(outside.join("task_info.json")).unwrap();
    symlink(outside, tasks.join(".link")).unwrap();
    let stop = AtomicBool::new(false);
    let mut written = 0;
    std::thread::scope(|scope| {
        let (real, link, spare) = (tasks.join("a"), tasks.join(".link"), tasks.join(".spare"));
        let stop = &stop;
        scope.spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                let _ = fs::rename(&real, &spare).and_then(|()| fs::rename(&link, &real));
                let _ = fs::rename(&real, &link).and_then(|()| fs::rename(&spare, &real));
            }
        });
        let _end = EndOnDrop(stop);
        tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(async {
                // The index may temporarily not have the task; it is written nevertheless.
                let deadline = Instant::now() + Duration::from_secs(30);
                let mut n = 0;
                while n < 400 || written == 0 {
                    assert!(Instant::now() < deadline, "nothing is written where it belongs");
                    n += 1;
                    let notes = json!({"notes": format!("note {n}")});
                    let reply = app.patch("/api/tasks/a/notes", notes).await;
                    assert!([200, 404].contains(&reply.status.as_u16()), "{reply}");
                    written += usize::from(reply.status == 200);
                }
            });
        });
    });
    assert_eq!(fs::read_to_string(outside.join("task_info.json")).unwrap(), untouched);
    let mut names: Vec<_> =
        fs::read_dir(outside).unwrap().map(|item| item.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["run_logs", "secret.yaml", "task_info.json", "tasks"]);
}

/// Ends the swapping thread when it is dropped; otherwise a failed assertion would hang the test.
struct EndOnDrop<'a>(&'a AtomicBool);

impl Drop for EndOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
