//! One connection: handshake, CONNECT, then what the client asks for.

use crate::{
    canned::{Canned, Chunk},
    frame::{Frame, Kind, text_frame},
    upgrade,
};
use bench_common::{Result, payload::TEXT_LEN};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The heartbeat is so slow that no run sees one.
const HANDSHAKE: &[u8] =
    br#"0{"sid":"bench","upgrades":[],"pingInterval":600000,"pingTimeout":600000,"maxPayload":100000000}"#;
const CONNECTED: &[u8] = br#"40{"sid":"bench"}"#;
const EVENT: &[u8] = br#"42["msg","#;
/// `42["msg","` + text + `"]`
const EVENT_LEN: usize = EVENT.len() + TEXT_LEN + 3;
const IDLE_BUFFER: usize = 1024;
const BUSY_BUFFER: usize = 256 * 1024;

/// Serves one client until it goes.
pub async fn run(mut stream: TcpStream, canned: &Canned) -> Result<()> {
    stream.set_nodelay(true)?;
    upgrade::accept(&mut stream).await?;
    let mut session = Session { stream, buffer: Vec::with_capacity(IDLE_BUFFER), expected: 0, counted: 0 };
    session.send(HANDSHAKE).await?;
    session.serve(canned).await
}

struct Session {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// How many events the client said it would send.
    expected: u64,
    counted: u64,
}

impl Session {
    async fn serve(&mut self, canned: &Canned) -> Result<()> {
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Ok(());
            }
            let mut at = 0;
            while let Some(frame) = Frame::parse(&self.buffer, at)? {
                at = frame.end();
                match frame.kind {
                    Kind::Text if self.counts(frame)? => {}
                    Kind::Text => {
                        let text = String::from_utf8(frame.payload(&self.buffer))?;
                        self.command(&text, canned).await?;
                    }
                    Kind::Close => return Ok(()),
                    Kind::Other => {}
                }
            }
            self.buffer.drain(..at);
            if self.expected > 0 && self.counted == self.expected {
                let done = format!(r#"42["done",{}]"#, self.counted);
                (self.expected, self.counted) = (0, 0);
                self.send(done.as_bytes()).await?;
            }
        }
    }

    /// Counts the frame if it is one of the events announced.
    fn counts(&mut self, frame: Frame) -> Result<bool> {
        if self.counted == self.expected || !frame.starts_with(&self.buffer, EVENT) {
            return Ok(false);
        }
        if frame.len() != EVENT_LEN {
            return Err(format!("an event of {} bytes, expected {EVENT_LEN}", frame.len()).into());
        }
        self.counted += 1;
        Ok(true)
    }

    async fn command(&mut self, text: &str, canned: &Canned) -> Result<()> {
        if text == "3" || text.starts_with("41") {
            return Ok(()); // a pong nobody asked for (rust_socketio begins with one), a goodbye
        }
        if text.starts_with("40") {
            return self.send(CONNECTED).await;
        }
        if let Some(reply) = acknowledgement(text) {
            return self.send(reply.as_bytes()).await;
        }
        let (case, count) = run_command(text).ok_or_else(|| format!("not understood: {text}"))?;
        if self.buffer.capacity() < BUSY_BUFFER {
            self.buffer.reserve_exact(BUSY_BUFFER);
        }
        match case {
            "in" => self.pour(&canned.ticks, count).await,
            "in16k" => self.pour(&canned.batches, count).await,
            "out" => {
                (self.expected, self.counted) = (count, 0);
                Ok(())
            }
            _ => Err(format!("no such case: {case}").into()),
        }
    }

    async fn pour(&mut self, chunk: &Chunk, count: u64) -> Result<()> {
        for piece in chunk.pieces(count) {
            self.stream.write_all(piece).await?;
        }
        Ok(())
    }

    async fn send(&mut self, payload: &[u8]) -> Result<()> {
        let mut frame = Vec::with_capacity(payload.len() + 10);
        text_frame(&mut frame, payload);
        Ok(self.stream.write_all(&frame).await?)
    }
}

/// `42<id>["ping",x]` is answered with `43<id>[x]`.
fn acknowledgement(text: &str) -> Option<String> {
    let (id, argument) = text.strip_prefix("42")?.split_once(r#"["ping","#)?;
    Some(format!("43{id}[{argument}"))
}

/// `42["run","in",300000]`
fn run_command(text: &str) -> Option<(&str, u64)> {
    let (case, count) = text.strip_prefix(r#"42["run",""#)?.strip_suffix(']')?.split_once(r#"","#)?;
    Some((case, count.parse().ok()?))
}
