//! Redis, three nodes and a balancer: what a test takes place in.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use sockeye_tests::deadline::until;
use sockeye_tests::servers::free_port;

use crate::balancer::{Affinity, Balancer};
use crate::process::Process;

/// Which servers are behind the balancer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `www --redis`.
    Rust,
    /// The official server with `@socket.io/redis-adapter`.
    PubSub,
    /// The official server with `@socket.io/redis-streams-adapter`.
    Streams,
}

#[derive(Debug)]
pub(crate) struct Nodes {
    // In this order they end: those who use another one before it.
    pub(crate) balancer: Balancer,
    each: Vec<Process>,
    pub(crate) redis: Redis,
    _folder: Folder,
}

impl Nodes {
    /// `None` where a program is missing, if that may be.
    pub(crate) async fn start(kind: Kind, affinity: Affinity) -> Option<Self> {
        if let Some(missing) = ["redis-server", "haproxy"].into_iter().find(|it| !is_here(it)) {
            skip(&format!("{missing} is not here: apt-get install redis-server haproxy"));
            return None;
        }
        let folder = Folder::new();
        let redis = Redis::start(&folder.0).await;
        let mut nodes = Vec::new();
        let mut ports = Vec::new();
        for _ in 0..3 {
            let (node, port) = kind.start(&redis.url()).await;
            nodes.push(node);
            ports.push(port);
        }
        let balancer = Balancer::start(&folder.0, affinity, &ports).await;
        Some(Self { balancer, each: nodes, redis, _folder: folder })
    }

    pub(crate) fn url(&self) -> String {
        self.balancer.url()
    }

    /// By the name that the balancer has for it.
    pub(crate) fn node(&mut self, name: &str) -> &mut Process {
        let index = ["a", "b", "c"].iter().position(|it| *it == name).unwrap();
        &mut self.each[index]
    }

    pub(crate) fn all(&self) -> &[Process] {
        &self.each
    }
}

impl Kind {
    async fn start(self, redis: &str) -> (Process, u16) {
        let adapter = match self {
            Self::Rust => {
                let arguments = ["--port", "0", "--no-build", "--no-bot", "--open-admin", "--redis", redis];
                let node = Process::start(env!("CARGO_BIN_EXE_www"), &arguments).await;
                let said = |line: &str| {
                    let rest = line.strip_prefix("Sockeye listens on http://127.0.0.1:")?;
                    rest.split(' ').next()?.parse().ok()
                };
                let port = node.line("the node to listen", said).await;
                return (node, port);
            }
            Self::PubSub => "pubsub",
            Self::Streams => "streams",
        };
        let arguments = ["server.mjs", "--redis", redis, "--adapter", adapter, "--recovery"];
        let node = Process::node(&here().join("../servers"), &arguments);
        let said = |line: &str| {
            let said: serde_json::Value = serde_json::from_str(line).ok()?;
            u16::try_from(said["port"].as_u64()?).ok()
        };
        let port = node.line("the node to listen", said).await;
        (node, port)
    }
}

/// A Redis that keeps nothing on the disk.
#[derive(Debug)]
pub(crate) struct Redis {
    port: u16,
    process: Process,
    folder: PathBuf,
}

impl Redis {
    async fn start(folder: &Path) -> Self {
        let port = free_port();
        let process = Self::spawn(folder, port).await;
        Self { port, process, folder: folder.to_owned() }
    }

    async fn spawn(folder: &Path, port: u16) -> Process {
        let (port, folder) = (port.to_string(), folder.to_str().unwrap());
        let arguments = ["--bind", "127.0.0.1", "--port", &port, "--save", "", "--dir", folder];
        let process = Process::start("redis-server", &arguments).await;
        let is_ready = |line: &str| line.contains("Ready to accept connections").then_some(());
        process.line("Redis to listen", is_ready).await;
        process
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    pub(crate) fn kill(&mut self) {
        self.process.kill();
    }

    /// On the same port, with nothing in its memory.
    pub(crate) async fn again(&mut self) {
        self.process = Self::spawn(&self.folder, self.port).await;
    }
}

/// One that goes with the test.
#[derive(Debug)]
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("sockeye-nodes-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The folder of these tests.
pub(crate) fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/nodes")
}

pub(crate) fn is_here(program: &str) -> bool {
    let version = if program == "haproxy" { "-v" } else { "--version" };
    Command::new(program).arg(version).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// Tells the person who waits why a test is not run; where everything is needed (`.ci/run`) that is a failure.
pub(crate) fn skip(why: &str) {
    assert!(std::env::var("SOCKEYE_NEEDS").as_deref() != Ok("all"), "{why} (SOCKEYE_NEEDS=all)");
    // Past the test runner, which keeps for itself what a test that passes prints.
    std::io::stderr().write_all(format!("skipped, as {why}\n").as_bytes()).unwrap();
}

/// Waits until a node has said this.
pub(crate) async fn has_said(node: &Process, words: &str) {
    until(words, || node.lines().iter().any(|line| line.contains(words))).await;
}
