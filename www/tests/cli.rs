//! The program, started as a person starts it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Ends the program with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn www(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_www"));
    command.args(args).env_remove("SOCKEYE_ADMIN_TOKEN").stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn a_mistake_is_told_in_one_sentence_with_exit_code_2() {
    let long = "é".repeat(41);
    for (args, sentence) in [
        (&["--port", "abc"][..], "invalid value 'abc' for '--port <PORT>'"),
        (&["--port", "80000"], "invalid value '80000' for '--port <PORT>'"),
        (&["--nonsense", "1"], "unexpected argument '--nonsense' found"),
        (&["--no-build", "--redis", "nonsense"], "--redis is not usable: this is not an address of Redis: "),
        (
            &["--no-build", "--redis", "http://127.0.0.1"],
            "--redis is not usable: this is not an address of Redis: ",
        ),
        (&["--host", "0.0.0.0"], "others reach 0.0.0.0, and everybody knows the token that /admin asks for"),
        (
            &["--host", "::"],
            "others reach ::, and everybody knows the token that /admin asks for by default: give",
        ),
        (&["--admin-token", ""], "a value is required for '--admin-token <TOKEN>' but none was supplied"),
        (&["join"], "the following required arguments were not provided: <NAME>"),
        (&["join", ""], "the name is empty"),
        (&["join", " "], "the name is empty"),
        (&["join", &long], "the name has 41 characters; choose one of at most 40"),
        (&["join", "a\u{1b}[31m"], "the name holds control characters"),
        (&["join", "ann", "--nonsense"], "unexpected argument '--nonsense' found"),
        (&["join", "ann", "--transport", "pigeon"], "invalid value 'pigeon' for '--transport <TRANSPORT>'"),
        (&["join", "ann", "--url", "nonsense"], "--url is not usable: this is not a URL: it has no scheme"),
        (&["join", "ann", "--url", "ftp://x"], "--url is not usable: the scheme `ftp` is not one of"),
    ] {
        let output = www(args).stdin(Stdio::null()).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.starts_with(sentence), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

#[test]
fn no_chat_there_is_told_at_once() {
    // Bound and dropped: a port where nobody listens.
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for transport in ["polling", "websocket", "upgrade"] {
        let url = format!("http://{nobody}");
        let began = Instant::now();
        let output = www(&["join", "ann", "--url", &url, "--transport", transport])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(
            told.starts_with(&format!("cannot join the chat at {url}: no connection to the server")),
            "{told}"
        );
        assert!(told.contains("start a server with `cargo run -p www`"), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
        assert!(began.elapsed() < Duration::from_secs(5), "{told}");
    }
}

#[test]
fn no_redis_there_is_told_at_once_and_without_its_password() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("redis://ann:sesame@{nobody}");
    let output = www(&["--port", "0", "--no-build", "--no-bot", "--redis", &url]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    let tried = format!("no way to the other servers by Redis at {nobody}: Connection refused");
    assert!(told.starts_with(&tried), "{told}");
    assert!(told.contains("start Redis 6 or later there"), "{told}");
    assert!(!told.contains("sesame"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
}

#[test]
fn a_taken_port_is_named_and_another_one_serves() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let mut program = Running(www(&["--port", &port, "--no-build"]).spawn().unwrap());
    let mut lines = BufReader::new(program.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert_eq!(lines.next().unwrap(), format!("Port {port} is taken on 127.0.0.1, taking a free one"));
    let line = lines.next().unwrap();
    let address = line.split_once("http://").unwrap().1.split(' ').next().unwrap();
    TcpStream::connect(address).unwrap();
}
