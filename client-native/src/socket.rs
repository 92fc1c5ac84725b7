//! A WebSocket at work: what it reads, and the one write that is under way.

use std::{
    future::Future,
    pin::{Pin, pin},
    task::{Context, Poll},
};

use sockeye_core::{Frame, Input, Json, TransportId};

use crate::websocket::{End, Message, Reader, WebSocket, Writer};

/// ```text
///   Idle ── send ──▶ Busy ── written ──▶ Idle        an end on either side: Gone
/// ```
pub(crate) struct Socket {
    pub(crate) on: TransportId,
    reader: Reader,
    writing: Writing,
    ended: bool,
}

enum Writing {
    Idle(Writer),
    Busy(Write),
    Gone,
}

/// A write under way: it has the writer, and gives it back.
type Write = Pin<Box<dyn Future<Output = (Writer, Result<(), End>)> + Send>>;

impl Socket {
    pub(crate) fn new(on: TransportId, socket: WebSocket) -> Self {
        let (writer, reader) = socket.split();
        Self { on, reader, writing: Writing::Idle(writer), ended: false }
    }

    /// Writes these frames; the machine asks for one batch at a time.
    pub(crate) fn send(&mut self, frames: Vec<Frame<Json>>) {
        self.writing = match std::mem::replace(&mut self.writing, Writing::Gone) {
            Writing::Idle(mut writer) => Writing::Busy(Box::pin(async move {
                let messages = frames.into_iter().map(|frame| match frame {
                    Frame::Text(text) => Message::Text(text),
                    Frame::Binary(bytes) => Message::Binary(bytes),
                });
                let result = writer.send(messages).await;
                (writer, result)
            })),
            other => other,
        };
    }

    /// Takes the frames that are here, up to a batch; `true` when there may be more.
    pub(crate) fn receive(&mut self, news: &mut Vec<Input<Json>>, cx: &mut Context<'_>) -> bool {
        let on = self.on;
        let (mut count, mut bytes) = (0, 0);
        while !self.ended && count < BATCH && bytes < BATCH_BYTES {
            let Poll::Ready(message) = pin!(self.reader.next()).poll(cx) else { return false };
            match message {
                Ok(Message::Text(text)) => {
                    bytes += text.len();
                    news.push(Input::Received { on, frame: Frame::Text(text) });
                }
                Ok(Message::Binary(data)) => {
                    bytes += data.len();
                    news.push(Input::Received { on, frame: Frame::Binary(data) });
                }
                Err(end) => self.end(end, news),
            }
            count += 1;
        }
        !self.ended
    }

    /// Goes on with the write.
    pub(crate) fn progress(&mut self, news: &mut Vec<Input<Json>>, cx: &mut Context<'_>) {
        if let Writing::Busy(write) = &mut self.writing
            && let Poll::Ready((writer, result)) = write.as_mut().poll(cx)
        {
            self.writing = Writing::Idle(writer);
            match result {
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
        let Self { mut reader, writing, .. } = self;
        let writer = match writing {
            Writing::Idle(writer) => Some(writer),
            Writing::Busy(write) => Some(write.await.0),
            Writing::Gone => None,
        };
        if let Some(mut writer) = writer
            && writer.close().await.is_ok()
        {
            while reader.next().await.is_ok() {}
        }
    }

    fn end(&mut self, end: End, news: &mut Vec<Input<Json>>) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
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
