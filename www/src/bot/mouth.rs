//! Says one thing after the other, and shows that it types before it does.

use std::collections::VecDeque;
use std::future::pending;
use std::time::Duration;

use serde_json::json;
use sockeye_native::Socket;
use tokio::time::{Instant, sleep_until};

use super::mind::Words;

/// Long enough to be seen, short enough not to be waited for.
const TYPES_FOR: Duration = Duration::from_millis(600);

/// Beyond this somebody makes fun of it, and it lets the rest pass.
const MOST_TO_SAY: usize = 20;

pub(super) struct Mouth {
    socket: Socket,
    to_say: VecDeque<Words>,
    /// Until when it types what is first in line.
    typing: Option<Instant>,
}

impl Mouth {
    pub(super) fn new(socket: Socket) -> Self {
        Self { socket, to_say: VecDeque::new(), typing: None }
    }

    pub(super) fn say(&mut self, words: Words) {
        if self.to_say.len() < MOST_TO_SAY {
            self.to_say.push_back(words);
            self.start();
        }
    }

    /// The room is gone, and with it who would have listened.
    pub(super) fn shut(&mut self) {
        self.to_say.clear();
        self.typing = None;
    }

    /// Ready each time something was said. Cancel-safe.
    pub(super) async fn moves(&mut self) {
        match self.typing {
            Some(until) => sleep_until(until).await,
            None => pending().await,
        }
        self.typing = None;
        if let Some(Words { text, to }) = self.to_say.pop_front() {
            let message = match to {
                None => {
                    self.socket.emit("stop-typing", &()).ok();
                    json!({ "text": text })
                }
                Some(id) => json!({ "text": text, "to": id }),
            };
            self.socket.emit("chat-message", &message).ok();
        }
        self.start();
    }

    fn start(&mut self) {
        let (None, Some(Words { to, .. })) = (self.typing, self.to_say.front()) else { return };
        self.typing = Some(Instant::now() + TYPES_FOR);
        // All would see it.
        if to.is_none() {
            self.socket.emit("typing", &()).ok();
        }
    }
}
