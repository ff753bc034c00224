//! A stream with two handles, so that a response can be sent after hyper has given up the connection.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};

/// A shared stream: hyper uses one handle, the other is used after hyper has returned.
///
/// The handles do not block each other, because both are used in one task and the lock is held for one call.
pub(super) struct SharedStream<S>(Arc<Mutex<State<S>>>);

struct State<S> {
    stream: S,
    /// Data was read since the last write, so a request is pending.
    has_pending_request: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> SharedStream<S> {
    pub(super) fn new(stream: S) -> Self {
        Self(Arc::new(Mutex::new(State { stream, has_pending_request: false })))
    }

    /// Another handle.
    pub(super) fn handle(&self) -> Self {
        Self(self.0.clone())
    }

    /// Whether a request has begun without a response.
    pub(super) fn has_pending_request(&self) -> bool {
        self.state().has_pending_request
    }

    /// Sends a response and closes the stream. Fails if the client has disconnected.
    pub(super) async fn respond_and_close(mut self, response: &str) -> io::Result<()> {
        self.write_all(response.as_bytes()).await?;
        self.shutdown().await
    }

    fn state(&self) -> MutexGuard<'_, State<S>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for SharedStream<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let mut state = self.state();
        let before = buf.filled().len();
        let polled = Pin::new(&mut state.stream).poll_read(cx, buf);
        state.has_pending_request |= buf.filled().len() > before;
        polled
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for SharedStream<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let mut state = self.state();
        state.has_pending_request = false;
        Pin::new(&mut state.stream).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.state().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.state().stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let mut state = self.state();
        state.has_pending_request = false;
        Pin::new(&mut state.stream).poll_write_vectored(cx, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.state().stream.is_write_vectored()
    }
}
