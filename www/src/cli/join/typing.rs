//! Who is typing: this person, and the others.

use std::future::pending;
use std::time::Duration;

use sockeye_native::Socket;
use tokio::time::{Instant, sleep_until};
use www::Person;

/// Without a key for so long nobody types any more.
const PAUSE: Duration = Duration::from_secs(2);

/// More are not shown: the names must leave room for what is typed.
const MOST_SHOWN: usize = 3;

#[derive(Default)]
pub(super) struct Typing {
    /// Until when this person counts as typing.
    until: Option<Instant>,
    others: Vec<String>,
}

impl Typing {
    /// A key was pressed. The first tells the others, which may be lost: the next would tell them too.
    pub(super) fn key(&mut self, socket: &Socket) {
        if self.until.replace(Instant::now() + PAUSE).is_none() {
            socket.volatile().emit("typing", &()).ok();
        }
    }

    /// The line is sent, or empty, or left alone.
    pub(super) fn stop(&mut self, socket: &Socket) {
        if self.until.take().is_some() && socket.connected() {
            socket.emit("stop-typing", &()).ok();
        }
    }

    /// Ready when it is time to [`stop`](Self::stop). Cancel-safe.
    pub(super) async fn pauses(&self) {
        match self.until {
            Some(until) => sleep_until(until).await,
            None => pending().await,
        }
    }

    /// `true` when this is news.
    pub(super) fn starts(&mut self, name: String) -> bool {
        let new = !self.others.contains(&name);
        if new {
            self.others.push(name);
        }
        new
    }

    /// `true` when this is news.
    pub(super) fn stops(&mut self, name: &str) -> bool {
        let before = self.others.len();
        self.others.retain(|other| other != name);
        before != self.others.len()
    }

    /// Who is gone does not type.
    pub(super) fn keep_only(&mut self, online: &[Person]) {
        self.others.retain(|name| online.iter().any(|it| it.name == *name));
    }

    /// As it stands beside the prompt; empty when nobody types.
    pub(super) fn shown(&self) -> String {
        match self.others.as_slice() {
            [] => String::new(),
            [one] => format!("{one} is typing"),
            several if several.len() <= MOST_SHOWN => format!("{} are typing", several.join(", ")),
            several => format!("{} people are typing", several.len()),
        }
    }
}
