//! A WebSocket at work: what it reads, and the one write that is under way.

#![allow(clippy::arithmetic_side_effects, reason = "a batch of what is in memory")]

use std::task::{Context, Poll};

use sockeye_core::{Frame, Input, Json, TransportId};

use crate::websocket::{End, WebSocket};

/// ```text
///   idle ── send ──▶ writing ── written ──▶ idle        an end on either side: ended
/// ```
pub(crate) struct Socket {
    pub(crate) on: TransportId,
    inner: WebSocket,
    writing: bool,
    ended: bool,
}

impl Socket {
    pub(crate) fn new(on: TransportId, socket: WebSocket) -> Self {
        Self { on, inner: socket, writing: false, ended: false }
    }

    /// Writes these frames; the machine asks for one batch at a time.
    pub(crate) fn send(&mut self, frames: Vec<Frame<Json>>) {
        self.inner.write(frames);
        self.writing = true;
    }

    /// Takes the frames that are here, up to a batch; `true` when there may be more.
    pub(crate) fn receive(&mut self, news: &mut Vec<Input<Json>>, cx: &mut Context<'_>) -> bool {
        let (mut count, mut bytes) = (0, 0);
        while !self.ended && count < BATCH && bytes < BATCH_BYTES {
            let Poll::Ready(frame) = self.inner.poll_next(cx) else { return false };
            match frame {
                Ok(frame) => {
                    bytes += frame.len();
                    news.push(Input::Received { on: self.on, frame });
                }
                Err(end) => self.end(end, news),
            }
            count += 1;
        }
        !self.ended
    }

    /// Goes on with the write.
    pub(crate) fn progress(&mut self, news: &mut Vec<Input<Json>>, cx: &mut Context<'_>) {
        if self.writing
            && !self.ended
            && let Poll::Ready(written) = self.inner.poll_written(cx)
        {
            self.writing = false;
            match written {
                Ok(()) => news.push(Input::Sent { on: self.on }),
                Err(end) => self.end(end, news),
            }
        }
    }

    pub(crate) fn is_alive(&self) -> bool {
        !self.ended
    }

    /// Ends it politely: what is being written leaves, then the close frame, then the peer's answer is read.
    pub(crate) async fn goodbye(self) {
        self.inner.goodbye().await;
    }

    fn end(&mut self, end: End, news: &mut Vec<Input<Json>>) {
        self.ended = true;
        let on = self.on;
        news.push(match end {
            End::Closed(details) => Input::Closed { on, details },
            End::Failed(error) => Input::Failed { on, error },
        });
    }
}

/// Frames taken in one turn, under one lock: enough to make a turn cheap, few enough that they are still in the
/// processor's cache when their listener reads them.
const BATCH: usize = 128;

/// Bytes taken in one turn.
const BATCH_BYTES: usize = 128 << 10;
