//! Assets from a folder. The binary of the tests is built without assets.

use serde_json::Value;
use server::ServerConfig;

use crate::support::App;

#[tokio::test]
async fn the_development_loop_serves_a_folder() {
    let site = tempfile::tempdir().unwrap();
    std::fs::create_dir(site.path().join("pkg")).unwrap();
    std::fs::write(site.path().join("pkg/pyruns.js"), "export {}").unwrap();
    std::fs::write(site.path().join("secret.txt"), "secret").unwrap();
    let config = ServerConfig { site_dir: Some(site.path().to_owned()), reload_port: Some(3001) };
    let app = App::with_config(&config);
    let script = app.get("/pkg/pyruns.js").await;
    assert_eq!((script.status.as_u16(), script.text().as_str()), (200, "export {}"));
    assert!(script.header("content-type").contains("javascript"));
    for path in ["/pkg/none.js", "/pkg/%2e%2e/secret.txt", "/pkg/..%2Fsecret.txt"] {
        assert_eq!(app.get(path).await.status, 404, "{path}");
    }
    let policy = app.get("/").await;
    assert!(policy.header("content-security-policy").contains("ws://localhost:3001"));
}

#[tokio::test]
async fn a_file_that_is_not_in_the_binary_is_404_json() {
    let app = App::new();
    let reply = app.get("/pkg/none.js").await;
    assert_eq!(reply.status, 404);
    assert!(matches!(reply.detail(), Value::String(_)));
}
