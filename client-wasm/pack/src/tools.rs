//! Node, npm, cargo's target: there, or said what to do.

use std::{
    fs, io,
    path::Path,
    process::{Command, ExitStatus, Output},
};

use crate::{error::PackError, say};

/// Everything that a build calls is installed after this, or the error says what is missing.
pub(crate) fn ensure(root: &Path, npm: &Path) -> Result<(), PackError> {
    node()?;
    packages(npm)?;
    target(root)
}

/// Runs the build proper; whether what it built is larger than allowed.
pub(crate) fn pack(npm: &Path, into: &Path) -> Result<bool, PackError> {
    let status = Command::new("node").arg(npm.join("build/pack.mjs")).arg(into).status();
    match status.map_err(|error| PackError::io("run", Path::new("node"), error))?.code() {
        Some(0) => Ok(false),
        Some(OVERSIZED) => Ok(true),
        _ => Err(PackError::Step { what: "building the package", advice: "what is wrong is written above" }),
    }
}

pub(crate) fn node() -> Result<(), PackError> {
    let tool = |found| PackError::Tool {
        name: "Node",
        found,
        advice: "install Node 20 or later (https://nodejs.org)",
    };
    let output = Command::new("node").arg("--version").output().map_err(|_| tool(None))?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_some_and(|major| major >= OLDEST_NODE) { Ok(()) } else { Err(tool(Some(version))) }
}

/// The tools of the package are those of its lock file: a copy of it lies beside them.
pub(crate) fn packages(npm: &Path) -> Result<(), PackError> {
    let (lock, installed) = (npm.join("package-lock.json"), npm.join("node_modules/.installed"));
    let wanted = fs::read(&lock).map_err(|error| PackError::io("read", &lock, error))?;
    if fs::read(&installed).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    say(&format!("installing what {} is built with (npm ci)", npm.display()));
    let status =
        program("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(npm).status();
    let missing = |_| PackError::Tool { name: "npm", found: None, advice: "it comes with Node 20 or later" };
    ended_well(status.map_err(missing)?, "npm ci", "it needs a way to the npm registry")?;
    fs::write(&installed, wanted).map_err(|error| PackError::io("write", &installed, error))
}

pub(crate) fn target(root: &Path) -> Result<(), PackError> {
    let query = ["--print", "target-libdir", "--target", TARGET];
    let rustc = Command::new("rustc").args(query).current_dir(root).output();
    let there = |output: Output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir();
    let missing = |_| PackError::Tool {
        name: "rustc",
        found: None,
        advice: "install Rust by rustup (https://rustup.rs)",
    };
    if there(rustc.map_err(missing)?) {
        return Ok(());
    }
    say("adding the target wasm32-unknown-unknown (rustup target add)");
    let status = Command::new("rustup").args(["target", "add", TARGET]).current_dir(root).status();
    let missing = |_: io::Error| PackError::Tool {
        name: "rustup",
        found: None,
        advice: "without it, install the standard library for wasm32-unknown-unknown as your Rust came",
    };
    ended_well(status.map_err(missing)?, "rustup target add", "it needs a way to static.rust-lang.org")
}

/// Makes a module of a page smaller, if the tool for that is installed: without it the page is only larger.
pub(crate) fn shrink(root: &Path, module: &Path) -> Result<(), PackError> {
    let optimiser = root.join("client-wasm/npm/node_modules/binaryen/bin/wasm-opt");
    if !optimiser.is_file() || node().is_err() {
        return Ok(());
    }
    let mut command = Command::new("node");
    command.arg(optimiser).args(["-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"]);
    command.arg(module).arg("-o").arg(module);
    succeeded(command, "node", "wasm-opt", "remove client-wasm/npm/node_modules, and it is left out")
}

/// Runs it to its end.
pub(crate) fn succeeded(
    mut command: Command,
    program: &'static str,
    what: &'static str,
    advice: &'static str,
) -> Result<(), PackError> {
    let status = command.status().map_err(|error| PackError::io("run", Path::new(program), error))?;
    ended_well(status, what, advice)
}

fn ended_well(status: ExitStatus, what: &'static str, advice: &'static str) -> Result<(), PackError> {
    if status.success() { Ok(()) } else { Err(PackError::Step { what, advice }) }
}

/// npm is a script on Windows, which is found only by its whole name.
fn program(name: &str) -> Command {
    Command::new(if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() })
}

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
const OLDEST_NODE: u32 = 20;
/// How `build/pack.mjs` says that all is built but too large.
const OVERSIZED: i32 = 3;
