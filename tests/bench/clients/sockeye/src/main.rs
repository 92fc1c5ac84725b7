//! Sockeye, by its public API only.

use bench_common::{
    Args, Case, Client, Error, Result,
    payload::{Item, batch_sum, text_sum},
};
use sockeye_native::{Events, ManagerBuilder, Message, Socket, Transport};

struct Sockeye {
    socket: Socket,
    /// The one event the case is about.
    events: Events<Message>,
}

fn main() -> Result<()> {
    bench_common::main::<Sockeye>()
}

impl Client for Sockeye {
    const NAME: &'static str = "sockeye";

    async fn connect(args: &Args) -> Result<Self> {
        let manager = ManagerBuilder::new(args.url.as_str())?
            .config(|config| config.transports = vec![Transport::WebSocket])
            .build()?;
        let socket = manager.socket("/");
        let events = socket.on(match args.case {
            Case::In => "tick",
            Case::In16k => "batch",
            Case::Out | Case::PingPong | Case::Idle => "done",
        });
        socket.connect().await?;
        Ok(Self { socket, events })
    }

    async fn receive_texts(&mut self, count: u64) -> Result<u64> {
        self.socket.emit("run", &("in", count))?;
        let mut sum = 0;
        for _ in 0..count {
            let message = self.events.next().await.ok_or_else(ended)?;
            sum += text_sum(message.data()?);
        }
        Ok(sum)
    }

    async fn receive_batches(&mut self, count: u64) -> Result<u64> {
        self.socket.emit("run", &("in16k", count))?;
        let mut sum = 0;
        for _ in 0..count {
            let message = self.events.next().await.ok_or_else(ended)?;
            let items: Vec<Item> = message.data()?;
            sum += batch_sum(&items);
        }
        Ok(sum)
    }

    async fn send_texts(&mut self, texts: &[String], count: u64) -> Result<u64> {
        self.socket.emit("run", &("out", count))?;
        for (text, _) in texts.iter().cycle().zip(0..count) {
            // Refused when 10,000 events wait.
            while self.socket.emit("msg", text).is_err() {
                self.socket.writable().await;
            }
        }
        let message = self.events.next().await.ok_or_else(ended)?;
        Ok(message.data()?)
    }

    async fn round_trips(&mut self, texts: &[String], count: u64) -> Result<u64> {
        let mut sum = 0;
        for (text, _) in texts.iter().cycle().zip(0..count) {
            let acked = self.socket.emit_with_ack("ping", text)?.await?;
            sum += text_sum(acked.ack_data()?);
        }
        Ok(sum)
    }
}

fn ended() -> Error {
    Error::from("the stream ended")
}
