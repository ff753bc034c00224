//! Authentication by the token.

use std::os::unix::process::CommandExt;
use std::process::Command;

use axum::body::Body;
use axum::http::Request;
use insta::assert_snapshot;
use rustix::process::geteuid;
use server::{AccessPolicy, PortChoice, ServeOptions, ServerConfig};

use crate::support::{App, HOST, Reply, Served};

/// One request of each kind that is behind access control.
const BEHIND: [(&str, &str); 7] = [
    ("GET", "/api/workspace"),
    ("POST", "/api/workspace/shell"),
    ("PATCH", "/api/settings"),
    ("GET", "/api/openapi.json"),
    ("POST", "/sfn/anything"),
    ("GET", "/"),
    ("GET", "/pkg/pyruns.js"),
];
/// A user id without an account.
const SOMEBODY: u32 = 54_321;

async fn send(app: &App, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = Request::builder().method(method).uri(path).header("host", HOST);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.request_without_token(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_stranger_without_the_token_gets_nothing() {
    let app = App::new();
    for (method, path) in BEHIND {
        for headers in [
            &[][..],
            &[("authorization", "Bearer")],
            &[("authorization", "Bearer 0000")],
            &[("authorization", "Basic Og==")],
            &[("cookie", "pyruns_8099=")],
            &[("cookie", "pyruns_8099=0000; token=0000")],
        ] {
            let reply = send(&app, method, path, headers).await;
            assert_eq!(reply.status, 401, "{method} {path} {headers:?}");
            assert_eq!(reply.header("www-authenticate"), "Bearer realm=\"pyruns\"");
            assert_eq!(reply.header("x-content-type-options"), "nosniff");
        }
        let reply = send(&app, method, &format!("{path}?token="), &[]).await;
        assert_eq!(reply.status, 401, "{method} {path}");
    }
    assert!(!app.path().join("_pyruns_").exists(), "a refused change did something");
    assert_snapshot!(send(&app, "GET", "/api/workspace", &[]).await);
    let page = send(&app, "GET", "/tasks", &[("accept", "text/html,*/*")]).await;
    assert_eq!(page.status, 401);
    assert!(page.text().contains("pyr token"), "{page}");
}

#[tokio::test]
async fn the_token_opens_everything_in_three_ways() {
    let app = App::shell().await;
    let token = app.engine.token().unwrap();
    let (bearer, cookie) =
        (format!("Bearer {}", token.as_str()), format!("a=b; pyruns_8099={}", token.as_str()));
    let lower = format!("bearer {}", token.as_str());
    for header in [("authorization", &bearer), ("authorization", &lower), ("cookie", &cookie)] {
        let reply = send(&app, "GET", "/api/workspace", &[(header.0, header.1)]).await;
        assert_eq!(reply.status, 200, "{header:?}: {reply}");
    }
    let address = format!("/api/workspace?token={}", token.as_str());
    assert_eq!(send(&app, "GET", &address, &[]).await.status, 200);
    let other = format!("pyruns_8100={}", token.as_str());
    let reply = send(&app, "GET", "/api/workspace", &[("cookie", &other)]).await;
    assert_eq!(reply.status, 401, "the cookie of a server on another port");
    for wrong in [&token.as_str()[1..], &format!("{}0", token.as_str()), "x"] {
        let wrong = format!("Bearer {wrong}");
        let reply = send(&app, "GET", "/api/workspace", &[("authorization", &wrong)]).await;
        assert_eq!(reply.status, 401);
    }
}

#[tokio::test]
async fn a_page_exchanges_the_token_for_a_cookie() {
    let app = App::shell().await;
    let token = app.engine.token().unwrap();
    let html = ("accept", "text/html");
    let address = format!("/tasks?status=failed&token={}&page=2", token.as_str());
    for reply in [
        send(&app, "GET", &address, &[html]).await,
        app.request(
            Request::get(&address)
                .header("host", HOST)
                .header("accept", "text/html")
                .body(Body::empty())
                .unwrap(),
        )
        .await,
    ] {
        assert_eq!(reply.status, 303);
        assert_eq!(reply.header("location"), "/tasks?status=failed&page=2");
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(
            reply.header("set-cookie"),
            format!(
                "pyruns_8099={}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict",
                token.as_str()
            )
        );
    }
    let wrong = send(&app, "GET", "/?token=0000", &[html]).await;
    assert_eq!((wrong.status.as_u16(), wrong.header("set-cookie")), (401, ""));
    let tls = App::behind(AccessPolicy::loopback(None).with_tls(true), &ServerConfig::default());
    let token = tls.engine.token().unwrap();
    let reply = send(&tls, "GET", &format!("/?token={}", token.as_str()), &[html]).await;
    assert!(reply.header("set-cookie").ends_with("; Secure"));
    let away = format!("//evil.example/?token={}", token.as_str());
    let reply = send(&tls, "GET", &away, &[html]).await;
    assert!(reply.status != 303 || reply.header("location") == "/evil.example/", "{reply}");
}

#[tokio::test]
async fn behind_a_proxy_the_peer_is_not_trusted() {
    let app = App::new();
    for header in ["forwarded", "x-forwarded-for", "x-real-ip", "via"] {
        let request =
            Request::get("/api/workspace").header("host", HOST).header(header, "10.0.0.1");
        assert_eq!(app.request(request.body(Body::empty()).unwrap()).await.status, 401, "{header}");
    }
}

fn options() -> ServeOptions {
    ServeOptions::local(PortChoice::Exactly(0))
}

/// The response to a process of another user. Requires root.
fn as_other_user(served: &Served, script: &str) -> String {
    let output = Command::new("bash")
        .args(["-c", script])
        .env("PORT", served.address.port().to_string())
        .uid(SOMEBODY)
        .gid(SOMEBODY)
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

const ASK: &str = r#"exec 3<>/dev/tcp/127.0.0.1/$PORT
printf 'POST /api/workspace/shell HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n' "$EXTRA" >&3
"#;

#[tokio::test]
async fn another_user_of_the_machine_is_turned_away() {
    let app = App::new();
    let served = Served::start(&app.engine).await;
    if !geteuid().is_root() {
        // Only root can switch the user; otherwise only the checks above are made.
        return served.stop().await;
    }
    let script = format!("{ASK} cat <&3");
    let answer = tokio::task::spawn_blocking(move || (as_other_user(&served, &script), served));
    let (answer, served) = answer.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    // A client that disconnects at once: its socket then has no owner, which the kernel reports as root.
    let script = format!("for i in $(seq 40); do ( {ASK} ) & done; wait");
    let left = tokio::task::spawn_blocking(move || (as_other_user(&served, &script), served));
    let (_, served) = left.await.unwrap();
    assert!(!app.path().join("_pyruns_").exists(), "another process changed something");
    let token = app.engine.token().unwrap().as_str().to_owned();
    let script = format!("EXTRA=$'Authorization: Bearer {token}\\r\\n'; {ASK} cat <&3");
    let answer = tokio::task::spawn_blocking(move || (as_other_user(&served, &script), served));
    let (answer, served) = answer.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    served.stop().await;
}

#[tokio::test]
async fn where_it_is_asked_for_even_our_own_programs_need_the_token() {
    let app = App::shell().await;
    let served =
        Served::start_with(&app.engine, ServeOptions { require_token: true, ..options() }).await;
    let token = app.engine.token().unwrap().as_str().to_owned();
    assert_eq!(served.url, format!("http://{}/?token={token}", served.address));
    assert_eq!(served.try_socket("/api/events", &[]).await.err(), Some(401));
    let bearer: &'static str = format!("Bearer {token}").leak();
    served.try_socket("/api/events", &[("authorization", bearer)]).await.unwrap().close().await;
    served.socket(&format!("/api/events?token={token}")).await.close().await;
    served.stop().await;
}

#[tokio::test]
async fn on_a_network_address_the_token_is_required_from_all_clients() {
    let app = App::new();
    let options = ServeOptions { host: "0.0.0.0".to_owned(), ..options() };
    let (listening, serving) =
        server::serve_until(app.engine.clone(), options, async {}).await.unwrap();
    assert!(listening.needs_token && listening.url.contains("/?token="), "{}", listening.url);
    assert_eq!(listening.notes.len(), 2, "{:?}", listening.notes);
    serving.await;
}
