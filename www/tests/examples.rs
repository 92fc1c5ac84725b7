//! Every example of the native client, as a reader starts it: a process that is given the server's address.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use www::{Server, ServerConfig};

/// What each of them says when it worked, in part.
const EXAMPLES: [(&str, &str); 8] = [
    ("acks", "and got [42]"),
    ("auth_refresh", "joined again, after 2 tokens: the cake is a lie"),
    ("binary", "1000 bytes came as an answer"),
    ("chat", "example: hello from an example"),
    ("drain", "100 of 100 answers came; nothing was lost: true"),
    ("hello", r#""ada" says "hello""#),
    ("namespaces", "left /chat, still on /"),
    ("recovery", "not recovered (Disabled)"),
];

/// Built here, as cargo builds the examples of a package only for tests of its own, and the native crate cannot test
/// against this server without depending on what depends on it.
fn build() -> BTreeMap<String, PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    // What cargo tells this test about its package, build scripts would take for news, and compile all over again.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&name);
        }
    }
    let output = cargo
        .args(["build", "--package", "sockeye-native", "--examples", "--message-format", "json"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success());
    let messages = String::from_utf8(output.stdout).unwrap();
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    messages
        .filter(|it| it["reason"] == "compiler-artifact" && it["target"]["kind"][0] == "example")
        .map(|it| (it["target"]["name"].as_str().unwrap().into(), it["executable"].as_str().unwrap().into()))
        .collect()
}

/// They end by themselves: each has a deadline of its own.
fn run(example: &Path, url: &str) -> (Output, String, String) {
    let output = Command::new(example).arg(url).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    (output, said, told)
}

#[tokio::test]
async fn every_example_works_and_says_so_when_it_does_not() {
    let examples = build();
    let known: Vec<&str> = EXAMPLES.iter().map(|(name, _)| *name).collect();
    assert_eq!(examples.keys().collect::<Vec<_>>(), known, "an example is missing from this test");

    // On a thread of its own, so it answers while this one waits for an example.
    let server = Server::bind(ServerConfig::default()).await.unwrap();
    let url = format!("http://{}", server.addr());
    for (name, words) in EXAMPLES {
        let (output, said, told) = run(&examples[name], &url);
        assert!(output.status.success(), "{name}: {said}{told}");
        assert!(said.contains(words), "{name}: {said}{told}");
        assert!(told.is_empty(), "{name}: {told}");

        let (output, said, told) = run(&examples[name], "http://127.0.0.1:1");
        assert!(!output.status.success(), "{name}: {said}{told}");
        assert!(told.starts_with("no connection to the server"), "{name}: {told}");
        assert_eq!(told.lines().count(), 1, "{name}: {told}");
    }
    server.shutdown().await;
}
