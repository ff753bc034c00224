//! `/api/launcher/…`.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::App;

#[tokio::test]
async fn scripts_configs_and_workspaces() {
    let app = App::script().await;
    let other = app.write("sub/other.py", "import pyruns\nconfig = pyruns.load()\n");
    app.write("sub/configs/base.yaml", "lr: 1\n");
    assert_snapshot!("launcher_scripts", app.get("/api/launcher/scripts").await);
    let configs = app.get(&format!("/api/launcher/configs?script={}", other.display())).await;
    assert_snapshot!("launcher_configs", configs);
    assert_snapshot!("launcher_workspaces", app.get("/api/launcher/workspaces").await);
    assert_snapshot!("launcher_configs_no_script", app.get("/api/launcher/configs").await);
}

#[tokio::test]
async fn errors_of_open() {
    let app = App::new();
    let load = app.write("load.py", "import pyruns\nconfig = pyruns.load()\n");
    let text = app.write("notes.txt", "");
    for (name, body) in [
        ("open_missing", json!({ "script_path": app.path().join("none.py") })),
        ("open_no_python", json!({ "script_path": text })),
        ("open_load_without_template", json!({ "script_path": load })),
        (
            "open_missing_config",
            json!({ "script_path": load, "config_path": app.path().join("no.yaml") }),
        ),
        ("open_no_fields", json!({})),
    ] {
        assert_snapshot!(name, app.post("/api/launcher/open", body).await);
    }
}

#[tokio::test]
async fn a_loading_script_opens_with_a_template() {
    let app = App::new();
    let script = app.write("load.py", "import pyruns\nconfig = pyruns.load()\n");
    let config = app.write("configs/base.yaml", "lr: 1.5\n");
    let body = json!({ "script_path": script, "config_path": config });
    let reply = app.post("/api/launcher/open", body).await;
    assert_eq!(reply.json()["script_name"], "load", "{reply}");
}

#[tokio::test]
async fn another_folder_s_shell() {
    let app = App::new();
    app.write("elsewhere/x.txt", "");
    let path = app.path().join("elsewhere");
    let reply = app.post("/api/launcher/open-shell-root", json!({ "path": path })).await.json();
    assert_eq!(reply["run_root"], json!(path.join("_pyruns_/_shell_")));
    let missing = json!({ "path": app.path().join("missing") });
    assert_snapshot!(app.post("/api/launcher/open-shell-root", missing).await);
}

#[tokio::test]
async fn paths_are_checked_as_a_kind() {
    let app = App::script().await;
    let script = app.path().join("train.py");
    let check = async |kind: &str, path: &str| {
        app.get(&format!("/api/launcher/validate-path?kind={kind}&path={path}")).await
    };
    assert_snapshot!("validate_script", check("python", &script.to_string_lossy()).await);
    assert_snapshot!("validate_missing", check("config", "none.yaml").await);
    assert_snapshot!("validate_no_folder", check("shell", &script.to_string_lossy()).await);
    assert_snapshot!("validate_unknown_kind", check("magic", "x").await);
    assert_snapshot!("validate_no_kind", app.get("/api/launcher/validate-path").await);
}

#[tokio::test]
async fn without_a_display_there_is_no_picker() {
    let app = App::new();
    if app.get("/api/workspace").await.json()["native_file_picker"] == true {
        return; // A desktop: a window would open and wait for the user.
    }
    for verb in ["pick-script", "pick-script-path", "pick-shell-root"] {
        let reply = app.send("POST", &format!("/api/launcher/{verb}"), "").await;
        assert_eq!(reply.status, 400);
        let text = "Native file picker is unavailable on this server. Enter the path manually.";
        assert_eq!(reply.detail(), text);
    }
}
