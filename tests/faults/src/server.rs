//! The server: where a request goes, and the polling half of a session.

use std::{
    collections::HashMap,
    io,
    net::Ipv4Addr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use tokio::{
    io::{AsyncReadExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::sleep,
};
use tokio_rustls::rustls::ServerConfig;

use crate::faults::{
    bytes::Names,
    case::{Case, Script},
    certificates::Identity,
    http::{self, Request},
    log::Log,
    session::{Carrier, Out, Session},
    step::{How, Reply},
    stream::{self, Reader, Writer},
    websocket,
};

/// A server of one case, on the loopback; it ends when it is dropped, with all its connections.
#[derive(Debug)]
pub struct Server {
    pub(crate) names: Names,
    pub(crate) log: Arc<Log>,
    pub(crate) identity: Option<Identity>,
    _tasks: JoinSet<()>,
}

/// What all connections of a server share.
pub(crate) struct Shared {
    pub(crate) script: Arc<Script>,
    pub(crate) names: Names,
    pub(crate) log: Arc<Log>,
    tls: Option<Arc<ServerConfig>>,
    sessions: Mutex<HashMap<String, Arc<Session>>>,
    attempts: AtomicUsize,
    /// Requests of each kind, by session.
    counts: Mutex<HashMap<(String, String), usize>>,
    under_way: Mutex<HashMap<String, usize>>,
}

/// Whether a connection goes on after a request.
pub(crate) enum Then {
    NextRequest,
    Close,
    Reset,
    /// The case leaves it to an honest server.
    Honest,
}

impl Server {
    /// Listens on free ports of the loopback.
    pub async fn start(case: &Case) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let identity =
            case.server.tls.as_deref().map(Identity::named).transpose().map_err(io::Error::other)?;
        let scheme = if identity.is_some() { "https" } else { "http" };
        let names = Names {
            url: format!("{scheme}://127.0.0.1:{}", listener.local_addr()?.port()),
            other: format!("http://127.0.0.1:{}", other.local_addr()?.port()),
            ..Names::default()
        };
        let log = Arc::<Log>::default();
        let shared = Arc::new(Shared {
            script: Arc::new(case.server.clone()),
            names: names.clone(),
            log: Arc::clone(&log),
            tls: identity.as_ref().map(|it| Arc::clone(&it.server)),
            sessions: Mutex::default(),
            attempts: AtomicUsize::new(0),
            counts: Mutex::default(),
            under_way: Mutex::default(),
        });
        let mut tasks = JoinSet::new();
        tasks.spawn(listen(listener, shared));
        tasks.spawn(listen_elsewhere(other, Arc::clone(&log)));
        Ok(Self { names, log, identity, _tasks: tasks })
    }

    /// Where a client is to connect to.
    pub fn url(&self) -> &str {
        &self.names.url
    }
}

async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    while let Ok((tcp, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        connections.spawn(async move {
            shared.log.add("tcp");
            if let Err(error) = connection(&shared, tcp).await {
                shared.log.add(format!("lost: {error}"));
            }
        });
        while connections.try_join_next().is_some() {}
    }
}

/// Another origin, to which no client should be led.
async fn listen_elsewhere(listener: TcpListener, log: Arc<Log>) {
    while let Ok((tcp, _)) = listener.accept().await {
        let Ok((reader, mut writer)) = stream::halves(tcp, None, &log).await else { continue };
        if let Ok(Some(request)) = Request::read(&mut BufReader::new(reader)).await {
            log.add(format!("elsewhere {}", request.line()));
            // Who was led here may have gone already.
            let _ = http::answer(&mut writer, 200, &[], b"elsewhere").await;
        }
    }
}

async fn connection(shared: &Arc<Shared>, tcp: TcpStream) -> io::Result<()> {
    let (reader, mut writer) = stream::halves(tcp, shared.tls.clone(), &shared.log).await?;
    let mut reader = BufReader::new(reader);
    while let Some(request) = Request::read(&mut reader).await? {
        shared.log.add(request.line());
        if request.header("upgrade").is_some_and(|it| it.eq_ignore_ascii_case("websocket")) {
            return websocket::connection(shared, &request, reader, writer).await;
        }
        match shared.request(&request, &mut reader, &mut writer).await? {
            Then::NextRequest | Then::Honest => {}
            Then::Close => return Ok(()),
            Then::Reset => {
                writer.reset();
                return Ok(());
            }
        }
    }
    Ok(())
}

impl Shared {
    /// A session, and whether it is one of the faulty ones.
    pub(crate) fn attempt(&self) -> (usize, bool) {
        let number = self.attempts.fetch_add(1, Ordering::Relaxed) + 1;
        self.log.add(format!("attempt {number}"));
        (number, number <= self.script.faulty)
    }

    pub(crate) fn open(&self, (number, faulty): (usize, bool), carrier: Carrier) -> Arc<Session> {
        let session = Session::new(number, faulty, &self.script, &self.names, &self.log, carrier);
        let sid = session.names.sid.clone();
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).insert(sid, Arc::clone(&session));
        session
    }

    /// The session that a request names. What the case puts in place of a `sid` is taken for the last session's.
    pub(crate) fn session(&self, request: &Request) -> Option<Arc<Session>> {
        let sid = request.query("sid")?;
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        let last = || sessions.values().filter(|it| it.faulty && it.script.handshake.is_some());
        let session = sessions.get(sid).or_else(|| last().max_by_key(|it| it.number));
        session.filter(|it| !it.has_ended()).cloned()
    }

    /// The case's answer to the next request of a kind.
    pub(crate) fn reply(&self, kind: &str, number: usize) -> Option<&Reply> {
        let rules = self.script.replies.iter().filter(|rule| rule.0 == kind && rule.1 <= number);
        rules.max_by_key(|rule| rule.1).map(|rule| &rule.2)
    }

    /// Which request of that kind it is in its session, from 1.
    pub(crate) fn count(&self, session: &Session, kind: &str) -> usize {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry((session.names.sid.clone(), kind.to_owned())).or_default();
        *count += 1;
        *count
    }

    async fn request(
        &self,
        request: &Request,
        reader: &mut BufReader<Reader>,
        writer: &mut Writer,
    ) -> io::Result<Then> {
        if request.method == "OPTIONS" {
            http::answer(writer, 204, &[], b"").await?;
            return Ok(Then::NextRequest);
        }
        if request.query("sid").is_none() {
            let attempt = self.attempt();
            let rule = self.reply("open", attempt.0).filter(|_| attempt.1);
            let then = perform(rule, &self.names, reader, writer).await?;
            if !matches!(then, Then::Honest) {
                return Ok(then);
            }
            let session = self.open(attempt, Carrier::Polling);
            return Self::poll(&session, writer).await;
        }
        let Some(session) = self.session(request) else {
            let body = br#"{"code":1,"message":"Session ID unknown"}"#;
            http::answer(writer, 400, &[], body).await?;
            return Ok(Then::NextRequest);
        };
        let kind = if request.method == "POST" { "post" } else { "poll" };
        let number = self.count(&session, kind);
        let rule = self.reply(kind, number).filter(|_| session.faulty);
        let _under_way = self.alone(&format!("{} {kind}", session.names.sid));
        let then = perform(rule, &session.names, reader, writer).await?;
        if !matches!(then, Then::Honest) {
            return Ok(then);
        }
        if kind == "poll" {
            return Self::poll(&session, writer).await;
        }
        for packet in String::from_utf8_lossy(&request.body).split('\x1e') {
            match packet.strip_prefix('b').map(|it| STANDARD.decode(it)) {
                Some(Ok(bytes)) => session.hears(Err(bytes.len())),
                _ => session.hears(Ok(packet)),
            }
        }
        http::answer(writer, 200, &[], b"ok").await?;
        Ok(Then::NextRequest)
    }

    /// Two requests of a kind at once end a session of the reference (F028).
    fn alone(&self, what: &str) -> UnderWay<'_> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let count = under_way.entry(what.to_owned()).or_default();
        *count += 1;
        if *count > 1 {
            self.log.add(format!("overlap {what}"));
        }
        UnderWay(&self.under_way, what.to_owned())
    }

    async fn poll(session: &Session, writer: &mut Writer) -> io::Result<Then> {
        let batch = tokio::select! {
            // What waits is said before the end of the session is.
            biased;
            batch = session.outbox.batch() => batch,
            () = session.until(|it| it != Carrier::Polling) => vec![Out::Text(b"6".to_vec())],
        };
        let mut body = Vec::new();
        for (at, out) in batch.into_iter().enumerate() {
            match out {
                Out::Body(bytes) => body = bytes,
                Out::Raw(pause, bytes) => {
                    http::raw(writer, pause, &bytes).await?;
                    return Ok(Then::Close);
                }
                Out::Cut | Out::Close(..) => {
                    session.end();
                    return Ok(Then::Close);
                }
                Out::Reset => {
                    session.end();
                    return Ok(Then::Reset);
                }
                Out::Deaf => return Ok(Then::Close),
                packet => {
                    if at > 0 {
                        body.push(0x1e);
                    }
                    append(&packet, &mut body);
                }
            }
        }
        http::answer(writer, 200, &[], &body).await?;
        Ok(Then::NextRequest)
    }
}

