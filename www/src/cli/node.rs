//! The npm server of `tests/servers`, as a child that ends with this program: its sockets behind the pages.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::Stdio;

use serde::Deserialize;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdin, Command};

use super::Failure;

pub(super) struct NodeServer {
    child: Child,
    /// It lives as long as this: to wait for a child would close it.
    _stdin: Option<ChildStdin>,
    pub(super) addr: SocketAddr,
    pub(super) version: String,
}

#[derive(Deserialize)]
struct Ready {
    port: u16,
    version: String,
}

impl NodeServer {
    /// Installs what it needs, if need be, and waits until it listens.
    pub(super) async fn start(admin_token: Option<&str>) -> Result<Self, Failure> {
        let folder = sockeye_pack::root().join("tests/servers");
        sockeye_pack::install(&folder)
            .map_err(|error| failure(&format!("{error}; without `--server node` the server is in Rust")))?;
        let mut node = Command::new("node");
        node.arg("server.mjs")
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        if let Some(token) = admin_token {
            node.args(["--admin-token", token]);
        }
        let mut child = node.spawn().map_err(|error| failure(&format!("Node cannot be started: {error}")))?;
        let stdin = child.stdin.take();
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            let read = BufReader::new(stdout).read_line(&mut line).await;
            read.map_err(|error| failure(&format!("it says nothing: {error}")))?;
        }
        let Ready { port, version } = serde_json::from_str(&line)
            .map_err(|_| failure("it ended before it listened; why is written above"))?;
        Ok(Self { child, _stdin: stdin, addr: (Ipv4Addr::LOCALHOST, port).into(), version })
    }

    /// Waits until it ends by itself, which it should not.
    pub(super) async fn ended(&mut self) -> Failure {
        let status = self.child.wait().await;
        let how = status.map_or_else(|error| error.to_string(), |status| status.to_string());
        Failure::later(format!("the npm server ended ({how}); start this program again"))
    }
}

fn failure(why: &str) -> Failure {
    Failure::at_start(format!("the npm server cannot be started: {why}"))
}
