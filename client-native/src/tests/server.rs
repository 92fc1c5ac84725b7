//! A server that answers each request with the bytes that the test wants, and remembers what it was asked.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use rustls::ServerConfig;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::exchange::Stream;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// Counted from 0.
    pub(super) connection: usize,
    /// Request line and headers.
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Seen {
    /// The value of a header, by its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub(super) fn path(&self) -> &str {
        self.head.split([' ', '?']).nth(1).unwrap_or_default()
    }

    pub(super) fn is_websocket(&self) -> bool {
        self.header("upgrade").is_some()
    }
}

/// What the server does about a request.
pub(super) enum Reply {
    /// Writes this, and waits for the next request.
    Keep(Vec<u8>),
    /// Writes this and closes.
    Close(Vec<u8>),
    /// Writes this and stays silent.
    Hang(Vec<u8>),
    /// Resets the connection.
    Reset,
    /// Accepts the WebSocket with these headers besides, writes these frames, then records what comes.
    Socket(&'static str, Vec<u8>),
    /// Accepts the WebSocket, writes these frames and is gone: over TLS without TLS's goodbye, too.
    Gone(Vec<u8>),
}

/// A 200 with this body.
pub(super) fn ok(body: &str) -> Reply {
    answer("200 OK", "", body)
}

/// Any answer; the headers end in CRLF each.
pub(super) fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Reply {
    let body = body.as_ref();
    let mut bytes =
        format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    Reply::Keep(bytes)
}

/// Dropping it closes everything.
pub(super) struct Server {
    pub(super) port: u16,
    seen: Arc<Mutex<Vec<Seen>>>,
    /// Bytes that came over any WebSocket; `true` once the last one ended.
    received: watch::Receiver<(Vec<u8>, bool)>,
    task: JoinHandle<()>,
}

impl Server {
    pub(super) async fn start(reply: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        Self::launch(None, reply).await
    }

    pub(super) async fn secure(
        config: ServerConfig,
        reply: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::launch(Some(TlsAcceptor::from(Arc::new(config))), reply).await
    }

    /// For polling: it lets one client in, and has nothing more to say to it.
    pub(super) async fn doorman() -> Self {
        let joined = AtomicBool::new(false);
        Self::start(move |seen| match &seen.head {
            head if head.starts_with("POST") => ok("ok"),
            head if !head.contains("sid=") => ok(HANDSHAKE),
            _ if joined.swap(true, Ordering::Relaxed) => Reply::Hang(Vec::new()),
            _ => ok(JOINED),
        })
        .await
    }

    pub(super) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// What came over the WebSocket, once it has ended.
    pub(super) async fn received(&self) -> Vec<u8> {
        let mut received = self.received.clone();
        let ended = received.wait_for(|(_, ended)| *ended).await.unwrap();
        ended.0.clone()
    }

    async fn launch(
        tls: Option<TlsAcceptor>,
        reply: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::<Mutex<Vec<Seen>>>::default();
        let (news, received) = watch::channel((Vec::new(), false));
        let room = Room { seen: Arc::clone(&seen), news: Arc::new(news), reply: Arc::new(reply) };
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            for number in 0.. {
                let (stream, _) = listener.accept().await.unwrap();
                let (tls, room) = (tls.clone(), room.clone());
                connections.spawn(async move {
                    match tls {
                        None => room.serve(number, stream).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                room.serve(number, stream).await;
                            }
                        }
                    }
                });
            }
        });
        Self { port, seen, received, task }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Clone)]
struct Room {
    seen: Arc<Mutex<Vec<Seen>>>,
    news: Arc<watch::Sender<(Vec<u8>, bool)>>,
    reply: Arc<dyn Fn(&Seen) -> Reply + Send + Sync>,
}

/// A stream that can be reset.
pub(super) trait Resettable: AsyncReadExt + AsyncWriteExt + Send + Sync + Unpin {
    fn reset(self);
}

impl Resettable for TcpStream {
    fn reset(self) {
        self.set_zero_linger().unwrap();
    }
}

impl Resettable for tokio_rustls::server::TlsStream<TcpStream> {
    fn reset(self) {
        self.into_inner().0.reset();
    }
}

impl Room {
    async fn serve(&self, connection: usize, mut stream: impl Resettable) {
        while let Some(seen) = read_request(connection, &mut stream).await {
            let reply = (self.reply)(&seen);
            let key = seen.header("sec-websocket-key").unwrap_or_default().to_owned();
            self.seen.lock().unwrap().push(seen);
            match reply {
                Reply::Keep(bytes) => {
                    if stream.write_all(&bytes).await.is_err() {
                        return;
                    }
                }
                Reply::Close(bytes) => {
                    let _ = stream.write_all(&bytes).await;
                    let _ = stream.shutdown().await;
                    return;
                }
                Reply::Hang(bytes) => {
                    let _ = stream.write_all(&bytes).await;
                    let mut rest = Vec::new();
                    let _ = stream.read_to_end(&mut rest).await;
                    self.news.send_modify(|news| news.1 = true);
                    return;
                }
                Reply::Reset => return stream.reset(),
                Reply::Gone(frames) => {
                    let _ = stream.write_all(&[switching(&key, ""), frames].concat()).await;
                    let _ = stream.flush().await;
                    return;
                }
                Reply::Socket(headers, frames) => {
                    let _ = stream.write_all(&[switching(&key, headers), frames].concat()).await;
                    let mut rest = Vec::new();
                    let _ = stream.read_to_end(&mut rest).await;
                    self.news.send_modify(|news| {
                        news.0.append(&mut rest);
                        news.1 = true;
                    });
                    return;
                }
            }
        }
    }
}

/// The head that accepts a WebSocket.
fn switching(key: &str, headers: &str) -> Vec<u8> {
    let accept = derive_accept_key(key.as_bytes());
    format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\n{headers}\r\n"
    )
    .into_bytes()
}

/// The next request, or nothing when the client is gone.
pub(super) async fn read_request<S: AsyncReadExt + Unpin>(connection: usize, stream: &mut S) -> Option<Seen> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).unwrap();
    let mut seen = Seen { connection, head, body: Vec::new() };
    let length = seen.header("content-length").map_or(0, |length| length.parse().unwrap());
    seen.body.resize(length, 0);
    stream.read_exact(&mut seen.body).await.ok()?;
    Some(seen)
}

/// Both ways until one side ends.
pub(super) async fn pipe(mut one: Stream, port: u16) {
    let mut other = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let _ = tokio::io::copy_bidirectional(&mut one, &mut other).await;
}

/// A frame as servers send it: unmasked.
pub(super) fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![first];
    match payload.len() {
        length @ 0..126 => bytes.push(u8::try_from(length).unwrap()),
        length @ 126..65_536 => {
            bytes.push(126);
            bytes.extend_from_slice(&u16::try_from(length).unwrap().to_be_bytes());
        }
        length => {
            bytes.push(127);
            bytes.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }
    bytes.extend_from_slice(payload);
    bytes
}

/// How soon something must have happened when nothing is to be waited for.
pub(super) const SOON: Duration = Duration::from_secs(5);
/// How a session opens.
pub(super) const HANDSHAKE: &str = r#"0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000}"#;
/// The answer to CONNECT.
pub(super) const JOINED: &str = r#"40{"sid":"b"}"#;