/// A request that is being answered.
struct UnderWay<'a>(&'a Mutex<HashMap<String, usize>>, String);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        let mut under_way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.entry(self.1.clone()).and_modify(|it| *it -= 1);
    }
}

fn append(packet: &Out, body: &mut Vec<u8>) {
    match packet {
        Out::Text(text) => body.extend_from_slice(text),
        Out::Binary(bytes) => {
            body.push(b'b');
            body.extend_from_slice(STANDARD.encode(bytes).as_bytes());
        }
        Out::Many(count, packet) => {
            for at in 0..*count {
                if at > 0 {
                    body.push(0x1e);
                }
                append(packet, body);
            }
        }
        _ => {}
    }
}

/// Does what the case says to a request.
pub(crate) async fn perform(
    rule: Option<&Reply>,
    names: &Names,
    reader: &mut BufReader<Reader>,
    writer: &mut Writer,
) -> io::Result<Then> {
    let Some(rule) = rule else { return Ok(Then::Honest) };
    sleep(rule.after).await;
    match &rule.how {
        How::Honest => return Ok(Then::Honest),
        How::Answer { status, headers, body } => {
            let headers: Vec<_> =
                headers.iter().map(|(name, value)| (name.clone(), value.bytes(names))).collect();
            http::answer(writer, *status, &headers, &body.bytes(names)).await?;
            if *status == 101 {
                silence(reader).await?;
            }
            return Ok(Then::NextRequest);
        }
        How::Raw { pause, bytes } => http::raw(writer, *pause, &bytes.bytes(names)).await?,
        How::Silence => silence(reader).await?,
        How::Cut => {}
        How::Reset => return Ok(Then::Reset),
    }
    Ok(Then::Close)
}

/// Until the client goes.
pub(crate) async fn silence(reader: &mut BufReader<Reader>) -> io::Result<()> {
    let mut buffer = [0; 4_096];
    while reader.read(&mut buffer).await? > 0 {}
    Ok(())
}
