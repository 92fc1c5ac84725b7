//! Just enough of HTTP and Engine.IO polling to speak with a server by hand: no client crate stands between.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

const DEADLINE: Duration = Duration::from_secs(5);

/// The separator between the packets of one polling body.
const SEPARATOR: char = '\u{1e}';

pub(crate) struct Response {
    pub(crate) status: u16,
    /// Everything before the body, in lower case.
    pub(crate) head: String,
    pub(crate) body: String,
}

/// One request on a connection of its own.
pub(crate) fn request(addr: SocketAddr, method: &str, target: &str, body: &str) -> Response {
    parse(&exchange(addr, method, target, "", body).unwrap())
}

/// A GET as a page of another origin sends it.
pub(crate) fn request_from(origin: &str, addr: SocketAddr, target: &str) -> Response {
    get(addr, target, &format!("origin: {origin}\r\n"))
}

/// A GET with headers of one's own, each with its line end.
pub(crate) fn get(addr: SocketAddr, target: &str, headers: &str) -> Response {
    parse(&exchange(addr, "GET", target, headers, "").unwrap())
}

/// A POST with headers of one's own.
pub(crate) fn post(addr: SocketAddr, target: &str, headers: &str, body: &str) -> Response {
    parse(&exchange(addr, "POST", target, headers, body).unwrap())
}

/// What a browser asks before it sends more than a form could.
pub(crate) fn options(addr: SocketAddr, target: &str, headers: &str) -> Response {
    parse(&exchange(addr, "OPTIONS", target, headers, "").unwrap())
}

/// A GET by a name that leads here.
pub(crate) fn get_as(host: &str, addr: SocketAddr, target: &str) -> Response {
    parse(&exchange_as(host, addr, "GET", target, "", "").unwrap())
}

/// What a GET would be answered with, without the body.
pub(crate) fn head(addr: SocketAddr, target: &str, headers: &str) -> Response {
    parse(&exchange(addr, "HEAD", target, headers, "").unwrap())
}

fn parse(answer: &str) -> Response {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let head = head.to_ascii_lowercase();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let chunked = head.contains("transfer-encoding: chunked");
    Response { status, head, body: if chunked { unchunk(body) } else { body.to_owned() } }
}

/// What comes back until the server closes the connection; an error when it does not, in time.
fn exchange(addr: SocketAddr, method: &str, target: &str, headers: &str, body: &str) -> io::Result<String> {
    exchange_as(&addr.to_string(), addr, method, target, headers, body)
}

fn exchange_as(
    host: &str,
    addr: SocketAddr,
    method: &str,
    target: &str,
    headers: &str,
    body: &str,
) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&addr, DEADLINE)?;
    stream.set_read_timeout(Some(DEADLINE))?;
    let length = body.len();
    write!(
        stream,
        "{method} {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{headers}\
         content-type: text/plain;charset=UTF-8\r\ncontent-length: {length}\r\n\r\n{body}"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

fn unchunk(mut chunks: &str) -> String {
    let mut body = String::new();
    while let Some((size, rest)) = chunks.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap();
        body.push_str(&rest[..size]);
        chunks = rest[size..].trim_start_matches("\r\n");
    }
    body
}

/// One polling session.
pub(crate) struct Session {
    addr: SocketAddr,
    target: String,
    waiting: Vec<String>,
}

impl Session {
    pub(crate) fn open(addr: SocketAddr) -> (Self, serde_json::Value) {
        let response = request(addr, "GET", "/socket.io/?EIO=4&transport=polling", "");
        assert_eq!(response.status, 200, "{}", response.body);
        let handshake: serde_json::Value =
            serde_json::from_str(response.body.strip_prefix('0').unwrap()).unwrap();
        let target =
            format!("/socket.io/?EIO=4&transport=polling&sid={}", handshake["sid"].as_str().unwrap());
        (Self { addr, target, waiting: Vec::new() }, handshake)
    }

    /// A session that has joined `/`.
    pub(crate) fn connected(addr: SocketAddr) -> Self {
        let (mut session, _) = Self::open(addr);
        session.send("40");
        session.expect("40{");
        session
    }

    pub(crate) fn send(&self, packet: &str) {
        let response = request(self.addr, "POST", &self.target, packet);
        assert_eq!((response.status, response.body.as_str()), (200, "ok"));
    }

    /// The next packet that starts with `start`; those before it are skipped, pings are answered.
    pub(crate) fn expect(&mut self, start: &str) -> String {
        self.expect_any(&[start])
    }

    /// The next packet that starts with one of these.
    pub(crate) fn expect_any(&mut self, starts: &[&str]) -> String {
        loop {
            while !self.waiting.is_empty() {
                let packet = self.waiting.remove(0);
                if starts.iter().any(|start| packet.starts_with(start)) {
                    return packet;
                }
                if packet == "2" {
                    self.send("3");
                }
            }
            let response = request(self.addr, "GET", &self.target, "");
            assert_eq!(response.status, 200, "{} instead of {starts:?}", response.body);
            self.waiting = response.body.split(SEPARATOR).map(String::from).collect();
        }
    }

    /// Polls until the server ends it, with whatever answer.
    pub(crate) fn poll_to_the_end(self) -> io::Result<()> {
        loop {
            let answer = exchange(self.addr, "GET", &self.target, "", "")?;
            if !answer.starts_with("HTTP/1.1 200") || answer.ends_with("\r\n\r\n1") {
                return Ok(());
            }
        }
    }
}

/// A WebSocket that stays in its handshake: no namespace is ever joined.
pub(crate) fn websocket(addr: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect_timeout(&addr, DEADLINE).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    write!(
        stream,
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: {addr}\r\nconnection: Upgrade\r\n\
         upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    .unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 101");
    stream
}
