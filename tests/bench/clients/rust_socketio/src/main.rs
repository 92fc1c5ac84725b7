//! `rust_socketio` 0.6. It calls back and hands out nothing to await, so what a case is waiting for goes through
//! [`Progress`]: counters that the callback moves, and a wake-up at the end.

use bench_common::{
    Args, Case, Client, Error, Result,
    payload::{Item, batch_sum, text_sum},
};
use futures_util::future::BoxFuture;
use rust_socketio::{
    Event, Payload, TransportType,
    asynchronous::{Client as Socket, ClientBuilder},
};
use serde_json::{Value, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::sync::{Notify, mpsc};

const ACK_TIMEOUT: Duration = Duration::from_secs(30);

#[derive(Default)]
struct Progress {
    left: AtomicU64,
    sum: AtomicU64,
    finished: Notify,
}

impl Progress {
    fn expect(&self, count: u64) {
        self.left.store(count, Relaxed);
        self.sum.store(0, Relaxed);
    }

    fn add(&self, value: u64) {
        self.sum.fetch_add(value, Relaxed);
        if self.left.fetch_sub(1, Relaxed) == 1 {
            self.finished.notify_one();
        }
    }

    async fn finish(&self) -> u64 {
        self.finished.notified().await;
        self.sum.load(Relaxed)
    }
}

struct RustSocketio {
    socket: Socket,
    progress: Arc<Progress>,
}

fn main() -> Result<()> {
    bench_common::main::<RustSocketio>()
}

/// A callback that does all of its work before it returns, the cheapest there is.
fn on(
    progress: &Arc<Progress>,
    value: fn(Value) -> u64,
) -> impl FnMut(Payload, Socket) -> BoxFuture<'static, ()> + use<> {
    let progress = Arc::clone(progress);
    move |payload, _| {
        progress.add(first(payload).map_or(0, value));
        Box::pin(std::future::ready(()))
    }
}

fn first(payload: Payload) -> Option<Value> {
    match payload {
        Payload::Text(values) => values.into_iter().next(),
        _ => None,
    }
}

fn tick(value: Value) -> u64 {
    if let Value::String(text) = value { text_sum(&text) } else { 0 }
}

fn batch(value: Value) -> u64 {
    // From the value and not from a reference to it: the strings are moved.
    serde_json::from_value::<Vec<Item>>(value).map_or(0, |items| batch_sum(&items))
}

fn done(value: Value) -> u64 {
    if let Value::Number(count) = value { count.as_u64().unwrap_or(0) } else { 0 }
}

/// The payload of an acknowledgement is the array of its arguments, as one value.
fn acked(value: Value) -> u64 {
    match value {
        Value::Array(arguments) => arguments.into_iter().next().map_or(0, tick),
        _ => 0,
    }
}

impl RustSocketio {
    async fn run(&self, case: Case, count: u64) -> Result<()> {
        Ok(self.socket.emit("run", Payload::Text(vec![json!(case.name()), json!(count)])).await?)
    }
}

impl Client for RustSocketio {
    const NAME: &'static str = "rust_socketio";

    async fn connect(args: &Args) -> Result<Self> {
        let progress = Arc::new(Progress::default());
        progress.expect(1);
        let builder = ClientBuilder::new(args.url.as_str())
            .transport_type(TransportType::Websocket)
            .on(Event::Connect, on(&progress, |_| 0));
        let builder = match args.case {
            Case::In => builder.on("tick", on(&progress, tick)),
            Case::In16k => builder.on("batch", on(&progress, batch)),
            Case::Out => builder.on("done", on(&progress, done)),
            Case::PingPong | Case::Idle => builder,
        };
        let socket = builder.connect().await?;
        // `connect` returns before the server has confirmed anything.
        progress.finish().await;
        Ok(Self { socket, progress })
    }

    async fn receive_texts(&mut self, count: u64) -> Result<u64> {
        self.progress.expect(count);
        self.run(Case::In, count).await?;
        Ok(self.progress.finish().await)
    }

    async fn receive_batches(&mut self, count: u64) -> Result<u64> {
        self.progress.expect(count);
        self.run(Case::In16k, count).await?;
        Ok(self.progress.finish().await)
    }

    async fn send_texts(&mut self, texts: &[String], count: u64) -> Result<u64> {
        self.progress.expect(1);
        self.run(Case::Out, count).await?;
        for (text, _) in texts.iter().cycle().zip(0..count) {
            // Not `text.as_str()`: a string is first tried as JSON. A value says what it is.
            self.socket.emit("msg", Value::String(text.clone())).await?;
        }
        Ok(self.progress.finish().await)
    }

    async fn round_trips(&mut self, texts: &[String], count: u64) -> Result<u64> {
        let (acks, mut sums) = mpsc::unbounded_channel();
        let mut sum = 0;
        for (text, _) in texts.iter().cycle().zip(0..count) {
            let acks = acks.clone();
            let callback = move |payload: Payload, _: Socket| -> BoxFuture<'static, ()> {
                // The other end is gone only when the case has failed already.
                let _ = acks.send(first(payload).map_or(0, acked));
                Box::pin(std::future::ready(()))
            };
            self.socket.emit_with_ack("ping", Value::String(text.clone()), ACK_TIMEOUT, callback).await?;
            sum += sums.recv().await.ok_or_else(|| Error::from("no acknowledgement"))?;
        }
        Ok(sum)
    }
}
