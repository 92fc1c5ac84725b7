//! The WebSocket half: a session's carrier from the start, or a probe that may become one.

use std::{io, sync::Arc};

use tokio::{
    io::{AsyncWriteExt, BufReader},
    sync::{mpsc, watch},
    task::JoinHandle,
};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::faults::{
    bytes::Names,
    frames::{self, BINARY, CLOSE, Frame, PONG, TEXT},
    http::{self, Request},
    server::{Shared, Then, perform},
    session::{Carrier, Out, Outbox, Session},
    stream::{Reader, Writer},
};

/// ```text
///   probe ── `5` ──▶ carrier        both end with the connection
/// ```
struct Socket {
    session: Arc<Session>,
    /// What a probe has to say.
    probe: Option<Arc<Outbox>>,
    writer: Writer,
    frames: mpsc::Receiver<io::Result<Frame>>,
    deaf: watch::Sender<bool>,
}

pub(crate) async fn connection(
    shared: &Shared,
    request: &Request,
    mut reader: BufReader<Reader>,
    mut writer: Writer,
) -> io::Result<()> {
    let known = shared.session(request);
    let (attempt, number, faulty) = match &known {
        Some(session) => (None, shared.count(session, "upgrade"), session.faulty),
        None => {
            let attempt = shared.attempt();
            (Some(attempt), attempt.0, attempt.1)
        }
    };
    let key = request.header("sec-websocket-key").unwrap_or_default();
    let names = Names { accept: derive_accept_key(key.as_bytes()), ..shared.names.clone() };
    let rule = shared.reply("upgrade", number).filter(|_| faulty);
    match perform(rule, &names, &mut reader, &mut writer).await? {
        Then::Honest => {}
        Then::Reset => {
            writer.reset();
            return Ok(());
        }
        Then::NextRequest | Then::Close => return Ok(()),
    }
    let accept = format!(
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\
         sec-websocket-accept: {}\r\n\r\n",
        names.accept
    );
    writer.write_all(accept.as_bytes()).await?;
    let (session, probe) = match (known, attempt) {
        (Some(session), _) => (session, Some(Arc::default())),
        (None, attempt) => (shared.open(attempt.unwrap_or((0, false)), Carrier::WebSocket), None),
    };
    let deaf = watch::Sender::new(false);
    let (reading, frames) = read_all(reader, deaf.subscribe());
    let socket = Socket { session, probe, writer, frames, deaf };
    let (session, probe, writer, reset) = socket.carry(shared).await;
    // A probe that went is no session that went.
    if !probe {
        session.end();
    }
    shared.log.add(if probe { "probe ended" } else { "socket ended" });
    reading.abort();
    // It was aborted: only that it is over matters.
    let _ = reading.await;
    if reset {
        writer.reset();
    }
    Ok(())
}

/// Reads beside the writing, as both sides may be full at once.
fn read_all(
    mut reader: BufReader<Reader>,
    mut deaf: watch::Receiver<bool>,
) -> (JoinHandle<()>, mpsc::Receiver<io::Result<Frame>>) {
    let (sender, frames) = mpsc::channel(1_024);
    let reading = tokio::spawn(async move {
        loop {
            let frame = tokio::select! {
                frame = frames::read(&mut reader) => frame,
                () = until(&mut deaf) => return std::future::pending().await,
            };
            let over = frame.is_err();
            if sender.send(frame).await.is_err() || over {
                return;
            }
        }
    });
    (reading, frames)
}

async fn until(deaf: &mut watch::Receiver<bool>) {
    // The sender lives as long as the socket.
    let _ = deaf.wait_for(|it| *it).await;
}

impl Socket {
    /// Until its end: whether it was a probe still, and whether the end is to be a reset.
    async fn carry(mut self, shared: &Shared) -> (Arc<Session>, bool, Writer, bool) {
        let session = Arc::clone(&self.session);
        loop {
            let outbox = self.probe.clone().unwrap_or_else(|| Arc::clone(&self.session.outbox));
            tokio::select! {
                frame = self.frames.recv() => match frame {
                    Some(Ok(frame)) => if !self.hears(frame) { break },
                    Some(Err(why)) => {
                        shared.log.add(format!("socket lost: {why}"));
                        break;
                    }
                    None => break,
                },
                out = outbox.next() => {
                    let reset = out == Out::Reset;
                    if !matches!(self.say(out).await, Ok(true)) {
                        return (self.session, self.probe.is_some(), self.writer, reset);
                    }
                }
                // Whoever ended the session elsewhere ended this, too.
                () = session.until(|it| it == Carrier::Ended) => break,
            }
        }
        (self.session, self.probe.is_some(), self.writer, false)
    }

    fn hears(&mut self, frame: Frame) -> bool {
        let probe = self.probe.clone();
        let outbox = probe.as_ref().unwrap_or(&self.session.outbox);
        match frame {
            Frame::Text(text) if probe.is_some() && text == "2probe" => {
                self.session.hears(Ok(&text));
                if self.session.faulty && !self.session.script.probing.is_empty() {
                    self.session.run_on(&self.session.script.probing, outbox);
                } else {
                    outbox.push(Out::Text(b"3probe".to_vec()));
                    // The poll that is under way has to end before the upgrade can.
                    self.session.outbox.push(Out::Text(b"6".to_vec()));
                }
            }
            Frame::Text(text) if probe.is_some() && text == "5" => {
                self.session.hears(Ok(&text));
                self.probe = None;
                self.session.carrier.send_replace(Carrier::WebSocket);
            }
            Frame::Text(text) => self.session.hears(Ok(&text)),
            Frame::Binary(bytes) => self.session.hears(Err(bytes.len())),
            Frame::Ping(data) => outbox.push(Out::Raw(None, frames::whole(PONG, &data))),
            Frame::Pong => self.session.hears(Ok("<pong>")),
            Frame::Close(code) => {
                self.session.hears(Ok(&format!("<close {}>", code.unwrap_or(1005))));
                return false;
            }
        }
        true
    }

    /// `false` at the end.
    async fn say(&mut self, out: Out) -> io::Result<bool> {
        match out {
            Out::Text(text) => self.writer.write_all(&frames::whole(TEXT, &text)).await?,
            Out::Binary(bytes) => self.writer.write_all(&frames::whole(BINARY, &bytes)).await?,
            Out::Many(count, what) => {
                let one = match *what {
                    Out::Text(text) => frames::whole(TEXT, &text),
                    Out::Binary(bytes) => frames::whole(BINARY, &bytes),
                    Out::Raw(_, bytes) => bytes,
                    _ => Vec::new(),
                };
                // By and by: what is said a million times need not be in memory a million times.
                let at_once = (1 << 16) / one.len().max(1) + 1;
                let pieces = one.repeat(at_once.min(count));
                let mut left = count;
                while left > 0 {
                    let now = left.min(at_once);
                    self.writer.write_all(&pieces[..now * one.len()]).await?;
                    left -= now;
                }
            }
            Out::Raw(pause, bytes) => http::raw(&mut self.writer, pause, &bytes).await?,
            // There are no bodies here.
            Out::Body(_) => {}
            Out::Deaf => drop(self.deaf.send_replace(true)),
            Out::Close(code, reason) => {
                let payload = [u16::to_be_bytes(code).as_slice(), &reason].concat();
                let payload = if code == 0 { Vec::new() } else { payload };
                self.writer.write_all(&frames::whole(CLOSE, &payload)).await?;
                self.writer.flush().await?;
                return Ok(false);
            }
            Out::Cut | Out::Reset => return Ok(false),
        }
        self.writer.flush().await?;
        Ok(true)
    }
}
