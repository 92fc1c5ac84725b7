//! A WebSocket that is open: what comes in, and what is on its way out.

use std::{
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

use bytes::Bytes;
use bytestring::ByteString;
use futures_util::{FutureExt, Sink, SinkExt, Stream as _, StreamExt};
use sockeye_core::{CloseDetails, Frame, IoError, IoErrorKind, Json};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        self, Message as Raw,
        error::ProtocolError,
        protocol::{
            Role, WebSocketConfig,
            frame::{
                Frame as RawFrame,
                coding::{Data, OpCode},
            },
        },
    },
};

use crate::{
    exchange::Stream,
    failure::{broken, from_library},
    flow::Flow,
    options::NetLimits,
};

/// How a WebSocket ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// It was closed, or lost without a word: then the code is 1006.
    Closed(CloseDetails),
    /// The peer broke the protocol or a limit, or TLS broke.
    Failed(IoError),
}

/// Open. Neither direction copies a frame's content.
pub(crate) struct WebSocket {
    inner: WebSocketStream<Flow>,
    /// What is to be written, and what of the first one is left.
    queue: vec::IntoIter<Frame<Json>>,
    rest: Option<(Data, Bytes)>,
}

impl WebSocket {
    /// `rest` is what came with the handshake's answer.
    pub(crate) async fn new(stream: Stream, rest: Bytes, limits: &NetLimits) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(WRITE_BUFFER)
            .max_write_buffer_size(MAX_WRITE_BUFFER)
            .max_message_size(Some(limits.message))
            .max_frame_size(Some(limits.frame));
        let flow = Flow::new(stream);
        let inner = WebSocketStream::from_partially_read(flow, rest.into(), Role::Client, Some(config)).await;
        Self { inner, queue: Vec::new().into_iter(), rest: None }
    }

    /// The next frame's content, all its fragments together. This also answers the peer's pings, so it must be
    /// asked for by those who only write, too. After an end there is nothing more to ask for.
    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Result<Frame<Json>, End>> {
        loop {
            return Poll::Ready(match ready!(Pin::new(&mut self.inner).poll_next(cx)) {
                Some(Ok(Raw::Text(text))) => ByteString::try_from(Bytes::from(text))
                    .map(Frame::Text)
                    .map_err(|_| End::Failed(broken(IoErrorKind::Protocol, "the text is not UTF-8"))),
                Some(Ok(Raw::Binary(bytes))) => Ok(Frame::Binary(bytes)),
                Some(Ok(Raw::Close(frame))) => {
                    // Asking once more sends our half of the goodbye; nothing can come any more.
                    let _ = self.inner.next().now_or_never();
                    let (code, reason) = frame.map_or((NO_CODE, String::new()), |frame| {
                        (frame.code.into(), frame.reason.to_string())
                    });
                    Err(End::Closed(CloseDetails::WebSocket { code, reason }))
                }
                // The pong is on its way already.
                Some(Ok(Raw::Ping(_) | Raw::Pong(_) | Raw::Frame(_))) => continue,
                Some(Err(error)) => Err(End::from(error)),
                None => Err(End::lost()),
            });
        }
    }

    /// Takes frames to write, once those before have left.
    pub(crate) fn write(&mut self, frames: Vec<Frame<Json>>) {
        self.queue = frames.into_iter();
    }

    /// Ready when everything is with the operating system: that is the back-pressure of a peer that reads
    /// slowly (F049).
    pub(crate) fn poll_written(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), End>> {
        while let Some((kind, part)) = self.rest.take().or_else(|| self.queue.next().map(content)) {
            // Whatever is taken out is put back or handed over.
            match Pin::new(&mut self.inner).poll_ready(cx)? {
                Poll::Ready(()) => self.start(kind, part)?,
                Poll::Pending => {
                    self.rest = Some((kind, part));
                    return Poll::Pending;
                }
            }
        }
        Pin::new(&mut self.inner).poll_flush(cx).map_err(End::from)
    }

    /// Says goodbye, without a code as the reference client does, after what is on its way; then reads until
    /// the peer has said its own.
    pub(crate) async fn goodbye(mut self) {
        let written = poll_fn(|cx| self.poll_written(cx)).await;
        if written.is_ok() && SinkExt::<Raw>::close(&mut self.inner).await.is_ok() {
            while poll_fn(|cx| self.poll_next(cx)).await.is_ok() {}
        }
    }

    /// A large message goes in parts: pongs find their way between them, and the buffer stays small. As
    /// frames, because a text that was checked once need not be checked again.
    fn start(&mut self, kind: Data, mut bytes: Bytes) -> Result<(), End> {
        let whole = kind != Data::Continue && bytes.len() <= WHOLE;
        let part = bytes.split_to(bytes.len().min(if whole { WHOLE } else { PART }));
        let last = bytes.is_empty();
        if !last {
            self.rest = Some((Data::Continue, bytes));
        }
        let frame = Raw::Frame(RawFrame::message(part, OpCode::Data(kind), last));
        Ok(Pin::new(&mut self.inner).start_send(frame)?)
    }
}

