//! WebTransport before a server that has none, as Node knows no HTTP/3. It ends here, and each session goes on as a
//! connection of its own, on the TCP port of the same number:
//!
//! ```text
//!   page ──▶ UDP, HTTP/3: a session with one stream ──▶ TCP, after `Upgrade: webtransport` ──▶ server
//! ```
//!
//! | The page | the server's connection |
//! |---|---|
//! | ends its half of the stream, but not the session | is ended in that direction |
//! | resets the stream, stops reading, closes the session, or is gone | is reset |
//!
//! | The server | the page's session |
//! |---|---|
//! | ends its connection | has brought all that was said, and is closed with code 0 |
//! | resets it | is lost without a word on it |
//! | takes no connection, or refuses the upgrade | is refused, with that status |

use std::{
    fmt::Write as _,
    future::pending,
    net::Ipv4Addr,
    sync::LazyLock,
    time::{Duration, SystemTime},
};

use rcgen::{CertificateParams, KeyPair};
use sockeye_tests::{Ending, beside};
use tokio::{
    io::{self, AsyncReadExt, AsyncWriteExt, copy, sink},
    net::TcpStream,
    runtime::{Builder, Runtime},
    sync::watch,
    time::{sleep, timeout},
};
use web_transport_quinn::{
    RecvStream, Request, SendStream, Server, ServerBuilder, crypto,
    http::StatusCode,
    quinn::{
        VarInt,
        rustls::pki_types::{CertificateDer, PrivateKeyDer},
    },
};

/// Before the server on one port. It has a runtime of its own, with which it can vanish.
pub(crate) struct Front {
    port: u16,
    orders: watch::Sender<Orders>,
    running: Option<Runtime>,
}

#[derive(Clone, Copy, Default)]
struct Orders {
    down: bool,
    /// How often all sessions were ended, and how the last time.
    ended: (u64, Option<Ending>),
}

impl Front {
    pub(crate) fn start(port: u16) -> Self {
        let mut front = Self { port, orders: watch::Sender::default(), running: None };
        front.up();
        front
    }

    /// Takes sessions, again if it did not.
    pub(crate) fn up(&mut self) {
        self.orders.send_modify(|it| it.down = false);
        self.running.get_or_insert_with(|| {
            let runtime =
                Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
            let inside = runtime.enter();
            let server = listen(self.port);
            drop(inside);
            runtime.spawn(serve(server, self.port, self.orders.subscribe()));
            runtime
        });
    }

    /// Loses every session and refuses new ones.
    pub(crate) fn down(&self) {
        self.orders.send_modify(|it| it.down = true);
        self.end(Ending::Reset);
    }

    /// Ends every session that stands; new ones are taken.
    pub(crate) fn end(&self, ending: Ending) {
        self.orders.send_modify(|it| it.ended = (it.ended.0 + 1, Some(ending)));
    }

    /// Is no more, and has said so to nobody.
    pub(crate) async fn vanish(&mut self) {
        if let Some(runtime) = self.running.take() {
            beside(move || runtime.shutdown_timeout(CLOSING)).await;
        }
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        if let Some(runtime) = self.running.take() {
            runtime.shutdown_background();
        }
    }
}

/// The SHA-256 of the certificate that all fronts of this process show, for `serverCertificateHashes`.
pub(crate) fn certificate_hash() -> String {
    let hash = crypto::sha256(&crypto::default_provider(), &IDENTITY.0);
    hash.as_ref().iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes it");
        text
    })
}

/// A certificate and its key. Browsers take a certificate by its hash only if its key is ECDSA and it is valid for two weeks
/// at the most.
static IDENTITY: LazyLock<(CertificateDer<'static>, Vec<u8>)> = LazyLock::new(|| {
    let key = KeyPair::generate().expect("an ECDSA key");
    let mut params = CertificateParams::new([Ipv4Addr::LOCALHOST.to_string()]).expect("an address is a name");
    params.not_before = (SystemTime::now() - DAY).into();
    params.not_after = (SystemTime::now() + 10 * DAY).into();
    let certificate = params.self_signed(&key).expect("a certificate");
    (certificate.der().clone(), key.serialize_der())
});

fn listen(port: u16) -> Server {
    let (certificate, key) = &*IDENTITY;
    let key = PrivateKeyDer::try_from(key.clone()).expect("the key that was made");
    let server = ServerBuilder::new().with_addr((Ipv4Addr::LOCALHOST, port).into());
    server
        .with_certificate(vec![certificate.clone()], key)
        .expect("the UDP port with the number of the TCP port")
}

async fn serve(mut server: Server, upstream: u16, orders: watch::Receiver<Orders>) {
    while let Some(request) = server.accept().await {
        tokio::spawn(session(request, upstream, orders.clone()));
    }
}

