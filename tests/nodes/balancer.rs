//! `HAProxy`, and what it says about every request that goes through it.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;

use sockeye_tests::deadline::until;
use sockeye_tests::servers::free_port;

use crate::nodes::here;
use crate::process::Process;

/// What a page of its own is made of, as socket servers have none.
const FILES: [(&str, &str, &str); 3] = [
    ("/page.html", "text/html", "page.html"),
    ("/talk.mjs", "text/javascript", "talk.mjs"),
    ("/sockeye.min.js", "text/javascript", "../../client-wasm/npm/dist/sockeye.min.js"),
];

/// What keeps the requests of one client at one node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Affinity {
    Cookie,
    Address,
    Nothing,
}

#[derive(Debug)]
pub(crate) struct Balancer {
    port: u16,
    process: Process,
}

/// A request that was answered, or a WebSocket that was opened.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// The node that it went to.
    pub(crate) node: String,
    pub(crate) status: String,
    /// The node that the client's cookie names.
    pub(crate) cookie: Option<String>,
    pub(crate) is_websocket: bool,
    /// Whether it asks for a session, not being part of one.
    pub(crate) is_first: bool,
}

impl Balancer {
    pub(crate) async fn start(folder: &Path, affinity: Affinity, nodes: &[u16]) -> Self {
        let port = free_port();
        let path = folder.join("haproxy.cfg");
        std::fs::write(&path, config(port, affinity, nodes)).unwrap();
        let process = Process::start("haproxy", &["-db", "-f", path.to_str().unwrap()]).await;
        until("HAProxy to listen", || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()).await;
        Self { port, process }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// In the order in which they were answered; a poll that waits is not among them yet.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.process.lines().iter().filter_map(|line| request(line)).collect()
    }

    /// Waits until the last session that was asked for was given, and says by which node.
    pub(crate) async fn last_node(&self, sessions: usize) -> String {
        let firsts = || self.requests().into_iter().filter(|it| it.is_first && it.status.len() == 3);
        until("the balancer's word", || firsts().count() >= sessions).await;
        firsts().nth(sessions - 1).unwrap().node
    }
}

fn config(port: u16, affinity: Affinity, nodes: &[u16]) -> String {
    let (balance, cookie) = match affinity {
        Affinity::Cookie => ("roundrobin", "cookie node insert indirect nocache httponly"),
        Affinity::Address => ("source", "hash-type consistent"),
        Affinity::Nothing => ("roundrobin", ""),
    };
    let files = FILES.iter().filter_map(|(name, kind, path)| {
        // There is no package before it is built.
        let file = here().join(path).canonicalize().ok()?;
        let file = file.display();
        Some(format!(
            "  http-request return status 200 content-type {kind} file \"{file}\" if {{ path {name} }}\n"
        ))
    });
    let files: String = files.collect();
    let mut config = format!(
        r#"global
  log stdout format raw local0
  # The largest page that it serves itself.
  tune.bufsize 131072
defaults
  mode http
  log global
  option logasap
  timeout connect 2s
  timeout check 10s
  timeout client 60s
  timeout server 60s
  timeout tunnel 1h
frontend clients
  bind 127.0.0.1:{port}
  http-request capture req.cook(node) len 8
  http-request capture req.hdr(upgrade) len 16
  log-format "request %HM %s %ST %[capture.req.hdr(0)] %[capture.req.hdr(1)] %HU"
{files}  default_backend nodes
backend nodes
  balance {balance}
  {cookie}
  option redispatch 1
  option httpchk GET /api/health
"#
    );
    for (node, port) in ["a", "b", "c"].iter().zip(nodes) {
        let cookie = if affinity == Affinity::Cookie { format!("cookie {node}") } else { String::new() };
        writeln!(config, "  server {node} 127.0.0.1:{port} check inter 200ms fall 1 rise 1 {cookie}")
            .unwrap();
    }
    config
}

fn request(line: &str) -> Option<Request> {
    let mut words = line.strip_prefix("request ")?.split(' ');
    let mut word = || words.next().map(str::to_owned);
    let (method, node, status, cookie, upgrade, target) =
        (word()?, word()?, word()?, word()?, word()?, word()?);
    target.starts_with("/socket.io/").then(|| Request {
        method,
        node,
        status,
        cookie: Some(cookie).filter(|it| it != "-"),
        is_websocket: upgrade.eq_ignore_ascii_case("websocket"),
        is_first: !target.contains("sid="),
    })
}