fn content(frame: Frame<Json>) -> (Data, Bytes) {
    match frame {
        Frame::Text(text) => (Data::Text, text.into_bytes()),
        Frame::Binary(bytes) => (Data::Binary, bytes),
    }
}

impl End {
    /// Without a close frame.
    fn lost() -> Self {
        Self::Closed(CloseDetails::WebSocket { code: ABNORMAL, reason: String::new() })
    }
}

impl From<tungstenite::Error> for End {
    fn from(error: tungstenite::Error) -> Self {
        use tungstenite::Error as E;
        let kind = match &error {
            E::ConnectionClosed | E::AlreadyClosed => return Self::lost(),
            E::Protocol(ProtocolError::ResetWithoutClosingHandshake | ProtocolError::SendAfterClosing) => {
                return Self::lost();
            }
            // TLS without its own goodbye is an end like TCP's; a message cut short by it was never delivered.
            E::Io(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => return Self::lost(),
            E::Io(io) => return Self::Failed(from_library(io)),
            E::Capacity(_) | E::WriteBufferFull(_) => IoErrorKind::TooLarge,
            E::Protocol(_) | E::Utf8(_) => IoErrorKind::Protocol,
            _ => IoErrorKind::Other,
        };
        // Of a text that is not UTF-8 the library's words repeat a part.
        let message = match &error {
            E::Utf8(_) => String::from("a text is not UTF-8"),
            other => other.to_string(),
        };
        Self::Failed(IoError { kind, message })
    }
}

/// Bytes that tungstenite asks for at a time. It allocates them at once, fills them with zeros before every read,
/// and allocates as many again whenever an event is still held: with its default of 128 KiB an idle connection
/// costs 132 KB and a ping-pong of small events 41 µs instead of 10. Small reads cost no system calls here: while
/// much is coming [`Flow`] reads ahead, and rustls hands out records that it has. A message that is larger
/// enlarges the buffer, and there is no way to have it shrink again: after one of 60 KB a connection costs 67 KB
/// until it is closed.
const READ_BUFFER: usize = 2 << 10;

/// Bytes that are gathered before they are written. What a message needs beyond that is allocated and kept, so
/// a connection that once sent 1 MiB goes on holding it.
const WRITE_BUFFER: usize = 4 << 10;

/// Bytes that may wait in all. Only pongs can get near it: of messages there is at most one part (F049, F050).
const MAX_WRITE_BUFFER: usize = 8 << 20;

/// Bytes of the largest message that goes in one frame: as much as servers take unless they are told to take
/// more.
const WHOLE: usize = 1 << 20;

/// Bytes of each frame of a message that is larger.
const PART: usize = 256 << 10;

/// Close codes that never go over the wire (RFC 6455, section 7.4.1).
const NO_CODE: u16 = 1005;
const ABNORMAL: u16 = 1006;
