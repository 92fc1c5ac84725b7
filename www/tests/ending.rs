//! Who asks the server to end as soon as it says where it is, is heard.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(dead_code, reason = "other tests do more with a program")]

mod program;

use std::process::Command;

use program::Program;

#[test]
fn the_first_ctrl_c_counts_also_in_the_background_of_a_script() {
    // A shell has what it starts in the background ignore Ctrl-C.
    let mut script = Command::new("sh");
    script.args(["-c", r#"trap "" INT; exec "$0" --port 0 --no-build"#, env!("CARGO_BIN_EXE_www")]);
    let mut server = Program::of(&mut script);
    server.until("listens on http://");
    server.signal("INT");
    assert!(server.ended().success());
}
