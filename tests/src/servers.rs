//! The servers that stories talk to: the official one in three versions and the one in Python, as a child; and the one in
//! Rust, inside.
//!
//! A child lives as long as its stdin, so it ends with the test however the test ends.

use std::{
    io::{BufRead, BufReader},
    net::{TcpListener, UdpSocket},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU16, Ordering},
    },
    thread,
};

use tokio::sync::oneshot;

use crate::{
    proxy::{self, Proxy},
    python,
    words::{Options, Which},
};

/// A server of one story, that can be killed and started again on its port.
#[derive(Debug)]
pub struct Server {
    which: Which,
    options: Options,
    port: u16,
    running: Option<Running>,
    /// The Rust server lives in this process and can only end politely. What stands before it can be cut; before all of
    /// them stands the weather, if one is asked for.
    front: Option<Proxy>,
}

/// A server of all stories.
#[derive(Debug)]
struct Shared {
    _running: Running,
    port: u16,
    front: Option<Proxy>,
}

#[derive(Debug)]
enum Running {
    Child(Child),
    Rust(www::Server),
}

impl Which {
    /// The port of the server that all stories share, for a proxy of the story's own.
    pub fn shared_port(self) -> u16 {
        self.running().port
    }

    /// Where the server that all stories share is found.
    pub fn shared(self) -> String {
        let shared = self.running();
        url(shared.front.as_ref().map_or(shared.port, Proxy::port))
    }

    /// Started by the first that asks; ends with the process.
    fn running(self) -> &'static Shared {
        static SHARED: [OnceLock<Shared>; 5] = [const { OnceLock::new() }; 5];
        SHARED[self as usize].get_or_init(|| {
            // Not on the caller's runtime: it may be of one thread, which must not block.
            let start = move || start(self, &Options::default(), 0);
            let (running, port) = thread::spawn(start).join().expect("the server starts");
            Shared { _running: running, port, front: proxy::seed().map(|_| Proxy::start(port)) }
        })
    }
}

impl Server {
    /// Starts it on a free port.
    pub async fn start(which: Which, options: Options) -> Self {
        let started = options.clone();
        let (running, port) = beside(move || start(which, &started, 0)).await;
        let front = (which == Which::Rust || proxy::seed().is_some()).then(|| Proxy::start(port));
        Self { which, options, port, running: Some(running), front }
    }

    /// Where clients find it.
    pub fn url(&self) -> String {
        url(self.front.as_ref().map_or(self.port, Proxy::port))
    }

    /// Its port, for a proxy of the story's own.
    pub fn port(&self) -> u16 {
        self.front.as_ref().map_or(self.port, Proxy::port)
    }

    /// Ends it without a word to anybody; its port refuses connections afterwards.
    pub async fn kill(&mut self) {
        if let Some(front) = &self.front {
            front.down().await;
        }
        match self.running.take() {
            Some(Running::Child(mut child)) => beside(move || end(&mut child)).await,
            Some(Running::Rust(server)) => server.shutdown().await,
            None => {}
        }
    }

    /// Starts it again, on the same port and with no memory of its sessions.
    pub async fn restart(&mut self) {
        self.kill().await;
        let (which, options, port) = (self.which, self.options.clone(), self.port);
        let (running, _) = beside(move || start(which, &options, port)).await;
        self.running = Some(running);
        if let Some(front) = &self.front {
            front.up().await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(Running::Child(child)) = &mut self.running {
            end(child);
        }
    }
}

fn url(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

fn end(child: &mut Child) {
    // It may have ended by itself; then there is nothing to kill.
    let _ = child.kill();
    let _ = child.wait();
}

/// Runs what blocks on a thread of its own, outside any runtime.
pub async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, result) = oneshot::channel();
    thread::spawn(move || drop(done.send(work())));
    result.await.expect("the thread does not panic; if it did, its words are above")
}

fn start(which: Which, options: &Options, port: u16) -> (Running, u16) {
    let port = if port == 0 { free_port() } else { port };
    match which {
        Which::Node484 => start_child(node("4.8.4"), options, port),
        Which::Node40 => start_child(node("4.0"), options, port),
        Which::Node31 => start_child(node("3.1"), options, port),
        Which::Python => start_child(python::command(), options, port),
        Which::Rust => start_rust(options, port),
    }
}

/// A port that nobody is given by chance: of those from 32,768 on, any client may take one as its own end while a
/// server that is to come back on it is down.
pub fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + u16::try_from(std::process::id() % 50).unwrap_or_default() * 200;
    loop {
        let port = first + NEXT.fetch_add(1, Ordering::Relaxed) % 2_000;
        // Also by UDP, where WebTransport stays for as long as its server is down.
        if TcpListener::bind(("127.0.0.1", port)).is_ok() && UdpSocket::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

fn start_rust(options: &Options, port: u16) -> (Running, u16) {
    let mut config = www::ServerConfig { port, ..www::ServerConfig::default() };
    if let Some((interval, timeout)) = options.heartbeat {
        (config.ping_interval, config.ping_timeout) = (interval, timeout);
    }
    config.max_payload = options.max_payload.unwrap_or(config.max_payload);
    config.cors = options.any_origin.then(www::Cors::default);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let server = runtime.block_on(www::Server::bind(config)).expect("the Rust server starts");
    let port = server.addr().port();
    (Running::Rust(server), port)
}

fn start_child(mut command: Command, options: &Options, port: u16) -> (Running, u16) {
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut say = |name: &str, value: String| {
        command.args([format!("--{name}"), value]);
    };
    say("port", port.to_string());
    if let Some((interval, timeout)) = options.heartbeat {
        say("ping-interval", interval.as_millis().to_string());
        say("ping-timeout", timeout.as_millis().to_string());
    }
    if let Some(bytes) = options.max_payload {
        say("max-payload", bytes.to_string());
    }
    if let Some(span) = options.recovery {
        say("recovery-ms", span.as_millis().to_string());
    }
    if let Some(origin) = &options.cookies_for {
        say("cors-origin", origin.clone());
        say("cookie", String::from("sticky"));
        command.arg("--cors-credentials");
    } else if options.any_origin {
        say("cors-origin", String::from("*"));
    }
    if options.webtransport {
        command.arg("--webtransport");
    }
    let mut child = command.spawn().expect("what runs the scenario servers is there");
    let mut line = String::new();
    let stdout = child.stdout.take().expect("its stdout is a pipe");
    BufReader::new(stdout).read_line(&mut line).expect("its stdout can be read");
    let ready: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
    let port = ready["port"].as_u64().and_then(|port| u16::try_from(port).ok());
    (Running::Child(child), port.expect("the server says its port; if not, its words are above"))
}

fn node(version: &str) -> Command {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("servers");
    assert!(
        home.join("node_modules").is_dir(),
        "the scenario servers lack their packages: run `npm ci` in tests/servers"
    );
    let mut command = Command::new("node");
    command.args(["server.mjs", "--version", version]).current_dir(home);
    command
}
