//! What it was measured on and with. No paths, no names of hosts or users.

use crate::{clients::Client, options::workspace};
use serde::Serialize;
use std::process::Command;

#[derive(Serialize)]
pub struct Machine {
    pub cpu: String,
    pub cores: usize,
    pub kernel: String,
    pub versions: Vec<String>,
}

pub fn describe(clients: &[Client]) -> Machine {
    let mut versions = vec![first_line("rustc", "--version")];
    for client in clients {
        let library = match client.name.as_str() {
            "floor" => "tokio-tungstenite",
            "sockeye" => "sockeye-native",
            name => name,
        };
        if library == "socket.io-client" {
            versions.push(format!(
                "{library} {} on Node {}",
                npm_version(library),
                first_line("node", "--version")
            ));
        } else {
            versions.push(format!("{library} {}", cargo_version(library)));
        }
    }
    Machine {
        cpu: field("/proc/cpuinfo", "model name"),
        cores: std::thread::available_parallelism().map_or(1, Into::into),
        kernel: read("/proc/sys/kernel/osrelease").trim().into(),
        versions,
    }
}

/// The highest version in the lock file: peers may bring an older one of the same crate.
fn cargo_version(library: &str) -> String {
    let lock = std::fs::read_to_string(workspace().join("Cargo.lock")).unwrap_or_default();
    let name = format!("name = \"{library}\"");
    let entries = lock.split("[[package]]").filter(|entry| entry.lines().any(|line| line == name));
    entries.filter_map(|entry| quoted(entry, "version = ")).last().unwrap_or_else(unknown)
}

fn npm_version(library: &str) -> String {
    let lock = std::fs::read_to_string(workspace().join("clients/socket_io_js/package-lock.json"));
    let lock: serde_json::Value =
        lock.ok().and_then(|lock| serde_json::from_str(&lock).ok()).unwrap_or_default();
    let version = &lock["packages"][format!("node_modules/{library}")]["version"];
    version.as_str().map_or_else(unknown, Into::into)
}

fn quoted(text: &str, key: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.strip_prefix(key))?;
    Some(line.trim_matches('"').into())
}

fn first_line(program: &str, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().next().map_or_else(unknown, Into::into)
}

fn field(file: &str, name: &str) -> String {
    let text = read(file);
    let line = text.lines().find(|line| line.starts_with(name)).and_then(|line| line.split_once(':'));
    line.map_or_else(unknown, |(_, value)| value.trim().into())
}

fn read(file: &str) -> String {
    std::fs::read_to_string(file).unwrap_or_default()
}

fn unknown() -> String {
    "unknown".into()
}
