//! A connection in two halves, with or without TLS.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, WriteHalf},
    net::{TcpStream, tcp::OwnedWriteHalf},
};
use tokio_rustls::{TlsAcceptor, rustls::ServerConfig, server::TlsStream};

use crate::faults::log::Log;

pub(crate) type Reader = Box<dyn AsyncRead + Send + Unpin>;

/// The half that writes.
pub(crate) enum Writer {
    Plain(OwnedWriteHalf),
    Tls(WriteHalf<TlsStream<TcpStream>>),
}

/// Takes the TLS handshake, if there is to be one.
pub(crate) async fn halves(
    tcp: TcpStream,
    tls: Option<Arc<ServerConfig>>,
    log: &Log,
) -> io::Result<(Reader, Writer)> {
    // What a case says as one piece leaves as one piece.
    tcp.set_nodelay(true)?;
    Ok(match tls {
        None => {
            let (reader, writer) = tcp.into_split();
            (Box::new(reader), Writer::Plain(writer))
        }
        Some(config) => {
            let stream = TlsAcceptor::from(config).accept(tcp).await?;
            let alpn = stream.get_ref().1.alpn_protocol().unwrap_or(b"none");
            log.add(format!("alpn {}", String::from_utf8_lossy(alpn)));
            let (reader, writer) = tokio::io::split(stream);
            (Box::new(reader), Writer::Tls(writer))
        }
    })
}

impl Writer {
    /// Ends the connection with a reset, once the other half is dropped, too; over TLS without its goodbye.
    pub(crate) fn reset(self) {
        if let Self::Plain(half) = self {
            // What cannot be set is closed all the same.
            let _ = half.as_ref().set_zero_linger();
            half.forget();
        }
    }
}

impl AsyncWrite for Writer {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(it) => Pin::new(it).poll_write(cx, bytes),
            Self::Tls(it) => Pin::new(it).poll_write(cx, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(it) => Pin::new(it).poll_flush(cx),
            Self::Tls(it) => Pin::new(it).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(it) => Pin::new(it).poll_shutdown(cx),
            Self::Tls(it) => Pin::new(it).poll_shutdown(cx),
        }
    }
}
