//! Somebody who is always in the room: a client like any other, so that a person who is alone finds an answer, and the
//! page in a browser a native client to talk to.

mod mind;
mod mouth;

use std::time::Duration;

use sockeye_native::{BuildError, DisconnectReason, Lifecycle, Manager, ManagerBuilder, Socket};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::heard::Heard;
use mind::Mind;
use mouth::Mouth;

/// The name under which the bot joins.
pub const BOT_NAME: &str = "sockeye";

/// After the server has thrown it out on purpose the bot knocks again, but not at once.
const AFTER_THROWN_OUT: Duration = Duration::from_secs(5);

/// How long what it still had to say may take when it leaves.
const GOODBYE: Duration = Duration::from_secs(1);

/// A bot in the chat. Dropping it ends it too; [`leave`](Bot::leave) also says goodbye.
#[derive(Debug)]
#[must_use = "a bot that is dropped leaves"]
pub struct Bot {
    manager: Manager,
    task: JoinHandle<()>,
}

impl Bot {
    /// Goes to the chat at `url`, and goes again whenever the connection is lost. It does not wait until it is there.
    pub fn join(url: &str) -> Result<Self, BuildError> {
        let manager = ManagerBuilder::new(url)?.build()?;
        let task = tokio::spawn(live(manager.socket("/")));
        Ok(Self { manager, task })
    }

    /// Finishes its sentence and leaves.
    pub async fn leave(self) {
        self.manager.drain(GOODBYE).await;
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Listens, thinks, speaks. One thing at a time: while the mouth types, the ears stay open.
async fn live(socket: Socket) {
    let mut heard = socket.on_any();
    let mut life = socket.lifecycle();
    let mut mind = Mind::new(BOT_NAME);
    let mut mouth = Mouth::new(socket.clone());
    socket.connect();

    loop {
        tokio::select! {
            biased;
            change = life.next() => match change {
                Some(Lifecycle::Connect { .. }) => {
                    // The server forgets who was where with every connection.
                    mind.enters();
                    socket.emit("user-join", BOT_NAME).ok();
                }
                Some(Lifecycle::Disconnect { reason, .. }) => {
                    mouth.shut();
                    if reason == DisconnectReason::IoServerDisconnect {
                        sleep(AFTER_THROWN_OUT).await;
                        socket.connect();
                    }
                }
                Some(_) => {}
                None => return,
            },
            message = heard.next() => match message {
                // What it does not understand it passes over, as people do.
                Some(message) => for answer in Heard::read(&message).map(|it| mind.hears(it)).unwrap_or_default() {
                    mouth.say(answer);
                },
                None => return,
            },
            () = mouth.moves() => {}
        }
    }
}