/// Why a session is over.
enum Over {
    /// The server has ended its connection.
    Said,
    /// One of the two has broken off.
    Broken,
    Ordered(Ending),
}

async fn session(request: Request, upstream: u16, mut orders: watch::Receiver<Orders>) {
    let connection = request.conn().clone();
    let Orders { down, ended: (born, _) } = *orders.borrow_and_update();
    let reached =
        if down { Err(StatusCode::SERVICE_UNAVAILABLE) } else { reach(upstream, request.url.path()).await };
    let mut server = match reached {
        Ok(server) => server,
        Err(status) => {
            let _ = request.reject(status).await;
            // It is on its way for as long as the connection is held.
            let _ = timeout(CLOSING, connection.closed()).await;
            return;
        }
    };
    let Ok(session) = request.ok().await else { return };
    let stream = timeout(PATIENCE, session.accept_bi()).await;
    let over = match stream {
        Ok(Ok((mut send, mut recv))) => {
            let over = tokio::select! {
                biased;
                over = carry(&mut send, &mut recv, &mut server) => over,
                // The page has left, with nothing under way that would have noticed.
                _ = session.closed() => Over::Broken,
                ordered = orders.wait_for(|it| it.ended.0 != born) => {
                    ordered.map_or(Over::Broken, |it| it.ended.1.map_or(Over::Broken, Over::Ordered))
                }
            };
            if matches!(over, Over::Said | Over::Ordered(Ending::HalfClosed)) {
                let _ = send.finish();
                // A session that is closed takes what was not delivered along.
                let _ = timeout(CLOSING, send.stopped()).await;
            }
            if matches!(over, Over::Ordered(Ending::HalfClosed)) {
                let _ = copy(&mut recv, &mut sink()).await;
            }
            over
        }
        _ => Over::Broken,
    };
    match over {
        Over::Said => session.close(0, b""),
        Over::Ordered(Ending::Cut) => session.close(ORDERED.0, ORDERED.1),
        _ => connection.close(H3_INTERNAL_ERROR, b""),
    }
    if !matches!(over, Over::Said) {
        let _ = server.set_zero_linger();
    }
    drop(server);
    let _ = timeout(CLOSING, session.closed()).await;
}

/// A connection that the server has taken for a session at that path.
async fn reach(upstream: u16, path: &str) -> Result<TcpStream, StatusCode> {
    let asked = async {
        let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, upstream)).await?;
        server.set_nodelay(true)?;
        let asking = format!(
            "GET /webtransport{path} HTTP/1.1\r\nHost: 127.0.0.1:{upstream}\r\nConnection: Upgrade\r\nUpgrade: webtransport\r\n\r\n"
        );
        server.write_all(asking.as_bytes()).await?;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") && head.len() < HEAD {
            head.push(server.read_u8().await?);
        }
        io::Result::Ok((server, head))
    };
    let (server, head) = timeout(PATIENCE, asked)
        .await
        .map_err(|_| StatusCode::GATEWAY_TIMEOUT)?
        .map_err(|_| StatusCode::BAD_GATEWAY)?;
    match StatusCode::from_bytes(head.get("HTTP/1.1 ".len()..).and_then(|it| it.get(..3)).unwrap_or_default())
    {
        Ok(StatusCode::SWITCHING_PROTOCOLS) => Ok(server),
        Ok(status) if status.is_client_error() || status.is_server_error() => Err(status),
        _ => Err(StatusCode::BAD_GATEWAY),
    }
}

/// Both ways, until it is over.
async fn carry(send: &mut SendStream, recv: &mut RecvStream, server: &mut TcpStream) -> Over {
    let (mut said, mut heard) = server.split();
    let up = async {
        copy(recv, &mut heard).await?;
        // The session's end comes next, most often. Node hears of no reset where it has heard of an end.
        sleep(CLOSING).await;
        heard.shutdown().await?;
        // The server may go on.
        pending().await
    };
    let down = async { copy(&mut said, send).await.map(drop) };
    let ended: io::Result<()> = tokio::select! { ended = up => ended, ended = down => ended };
    ended.map_or(Over::Broken, |()| Over::Said)
}

const DAY: Duration = Duration::from_hours(24);
/// How long each side may take for its part of a handshake: as long as the server gives an upgrade.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long is waited for the other side of an end.
const CLOSING: Duration = Duration::from_secs(2);
/// The most that is read of the answer to an upgrade.
const HEAD: usize = 4 << 10;
/// What is told where all sessions are closed in words.
const ORDERED: (u32, &[u8]) = (7, b"closed by the stage");
/// RFC 9114, 8.1.
const H3_INTERNAL_ERROR: VarInt = VarInt::from_u32(0x0102);
