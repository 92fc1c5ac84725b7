//! What a person in a terminal can do besides speaking to all.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[allow(dead_code, reason = "another test asks for more")]
mod program;

use std::fs;
use std::path::PathBuf;

use program::Program;

/// A folder for the files of a test, which goes with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("www-join-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, content: &[u8]) -> String {
        let path = self.0.join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A line that `to` hears next of all that `from` says: what is not for `to` was not heard before it.
fn next_heard(from: &mut Program, to: &mut Program, text: &str) {
    from.write(text);
    to.until(text);
}

fn heard(program: &Program, part: &str) -> bool {
    program.said().iter().any(|line| line.contains(part))
}

#[test]
fn what_is_for_one_person_is_heard_by_nobody_else() {
    let (_server, url) = Program::server(&["--port", "0", "--no-bot"]);
    let mut ann = Program::join("ann", &["--url", &url]);
    let mut bob = Program::join("bob of the north", &["--url", &url, "--transport", "polling"]);
    let mut eve = Program::join("eve", &["--url", &url]);
    ann.until("* eve joined the chat");

    ann.write("/msg bob of the north between us");
    ann.until("ann (to bob of the north alone): between us");
    bob.until("ann (to you alone): between us");
    bob.write("/msg ann and back");
    ann.until("bob of the north (to you alone): and back");
    next_heard(&mut ann, &mut eve, "for all");
    assert!(!heard(&eve, "between us") && !heard(&eve, "and back"), "{:#?}", eve.said());

    for (line, told) in [
        ("/msg", "! say to whom, and what, as in /msg ann hello"),
        ("/msg zed hello", "! nobody here is called zed; /who lists who is online"),
        ("/msg eve", "! say what, as in /msg eve hello"),
        ("/msg ann hello", "! ann: that is you"),
        ("/nonsense", "! there is no command /nonsense; /help says which there are"),
    ] {
        ann.write(line);
        ann.until(told);
    }
    eve.write("/leave");
    ann.until("* eve left the chat");
    ann.write("/msg eve still there?");
    ann.until("! nobody here is called eve");
    let _again = Program::join("bob of the north", &["--url", &url]);
    ann.until("* bob of the north joined the chat");
    ann.write("/msg bob of the north which one?");
    ann.until("! 2 others are called bob of the north, and nothing here tells them apart");

    ann.write("/help");
    for command in ["/msg", "/image", "/join", "/all", "/leave-room", "/who", "/leave"] {
        ann.until(&format!("* {command}"));
    }
}

#[test]
fn rooms_are_joined_spoken_in_and_left() {
    let (server, url) = Program::server(&["--port", "0", "--no-bot"]);
    let port = url.rsplit(':').next().unwrap().to_owned();
    let mut ann = Program::join("ann", &["--url", &url]);
    let mut bob = Program::join("bob", &["--url", &url]);
    ann.until("* bob joined the chat");

    ann.write("/join #fish");
    ann.until("* you speak in #fish now");
    // A pipe is read on when it is known where the next line goes.
    bob.write("/join fish\nsalmon?");
    bob.until("* you speak in #fish now");
    ann.until("* bob joined #fish");
    ann.until("bob (#fish): salmon?");
    bob.write("/all\nfor all");
    ann.until("bob: for all");
    bob.write("/join fish");
    bob.until("* you speak in #fish now");
    bob.write("/leave-room");
    bob.until("* you speak to everyone now");
    ann.until("* bob left #fish");
    ann.write("only me");
    ann.until("ann (#fish): only me");
    ann.write("/all");
    next_heard(&mut ann, &mut bob, "all again");
    assert!(!heard(&bob, "only me"), "{:#?}", bob.said());

    let long = format!("/join {}", "x".repeat(41));
    for (line, told) in [
        ("/join", "! say which room, as in /join fish"),
        (&*long, "! not joined, refused by the server, The name of the room has 41 characters"),
        ("/leave-room", "! say which room, as in /leave-room fish"),
        ("/leave-room nowhere", "! you are not in #nowhere"),
    ] {
        ann.write(line);
        ann.until(told);
    }

    // The server forgets, this client does not.
    ann.write("/join fish");
    ann.until("* you speak in #fish now");
    drop(server);
    ann.until("- reconnecting, attempt 1 in ");
    ann.write("/join salmon");
    ann.until("! there is no connection");
    ann.write("/msg bob hello");
    ann.until("! there is no connection");
    ann.write("in the same room");
    ann.until("- waits for the connection: in the same room");
    let (_server, _) = Program::server(&["--port", &port, "--no-bot"]);
    ann.until("ann (#fish): in the same room");
}

#[test]
fn an_image_is_shown_to_the_others() {
    let folder = Folder::new("image");
    let png = [b"\x89PNG\r\n\x1a\n", &[0; 300][..]].concat();
    let (_server, url) = Program::server(&["--port", "0", "--no-bot"]);
    let mut ann = Program::join("ann", &["--url", &url]);
    let mut bob = Program::join("bob", &["--url", &url, "--transport", "polling"]);
    ann.until("* bob joined the chat");

    let largest = [&png[..], &vec![0; 700_000 - png.len()]].concat();
    for (name, content) in [("red dot.png", &png), ("large.png", &largest)] {
        ann.write(&format!("/image {}", folder.file(name, content)));
        bob.until(&format!("ann: [image {name}]"));
    }
    ann.write("/join fish");
    ann.until("* you speak in #fish now");
    ann.write(&format!("/image {}", folder.file("fish.png", &png)));
    ann.until("ann (#fish): [image fish.png]");

    let too_large = [&largest[..], &[0]].concat();
    let [too_large, text] =
        [("huge.png", &too_large[..]), ("text.png", b"no image")].map(|(n, c)| folder.file(n, c));
    for (path, told) in [
        ("", "say which file, as in /image cat.png".to_owned()),
        ("nowhere.png", "there is no file nowhere.png".to_owned()),
        ("/", "/ is no file".to_owned()),
        (&*too_large, format!("{too_large} has 701 kB; 700 kB can be sent")),
        (&*text, format!("{text} is no image of a kind that all browsers show: PNG, JPEG, GIF or WebP")),
    ] {
        ann.write(&format!("/image {path}"));
        ann.until(&format!("! {told}"));
    }
}

#[test]
fn the_bot_answers_who_speaks_to_it_alone() {
    let (_server, url) = Program::server(&["--port", "0"]);
    let mut eve = Program::join("eve", &["--url", &url]);
    if !heard(&eve, "sockeye") {
        eve.until("* sockeye joined the chat");
    }
    let mut ann = Program::join("ann", &["--url", &url]);
    ann.write("/msg sockeye hello");
    ann.until("sockeye (to you alone): Hello, ann!");
    ann.write("/msg sockeye what do you hear");
    ann.until("sockeye (to you alone): ann said: what do you hear");
    ann.write("@sockeye say it aloud");
    eve.until("sockeye: ann said: say it aloud");
    assert!(!heard(&eve, "Hello, ann!") && !heard(&eve, "what do you hear"), "{:#?}", eve.said());
}
