//! The floor: what a program costs that speaks Engine.IO and Socket.IO by hand over tokio-tungstenite, with no
//! abstraction in between, and no more generality than the case needs.

mod wire;

use bench_common::{Args, Client, Result, payload};
use futures_util::{SinkExt, StreamExt};
use std::any::Any;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{Error, Message, Utf8Bytes, protocol::WebSocketConfig},
};
use wire::Packet;

/// Events between two flushes.
const BURST: u64 = 1024;
/// The library clears the whole buffer before each read, so its default of 128 KiB costs 4 µs a round trip, and 128 KiB
/// a connection; this is the size at which no case gets slower.
const READ_BUFFER: usize = 16 * 1024;

struct Floor {
    socket: WebSocketStream<TcpStream>,
    next_id: u64,
}

fn main() -> Result<()> {
    bench_common::main::<Floor>()
}

impl Floor {
    /// The next packet that is not about the connection itself.
    async fn next(&mut self) -> Result<Utf8Bytes> {
        loop {
            match self.socket.next().await.ok_or(Error::ConnectionClosed)?? {
                Message::Text(text) if text.starts_with('2') => self.socket.send(Message::text("3")).await?,
                Message::Text(text) => return Ok(text),
                Message::Close(_) => return Err(Error::ConnectionClosed.into()),
                _ => {}
            }
        }
    }

    async fn run(&mut self, case: &str, count: u64) -> Result<()> {
        Ok(self.socket.send(Message::text(format!(r#"42["run","{case}",{count}]"#))).await?)
    }
}

impl Client for Floor {
    const NAME: &'static str = "floor";

    async fn connect(args: &Args) -> Result<Self> {
        let address = args.url.strip_prefix("http://").ok_or("an http URL is needed")?.trim_end_matches('/');
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let request = format!("ws://{address}/socket.io/?EIO=4&transport=websocket");
        let config = WebSocketConfig::default().read_buffer_size(READ_BUFFER);
        let (socket, _) = client_async_with_config(request, stream, Some(config)).await?;
        let mut floor = Self { socket, next_id: 0 };
        if !floor.next().await?.starts_with('0') {
            return Err("no handshake".into());
        }
        floor.socket.send(Message::text("40")).await?;
        if floor.next().await?.starts_with("40") { Ok(floor) } else { Err("not connected".into()) }
    }

    async fn receive_texts(&mut self, count: u64) -> Result<u64> {
        self.run("in", count).await?;
        let (mut seen, mut sum) = (0, 0);
        while seen < count {
            let text = self.next().await?;
            if let Packet::Tick(text) = wire::parse(&text)? {
                sum += payload::text_sum(text);
                seen += 1;
            }
        }
        Ok(sum)
    }

    async fn receive_batches(&mut self, count: u64) -> Result<u64> {
        self.run("in16k", count).await?;
        let (mut seen, mut sum) = (0, 0);
        while seen < count {
            let text = self.next().await?;
            if let Packet::Batch(items) = wire::parse(&text)? {
                sum += payload::batch_sum(&items);
                seen += 1;
            }
        }
        Ok(sum)
    }

    async fn send_texts(&mut self, texts: &[String], count: u64) -> Result<u64> {
        self.run("out", count).await?;
        let mut burst = 0;
        for (text, _) in texts.iter().cycle().zip(0..count) {
            self.socket.feed(wire::event("42", "msg", text)?).await?;
            burst += 1;
            if burst == BURST {
                self.socket.flush().await?;
                burst = 0;
            }
        }
        self.socket.flush().await?;
        loop {
            let text = self.next().await?;
            if let Packet::Done(count) = wire::parse(&text)? {
                return Ok(count);
            }
        }
    }

    async fn round_trips(&mut self, texts: &[String], count: u64) -> Result<u64> {
        let mut sum = 0;
        for (text, _) in texts.iter().cycle().zip(0..count) {
            let id = self.next_id;
            self.next_id += 1;
            self.socket.send(wire::event(&format!("42{id}"), "ping", text)?).await?;
            loop {
                let text = self.next().await?;
                if let Packet::Ack(acked, text) = wire::parse(&text)?
                    && acked == id
                {
                    sum += payload::text_sum(text);
                    break;
                }
            }
        }
        Ok(sum)
    }

    fn park(mut self) -> Box<dyn Any + Send> {
        Box::new(tokio::spawn(async move { while self.next().await.is_ok() {} }))
    }
}
