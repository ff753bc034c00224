//! A stream that is still at hand when its connection was given up: for a last word.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};

/// A stream with two handles: one reads and answers requests, the other waits for the end.
///
/// They never wait for each other: the lock is held for one call at a time, in one task.
pub(super) struct Watched<S>(Arc<Mutex<State<S>>>);

struct State<S> {
    stream: S,
    /// Something was read and nothing answered since: a request is on its way.
    is_asked: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Watched<S> {
    pub(super) fn new(stream: S) -> Self {
        Self(Arc::new(Mutex::new(State { stream, is_asked: false })))
    }

    /// The other handle.
    pub(super) fn handle(&self) -> Self {
        Self(self.0.clone())
    }

    /// Whether a request has begun that was not answered.
    pub(super) fn is_asked(&self) -> bool {
        self.state().is_asked
    }

    /// Says a last word. An error means that nobody listens any more.
    pub(super) async fn close_with(mut self, answer: &str) -> io::Result<()> {
        self.write_all(answer.as_bytes()).await?;
        self.shutdown().await
    }

    fn state(&self) -> MutexGuard<'_, State<S>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let mut state = self.state();
        let before = buf.filled().len();
        let polled = Pin::new(&mut state.stream).poll_read(cx, buf);
        state.is_asked |= buf.filled().len() > before;
        polled
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let mut state = self.state();
        state.is_asked = false;
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
        state.is_asked = false;
        Pin::new(&mut state.stream).poll_write_vectored(cx, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.state().stream.is_write_vectored()
    }
}
