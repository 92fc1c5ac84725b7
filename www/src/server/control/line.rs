//! A line to a server that can be cut, shut, silenced and slowed while connections are on it.

use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::sleep;

/// Listens on a port of the loopback for as long as it lives.
pub(super) struct Line {
    port: u16,
    weather: watch::Sender<Weather>,
    task: AbortHandle,
}

/// What is wrong with it.
#[derive(Clone, Copy)]
struct Weather {
    door: Door,
    delay: Duration,
    /// Where it leads.
    port: u16,
    /// How often everything was cut.
    cuts: u64,
}

/// Who may pass.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Door {
    Open,
    /// What is on the line is cut, and what comes is turned away.
    Shut,
    /// Nothing passes, and nobody is told: what is sent waits.
    Silent,
}

impl Door {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Shut => "shut",
            Self::Silent => "silent",
        }
    }
}

impl Line {
    /// A line to `port`.
    pub(super) async fn start(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let here = listener.local_addr()?.port();
        let (weather, seen) =
            watch::channel(Weather { door: Door::Open, delay: Duration::ZERO, port, cuts: 0 });
        let task = tokio::spawn(accept(listener, seen)).abort_handle();
        Ok(Self { port: here, weather, task })
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn door(&self) -> Door {
        self.weather.borrow().door
    }

    pub(super) fn delay(&self) -> Duration {
        self.weather.borrow().delay
    }

    /// What comes from now on goes to that port.
    pub(super) fn lead_to(&self, port: u16) {
        self.weather.send_modify(|it| it.port = port);
    }

    /// Ends every connection, once.
    pub(super) fn cut(&self) {
        self.weather.send_modify(|it| it.cuts += 1);
    }

    pub(super) fn set_door(&self, door: Door) {
        self.weather.send_modify(|it| {
            it.door = door;
            it.cuts += u64::from(door == Door::Shut);
        });
    }

    /// How long everything takes, in each direction.
    pub(super) fn set_delay(&self, delay: Duration) {
        self.weather.send_modify(|it| it.delay = delay);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, weather: watch::Receiver<Weather>) {
    // With this task end those of the connections.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            Ok((client, _)) = listener.accept() => {
                let now = *weather.borrow();
                if now.door != Door::Shut {
                    connections.spawn(carry(client, now, weather.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Carries what both sides say until one of them ends, or the line is cut.
async fn carry(client: TcpStream, then: Weather, weather: watch::Receiver<Weather>) {
    let Ok(server) = TcpStream::connect((Ipv4Addr::LOCALHOST, then.port)).await else { return };
    client.set_nodelay(true).ok();
    server.set_nodelay(true).ok();
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let mut cut = weather.clone();
    tokio::select! {
        () = pump(from_client, to_server, weather.clone()) => {}
        () = pump(from_server, to_client, weather) => {}
        _ = cut.wait_for(|now| now.cuts != then.cuts) => {}
    }
}

async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut weather: watch::Receiver<Weather>,
) {
    let mut chunk = vec![0; CHUNK];
    while let Ok(length @ 1..) = from.read(&mut chunk).await {
        let delay = weather.borrow().delay;
        if !delay.is_zero() {
            sleep(delay).await;
        }
        if weather.wait_for(|now| now.door != Door::Silent).await.is_err()
            || to.write_all(&chunk[..length]).await.is_err()
        {
            return;
        }
    }
}

const CHUNK: usize = 16 * 1024;
