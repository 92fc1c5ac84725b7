//! What the person types: keys from a terminal, lines from anything else.

use std::io::{BufRead, Read, stdin};
use std::thread;

use crossterm::event::{self, Event};
use tokio::sync::mpsc::{self, Receiver, Sender};

use crate::cli::Failure;
use crate::cli::ending::Ending;

/// More than this without a line break is no message; the rest is the next one.
const LONGEST_LINE: u64 = 64 << 10;

#[derive(Debug)]
pub(super) enum Input {
    /// From a terminal.
    Key(Event),
    /// From a pipe or a file.
    Line(String),
}

/// Reads on a thread of its own, as no system can wait for a terminal and a socket alike; the thread ends with the
/// program. The channel is closed at the end of the input.
pub(super) fn start(live: bool) -> Receiver<Input> {
    let (sender, receiver) = mpsc::channel(64);
    thread::spawn(move || if live { read_keys(&sender) } else { read_lines(&sender) });
    receiver
}

fn read_keys(sender: &Sender<Input>) {
    while let Ok(event) = event::read() {
        if sender.blocking_send(Input::Key(event)).is_err() {
            return;
        }
    }
}

fn read_lines(sender: &Sender<Input>) {
    let mut lines = stdin().lock();
    loop {
        let mut line = Vec::new();
        match lines.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
            Ok(1..) => {}
            _ => return,
        }
        // What is no UTF-8 is sent with marks where it was broken: the person sees what happened.
        let line = String::from_utf8_lossy(&line).trim().to_owned();
        if sender.blocking_send(Input::Line(line)).is_err() {
            return;
        }
    }
}

/// Ready at Ctrl-C, or when the system ends the program. (In a live terminal Ctrl-C is a key.)
pub(super) async fn asked_to_leave() -> Result<(), Failure> {
    let failed = |error| Failure::later(format!("cannot listen for Ctrl-C: {error}; use /leave"));
    Ending::listen().map_err(failed)?.asked().await;
    Ok(())
}
