//! TLS connections with a test certificate.

use std::path::Path;
use std::sync::Arc;

use server::{PortChoice, ServeError, ServeOptions, TlsFiles, serve_until};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::support::{App, Served};

fn files() -> TlsFiles {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/certificate");
    TlsFiles { certificate: folder.join("cert.pem"), key: folder.join("key.pem") }
}

fn options(tls: TlsFiles) -> ServeOptions {
    ServeOptions { tls: Some(tls), ..ServeOptions::local(PortChoice::Exactly(0)) }
}

fn connector() -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(files().certificate).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

#[tokio::test]
async fn a_tls_connection_is_accepted_and_a_plain_one_refused() {
    let app = App::new();
    let served = Served::start_with(&app.engine, options(files())).await;
    assert_eq!(served.url, format!("https://{}", served.address));
    let stream = TcpStream::connect(served.address).await.unwrap();
    let name = "localhost".try_into().unwrap();
    let mut stream = connector().connect(name, stream).await.unwrap();
    let request = "GET /api/workspace HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // The server may close the connection without a TLS close_notify.
    let _ = stream.read_to_end(&mut answer).await;
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));

    let mut plain = TcpStream::connect(served.address).await.unwrap();
    plain.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP"), "answered without encryption");
    served.stop().await;
}

#[tokio::test]
async fn a_certificate_that_cannot_be_used_is_named() {
    let app = App::new();
    let missing = TlsFiles { certificate: "no/such.pem".into(), ..files() };
    let swapped = TlsFiles { certificate: files().key, key: files().certificate };
    for files in [missing, swapped] {
        let path = files.certificate.clone();
        let refused = serve_until(app.engine.clone(), options(files), async {}).await;
        let refused = refused.map(|(listening, _)| listening.address);
        assert!(
            matches!(&refused, Err(ServeError::Certificate { path: named, .. }) if *named == path),
            "{refused:?}"
        );
    }
}
