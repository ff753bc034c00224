//! Access control: every check on a read, a change, a server function and a WebSocket.

use axum::body::Body;
use axum::http::Request;
use insta::assert_snapshot;

use crate::support::{App, HOST, Reply, Served};

async fn send(app: &App, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.request(request.body(Body::empty()).unwrap()).await
}

/// One request of each kind that is behind access control.
const BEHIND: [(&str, &str); 6] = [
    ("GET", "/api/workspace"),
    ("POST", "/api/workspace/shell"),
    ("PATCH", "/api/settings"),
    ("POST", "/sfn/anything"),
    ("GET", "/"),
    ("GET", "/pkg/pyruns.js"),
];

#[tokio::test]
async fn a_foreign_host_gets_nothing() {
    let app = App::new();
    let hosts =
        ["evil.example", "localhost.evil.example:8099", "127.0.0.1.nip.io", "169.254.169.254", ""];
    for (method, path) in BEHIND {
        for host in hosts {
            let reply = send(&app, method, path, &[("host", host)]).await;
            assert_eq!(reply.status, 403, "{method} {path} as {host}");
        }
        assert_eq!(send(&app, method, path, &[]).await.status, 403, "no Host");
        let two = [("host", HOST), ("host", "evil.example")];
        assert_eq!(send(&app, method, path, &two).await.status, 403, "two Hosts");
    }
    assert_snapshot!(send(&app, "GET", "/api/workspace", &[("host", "evil.example")]).await);
    let absolute = "http://evil.example/api/workspace";
    assert_eq!(send(&app, "GET", absolute, &[("host", HOST)]).await.status, 403);
}

#[tokio::test]
async fn every_name_of_this_machine_is_accepted() {
    let app = App::new();
    for host in ["localhost", "localhost:1", "127.0.0.1:8099", "[::1]:8099", "LocalHost"] {
        assert_eq!(
            send(&app, "GET", "/api/workspace", &[("host", host)]).await.status,
            200,
            "{host}"
        );
    }
}

#[tokio::test]
async fn a_foreign_page_gets_nothing() {
    let app = App::new();
    let foreign = [
        ("origin", "http://evil.example"),
        ("origin", "http://localhost:3000"),
        ("origin", "null"),
        ("origin", "file://"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ];
    for (method, path) in BEHIND {
        for header in foreign {
            let reply = send(&app, method, path, &[("host", HOST), header]).await;
            assert_eq!(reply.status, 403, "{method} {path} with {header:?}");
            assert_eq!(reply.header("access-control-allow-origin"), "");
        }
    }
    assert!(!app.path().join("_pyruns_").exists(), "a refused change did something");
    let reply = send(&app, "POST", "/api/workspace/shell", &[("host", HOST), foreign[0]]).await;
    assert_snapshot!(reply);
}

#[tokio::test]
async fn our_own_page_and_programs_are_served() {
    let app = App::new();
    let own: [&[(&str, &str)]; 4] = [
        &[("host", HOST)],
        &[("host", HOST), ("origin", "http://localhost:8099"), ("sec-fetch-site", "same-origin")],
        &[("host", HOST), ("sec-fetch-site", "none")],
        &[("host", "127.0.0.1:8099"), ("origin", "http://127.0.0.1:8099")],
    ];
    for headers in own {
        let reply = send(&app, "POST", "/api/workspace/shell", headers).await;
        assert_eq!(reply.status, 200, "{headers:?}: {reply}");
    }
}

#[tokio::test]
async fn a_link_from_elsewhere_may_open_a_page_but_not_frame_it() {
    let app = App::new();
    let link = [("host", HOST), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")];
    let document = [link.as_slice(), &[("sec-fetch-dest", "document")]].concat();
    assert_eq!(send(&app, "GET", "/", &document).await.status, 200);
    let frame = [link.as_slice(), &[("sec-fetch-dest", "iframe")]].concat();
    assert_eq!(send(&app, "GET", "/", &frame).await.status, 403);
    assert_eq!(send(&app, "POST", "/api/workspace/shell", &document).await.status, 403);
}

#[tokio::test]
async fn there_is_no_cors() {
    let app = App::new();
    let preflight = [
        ("host", HOST),
        ("origin", "http://evil.example"),
        ("access-control-request-method", "PATCH"),
    ];
    let reply = send(&app, "OPTIONS", "/api/settings", &preflight).await;
    assert_eq!(reply.status, 403);
    assert!(!reply.headers.keys().any(|name| name.as_str().starts_with("access-control")));
}

#[tokio::test]
async fn every_response_has_the_security_headers() {
    let app = App::new();
    for (path, headers) in [
        ("/api/workspace", [("host", HOST)]),
        ("/api/nothing", [("host", HOST)]),
        ("/", [("host", HOST)]),
        ("/pkg/none.js", [("host", HOST)]),
        ("/api/workspace", [("host", "evil.example")]),
    ] {
        let reply = send(&app, "GET", path, &headers).await;
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(reply.header("referrer-policy"), "same-origin", "{path}");
        let policy = reply.header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
    }
    let api = send(&app, "GET", "/api/workspace", &[("host", HOST)]).await;
    assert_eq!(api.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_foreign_page_opens_no_socket() {
    let app = App::shell().await;
    app.create_shell("t", "true").await;
    let served = Served::start(&app.engine).await;
    for path in ["/api/events", "/api/tasks/t/logs/stream"] {
        for header in [
            ("origin", "http://evil.example"),
            ("origin", "http://127.0.0.1:1"),
            ("sec-fetch-site", "cross-site"),
            ("host", "evil.example"),
        ] {
            let refused = served.try_socket(path, &[header]).await;
            assert_eq!(refused.err(), Some(403), "{path} {header:?}");
        }
        served.socket(path).await.close().await;
    }
    served.stop().await;
}
