//! A server, its bot and people at pipes hold a conversation.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod program;

use program::Program;

#[test]
fn two_people_and_a_bot_hold_a_conversation() {
    let (mut server, url) = Program::server(&["--port", "0"]);
    server.until("sockeye, a bot, is in the room");
    let mut ann = Program::join("ann", &["--url", &url]);
    ann.until("sockeye: Welcome, ann!");
    let mut bob = Program::join("bob", &["--url", &url, "--transport", "polling"]);
    ann.until("* bob joined the chat");

    ann.write("hello bob");
    ann.until("ann: hello bob");
    bob.until("ann: hello bob");
    bob.write("hello");
    bob.until("~ sockeye is typing");
    bob.until("~ sockeye stopped typing");
    bob.until("sockeye: Hello, bob!");
    ann.until("bob: hello");
    ann.until("sockeye: Hello, bob!");

    ann.write("@sockeye say cheese");
    bob.until("sockeye: ann said: say cheese");
    ann.write("/who");
    ann.until("* online (3): sockeye, ann, bob");
    bob.write("/leave");
    bob.until("- you left");
    assert!(bob.ended().success());
    ann.until("* bob left the chat");

    // Said and gone: it is heard all the same, also by who said it.
    let mut cat = Program::join("cat", &["--url", &url, "--transport", "websocket"]);
    cat.write("last words");
    cat.end_of_input();
    assert!(cat.ended().success());
    assert!(cat.said().iter().any(|line| line == "cat: last words"), "{:#?}", cat.said());
    ann.until("cat: last words");
    ann.until("* cat left the chat");

    ann.signal("INT");
    assert!(ann.ended().success());
    assert!(server.said().iter().all(|line| !line.contains("hello")), "{:#?}", server.said());
    server.signal("INT");
    assert!(server.ended().success());
}

#[test]
fn nobody_writes_to_the_terminal_of_another() {
    let (_server, url) = Program::server(&["--port", "0", "--no-bot"]);
    let mut ann = Program::join("ann", &["--url", &url]);
    let mut eve = Program::join("<b>eve</b>", &["--url", &url]);
    ann.until("* <b>eve</b> joined the chat");
    eve.write("\u{1b}]0;title\u{7}\u{1b}[2J\u{9b}31mred\u{202e} <script>");
    let line = ann.until("red");
    assert_eq!(line, "<b>eve</b>: ]0;title[2J31mred <script>");
}

#[test]
fn a_server_that_ends_and_starts_again_is_joined_again() {
    let (mut server, url) = Program::server(&["--port", "0"]);
    let port = url.rsplit(':').next().unwrap().to_owned();
    let mut ann = Program::join("ann", &["--url", &url]);
    let mut bob = Program::join("bob", &["--url", &url, "--transport", "polling"]);

    // Once orderly, once not.
    for signal in ["INT", "KILL"] {
        server.signal(signal);
        server.ended();
        for client in [&mut ann, &mut bob] {
            client.until("- disconnected: transport ");
            client.until("- reconnecting, attempt 1 in ");
        }
        ann.write("is anybody there?");
        ann.until("- waits for the connection: is anybody there?");
        ann.write("/who");
        ann.until("* there is no connection, so nobody knows");

        let (again, same) = Program::server(&["--port", &port]);
        server = again;
        assert_eq!(same, url);
        for client in [&mut ann, &mut bob] {
            client.until("- connected, you are ");
            client.until("* online (");
        }
        ann.until("ann: is anybody there?");
        bob.write("I am");
        ann.until("bob: I am");
        bob.write("hello");
        bob.until("sockeye: Hello, bob!");
    }
}

#[test]
fn what_was_said_to_nobody_is_told_at_the_end() {
    let (server, url) = Program::server(&["--port", "0", "--no-bot"]);
    let mut ann = Program::join("ann", &["--url", &url]);
    drop(server);
    ann.until("- reconnecting, attempt 1 in ");
    ann.write("is anybody there?");
    ann.until("- waits for the connection: is anybody there?");
    ann.write("/leave");
    ann.until("! not sent, there is no connection: is anybody there?");
    assert_eq!(ann.ended().code(), Some(1));
}
