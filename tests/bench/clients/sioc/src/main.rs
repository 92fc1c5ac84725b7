//! sioc 0.5: typed events through its bounded channels, 32 places each by default.

use bench_common::{
    Args, Client, Error, Result,
    payload::{Item, batch_sum, text_sum},
};
use sioc::prelude::{
    AckType, Client as Connection, ClientBuilder, DeserializePayload, DynEvent, Event, EventType,
    SerializePayload, Signal, SocketReceiver, SocketSender, TransportStrategy,
};
use std::sync::OnceLock;
use url::Url;

// The trait cannot borrow from what it reads: an incoming text has to be a `String`.
#[derive(Debug, EventType, DeserializePayload)]
struct Tick(String);

#[derive(Debug, EventType, DeserializePayload)]
struct Batch(Vec<Item>);

#[derive(Debug, EventType, DeserializePayload)]
struct Done(u64);

#[derive(Debug, EventType, SerializePayload)]
struct Run(&'static str, u64);

#[derive(Debug, EventType, SerializePayload)]
struct Msg<'a>(&'a str);

#[derive(Debug, EventType, SerializePayload)]
#[sioc(event(ack = "Pong"))]
struct Ping<'a>(&'a str);

#[derive(Debug, AckType, DeserializePayload)]
struct Pong(String);

struct Sioc {
    sender: SocketSender,
    receiver: SocketReceiver,
    /// Its tasks end when it is dropped.
    _connection: Connection,
}

fn main() -> Result<()> {
    bench_common::main::<Sioc>()
}

impl Sioc {
    async fn next<E>(&mut self) -> Result<E>
    where
        Event<E>: TryFrom<DynEvent, Error = sioc::error::EventError>,
        E: EventType,
    {
        let event = self.receiver.listen::<Event<E>>().await?;
        Ok(event.ok_or_else(|| Error::from("the connection ended"))?.payload)
    }
}

impl Client for Sioc {
    const NAME: &'static str = "sioc";

    async fn connect(args: &Args) -> Result<Self> {
        // Every client would build an HTTP client of its own, also where only WebSocket is used.
        static HTTP: OnceLock<reqwest::Client> = OnceLock::new();
        let http = HTTP.get_or_init(reqwest::Client::new).clone();
        let connection = ClientBuilder::new(Url::parse(&args.url)?)
            .transport(TransportStrategy::WebSocket)
            .http_client(http)
            .open()?;
        let (sender, mut receiver) = connection.connect("/").await?;
        match receiver.recv().await {
            Some(Signal::Connect(_)) => Ok(Self { sender, receiver, _connection: connection }),
            other => Err(format!("expected a connect, got {other:?}").into()),
        }
    }

    async fn receive_texts(&mut self, count: u64) -> Result<u64> {
        self.sender.emit(Run("in", count)).await?;
        let mut sum = 0;
        for _ in 0..count {
            let Tick(text) = self.next().await?;
            sum += text_sum(&text);
        }
        Ok(sum)
    }

    async fn receive_batches(&mut self, count: u64) -> Result<u64> {
        self.sender.emit(Run("in16k", count)).await?;
        let mut sum = 0;
        for _ in 0..count {
            let Batch(items) = self.next().await?;
            sum += batch_sum(&items);
        }
        Ok(sum)
    }

    async fn send_texts(&mut self, texts: &[String], count: u64) -> Result<u64> {
        self.sender.emit(Run("out", count)).await?;
        for (text, _) in texts.iter().cycle().zip(0..count) {
            self.sender.emit(Msg(text)).await?;
        }
        let Done(count) = self.next().await?;
        Ok(count)
    }

    async fn round_trips(&mut self, texts: &[String], count: u64) -> Result<u64> {
        let mut sum = 0;
        for (text, _) in texts.iter().cycle().zip(0..count) {
            let Pong(text) = self.sender.emit(Ping(text)).await?.await?.payload;
            sum += text_sum(&text);
        }
        Ok(sum)
    }
}
