//! A stream that reads far ahead while much is coming, and keeps no buffer while nothing is.
//!
//! tungstenite keeps its read buffer as long as it lives, so that has to be small for the sake of idle
//! connections; with a small buffer alone a flood costs a system call for every forty events. So the first read
//! goes straight into the small one; if that was full, the next ones take up to 64 KiB at once, until there is
//! nothing more.
//!
//! ```text
//!            a read filled the caller's buffer
//!   direct ──────────────────────────────────▶ ahead (64 KiB)
//!     ▲                                          │
//!     └──────────── nothing more to read ────────┘
//! ```

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::exchange::Stream;

pub(crate) struct Flow {
    inner: Stream,
    /// Empty while reading directly.
    ahead: Vec<u8>,
    /// What of it is to be handed out.
    from: usize,
    to: usize,
}

impl Flow {
    pub(crate) fn new(inner: Stream) -> Self {
        Self { inner, ahead: Vec::new(), from: 0, to: 0 }
    }

    fn hand_out(&mut self, buf: &mut ReadBuf<'_>) {
        let waiting = self.ahead.get(self.from..self.to).unwrap_or_default();
        let part = waiting.get(..buf.remaining()).unwrap_or(waiting);
        buf.put_slice(part);
        self.from = self.from.saturating_add(part.len());
    }
}

impl AsyncRead for Flow {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.from < this.to {
            this.hand_out(buf);
            return Poll::Ready(Ok(()));
        }
        if this.ahead.is_empty() {
            let room = buf.remaining();
            ready!(Pin::new(&mut this.inner).poll_read(cx, buf))?;
            if room > 0 && buf.remaining() == 0 {
                this.ahead = vec![0; AHEAD];
            }
            return Poll::Ready(Ok(()));
        }
        let mut ahead = ReadBuf::new(&mut this.ahead);
        let read = Pin::new(&mut this.inner).poll_read(cx, &mut ahead);
        (this.from, this.to) = (0, ahead.filled().len());
        if read.is_pending() {
            this.ahead = Vec::new();
        }
        ready!(read)?;
        this.hand_out(buf);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Flow {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }
}

/// Bytes asked of the operating system at a time while much is coming.
const AHEAD: usize = 64 << 10;
