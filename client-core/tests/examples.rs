//! Whoever reads the docs of a type sees how it is used: each one that applications hold has an example, which compiles.
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use std::{fs, path::Path};

#[test]
fn what_applications_hold_has_an_example() {
    let mut bare = Vec::new();
    for (file, types) in HELD {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file)).unwrap();
        for name in *types {
            if !docs_of(&text, name).contains("/// ```") {
                bare.push(*name);
            }
        }
    }
    assert!(bare.is_empty(), "without an example: {bare:?}");
}

/// The lines before the type, back to an empty one.
fn docs_of<'a>(text: &'a str, name: &str) -> &'a str {
    let starts = ["struct", "enum"].map(|kind| format!("pub {kind} {name}"));
    let ends =
        |at: usize, start: &str| !text[at + start.len()..].starts_with(|it: char| it.is_alphanumeric());
    let at = starts.iter().find_map(|start| text.find(start.as_str()).filter(|at| ends(*at, start)));
    let before = &text[..at.unwrap()];
    &before[before.rfind("\n\n").unwrap_or_default()..]
}

const HELD: &[(&str, &[&str])] = &[
    ("client/mod.rs", &["Client"]),
    ("config/open.rs", &["Config", "Limits", "SocketOptions"]),
    ("error.rs", &["ConnectError"]),
    ("handle/ack.rs", &["Ack"]),
    ("handle/emit.rs", &["Emitting"]),
    ("handle/events.rs", &["Events", "Once", "Subscription"]),
    ("handle/manager.rs", &["Manager", "ManagerEvent", "Drained"]),
    ("handle/message.rs", &["Message"]),
    ("handle/socket.rs", &["Socket", "Lifecycle"]),
];
