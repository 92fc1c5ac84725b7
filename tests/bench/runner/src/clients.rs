//! Which clients there are, and how they are built and started.

use crate::options::{Options, workspace};
use bench_common::{Error, Result};
use serde_json::Value;
use std::{
    env,
    path::PathBuf,
    process::{Command, Stdio},
};

const PREFIX: &str = "bench-client-";
const NODE: &str = "socket.io-client";
/// The order of the table; what is not named here comes after.
const ORDER: [&str; 5] = ["floor", "sockeye", "sioc", "rust_socketio", NODE];

/// A client that is ready to be started.
pub struct Client {
    pub name: String,
    program: PathBuf,
    arguments: Vec<PathBuf>,
}

impl Client {
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        command
    }
}

/// Where cargo puts the binaries: beside this one.
pub fn binary(name: &str) -> Result<PathBuf> {
    let directory = env::current_exe()?;
    Ok(directory.parent().ok_or("no directory")?.join(name))
}

/// Builds the server and the clients wanted.
pub fn build(options: &Options) -> Result<Vec<Client>> {
    let mut names = members()?;
    names.push(NODE.into());
    names.sort_by_key(|name| ORDER.iter().position(|known| known == name).unwrap_or(ORDER.len()));
    if let Some(unknown) = options.clients.iter().find(|name| !names.contains(name)) {
        return Err(format!("no such client: {unknown}; there are {}", names.join(", ")).into());
    }
    names.retain(|name| options.clients.is_empty() || options.clients.contains(name));
    cargo_build("bench-server")?;
    names.into_iter().map(|name| if name == NODE { node_client(name) } else { rust_client(name) }).collect()
}

/// The Rust clients that are members of the workspace, so that the slot is filled by making it one.
fn members() -> Result<Vec<String>> {
    let output =
        cargo().args(["metadata", "--no-deps", "--format-version", "1"]).stderr(Stdio::inherit()).output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata without packages")?;
    let names = packages.iter().filter_map(|package| package["name"].as_str()?.strip_prefix(PREFIX));
    Ok(names.map(String::from).collect())
}

fn rust_client(name: String) -> Result<Client> {
    let package = format!("{PREFIX}{name}");
    cargo_build(&package)?;
    Ok(Client { name, program: binary(&package)?, arguments: Vec::new() })
}

fn node_client(name: String) -> Result<Client> {
    let directory = workspace().join("clients/socket_io_js");
    succeed(Command::new("npm").args(["ci", "--silent"]).current_dir(&directory))?;
    // For the idle case only: memory is read after a collection, not in the middle of one.
    let arguments = vec!["--expose-gc".into(), directory.join("client.js")];
    Ok(Client { name, program: "node".into(), arguments })
}

/// Each package by itself: built together, the features that one of them wants of a common dependency would be on
/// for all.
fn cargo_build(package: &str) -> Result<()> {
    let release = binary("")?;
    let target = release.parent().ok_or("no target directory")?;
    succeed(cargo().args(["build", "--release", "--package", package, "--target-dir"]).arg(target))
}

fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(workspace());
    command
}

fn succeed(command: &mut Command) -> Result<()> {
    let status = command.stdout(Stdio::null()).status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(Error::from(format!("{command:?}: {status}"))) }
}
