//! One HTTP/1.1 request on a fresh stream that may become something else: an upgrade, or a tunnel.
//!
//! tungstenite has a handshake of its own, but hands out only as much of a refusal's body as came with its
//! head, and limits neither the number nor the size of headers as we publish it (F041, F123).

use std::{pin::pin, time::Duration};

use bytes::Bytes;
use futures_util::future::{Either, select};
use http::{Method, Request, StatusCode, response::Parts};
use http_body_util::{BodyExt, Empty};
use hyper::{body::Incoming, client::conn::http1};
use hyper_util::rt::TokioIo;
use sockeye_core::IoError;
use tokio::io::{AsyncRead, AsyncWrite};

use crate::failure::from_library;

/// TCP, TLS, or TLS in TLS.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Sync + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Sync + Unpin> Duplex for T {}

/// Costs one indirect call a read; saves a type for each way of being connected.
pub(crate) type Stream = Box<dyn Duplex>;

/// How large an answer's head may be, and how much of a refusal is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeadLimits {
    /// Headers (F123).
    pub(crate) headers: usize,
    /// Their bytes, with the status line.
    pub(crate) header_bytes: usize,
    /// Bytes of a refusal's body.
    pub(crate) refusal: usize,
}

/// What came back.
pub(crate) enum Exchange {
    /// The stream is no longer HTTP's.
    Switched {
        /// Status and headers.
        head: Parts,
        /// The stream.
        stream: Stream,
        /// What was read from it already.
        rest: Bytes,
    },
    /// An ordinary answer.
    Answered {
        /// Status and headers.
        head: Parts,
        /// The start of the body.
        body: Vec<u8>,
    },
}

/// Sends the request and waits for the answer. Dropping it closes the stream.
pub(crate) async fn exchange(
    stream: Stream,
    request: Request<Empty<Bytes>>,
    limits: HeadLimits,
) -> Result<Exchange, IoError> {
    let asks_for_tunnel = request.method() == Method::CONNECT;
    let (mut sender, connection) = http1::Builder::new()
        .title_case_headers(true) // some middleboxes know WebSocket's headers only as the RFC prints them
        .max_headers(limits.headers)
        .max_header_size(limits.header_bytes)
        .max_buf_size(limits.header_bytes.max(SMALLEST_BUFFER))
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|error| from_library(&error))?;
    let mut connection = pin!(connection.without_shutdown());

    let answer = pin!(sender.send_request(request));
    let (answer, ended) = match select(answer, connection.as_mut()).await {
        Either::Left((answer, _)) => (answer, None),
        // The connection hands the answer over before it ends.
        Either::Right((ended, answer)) => (answer.await, Some(ended)),
    };
    let (head, body) = answer.map_err(|error| from_library(&error))?.into_parts();

    let switches =
        head.status == StatusCode::SWITCHING_PROTOCOLS || (asks_for_tunnel && head.status.is_success());
    if !switches {
        let reading = pin!(start_of(body, limits.refusal));
        let body = if ended.is_some() {
            reading.await
        } else {
            match select(reading, connection).await {
                Either::Left((body, _)) => body,
                Either::Right((_, reading)) => reading.await,
            }
        };
        return Ok(Exchange::Answered { head, body });
    }
    let ended = match ended {
        Some(ended) => ended,
        None => connection.await,
    };
    let parts = ended.map_err(|error| from_library(&error))?;
    Ok(Exchange::Switched { head, stream: parts.io.into_inner(), rest: parts.read_buf })
}

/// As much of the body as is kept. Whatever stops it in the middle, the status is known and says more.
async fn start_of(mut body: Incoming, limit: usize) -> Vec<u8> {
    let mut start = Vec::new();
    let reading = async {
        while start.len() < limit {
            let Some(Ok(frame)) = body.frame().await else { break };
            if let Ok(data) = frame.into_data() {
                start.extend(data.iter().take(limit.saturating_sub(start.len())));
            }
        }
    };
    // Out of time is no error here.
    let _ = tokio::time::timeout(REFUSAL_PATIENCE, reading).await;
    start
}

/// How long the body of a refusal may take; then the status alone is told.
pub(crate) const REFUSAL_PATIENCE: Duration = Duration::from_secs(2);

/// hyper's own lower bound.
const SMALLEST_BUFFER: usize = 8_192;
