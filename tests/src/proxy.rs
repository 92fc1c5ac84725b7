//! A network that can be spoilt while it runs: a TCP proxy on the loopback.
//!
//! ```text
//!   client ──▶ door ──▶ pump: hold, delay, slice, throttle, stroke ──▶ server
//!          ◀────────── pump: the same, and the trap                ◀──
//! ```
//!
//! It has a thread and a runtime of its own, so that a story may count the tasks of its runtime.

use std::{
    net::{Ipv4Addr, TcpListener as StdListener},
    sync::{Arc, Mutex, PoisonError, Weak},
    thread,
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime::Builder,
    sync::watch,
    time::sleep,
};

use crate::{
    gusts::{Gusts, Way},
    strokes::{Stroke, Strokes},
    words::{Door, Ending},
};

/// A proxy to one port; it ends when it is dropped, with all its connections.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    weather: Arc<watch::Sender<Weather>>,
    listening: watch::Receiver<bool>,
    trap: Trap,
}

#[derive(Clone, Debug, Default)]
struct Weather {
    down: bool,
    black_hole: bool,
    door: Door,
    delay: Duration,
    slice: Option<usize>,
    bytes_per_second: Option<u32>,
    /// Of what is drawn for each connection, beside all else.
    seed: Option<u64>,
    /// Of the strokes that are drawn as well.
    storm: Option<u64>,
    /// How often all connections were ended, and how the last time.
    ended: (u64, Option<Ending>),
}

/// What to wait for in the server's words, and what to do in the midst of it, once.
type Trap = Arc<Mutex<Option<(Vec<u8>, Ending)>>>;

impl Proxy {
    /// Listens on a free port, in front of `upstream`.
    pub fn start(upstream: u16) -> Self {
        let listener =
            StdListener::bind((Ipv4Addr::LOCALHOST, crate::servers::free_port())).expect("a free port");
        listener.set_nonblocking(true).expect("a listener that does not block");
        let port = listener.local_addr().expect("its address").port();
        let (weather, receiver) = watch::channel(Weather { seed: seed(), ..Weather::default() });
        let (told, listening) = watch::channel(true);
        let weather = Arc::new(weather);
        let trap = Trap::default();
        let sky = Sky { weather: Arc::downgrade(&weather), trap: Arc::clone(&trap) };
        thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(serve(listener, upstream, receiver, told, sky));
        });
        Self { port, weather, listening, trap }
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where clients find it.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Resets every connection and refuses new ones; returns when it does.
    pub async fn down(&self) {
        self.weather.send_modify(|it| {
            it.down = true;
            it.ended = (it.ended.0 + 1, Some(Ending::Reset));
        });
        self.is_listening(false).await;
    }

    /// Takes connections again.
    pub async fn up(&self) {
        self.weather.send_modify(|it| it.down = false);
        self.is_listening(true).await;
    }

    /// Whether bytes disappear: connections stand and are accepted, and nothing moves.
    pub fn black_hole(&self, on: bool) {
        self.weather.send_modify(|it| it.black_hole = on);
    }

    /// How a `WebSocket`, or a session of WebTransport, is received from now on.
    pub fn door(&self, door: Door) {
        self.weather.send_modify(|it| it.door = door);
    }

    /// How long every piece is held.
    pub fn delay(&self, delay: Duration) {
        self.weather.send_modify(|it| it.delay = delay);
    }

    /// Passes at most so many bytes at once, each piece a packet of its own.
    pub fn slice(&self, bytes: Option<usize>) {
        self.weather.send_modify(|it| it.slice = bytes);
    }

    /// Passes so many bytes per second in each direction of each connection.
    pub fn bandwidth(&self, bytes_per_second: Option<u32>) {
        self.weather.send_modify(|it| it.bytes_per_second = bytes_per_second);
    }

    /// Ends every connection that stands; new ones are taken.
    pub fn end(&self, ending: Ending) {
        self.weather.send_modify(|it| it.ended = (it.ended.0 + 1, Some(ending)));
    }

    /// Strikes some of the connections that are made from now on, at bytes that a seed draws: they end, or the link is cut, or
    /// silent for a while. When it is over, what stands is spared.
    pub fn storm(&self, on: bool) {
        self.weather.send_modify(|it| it.storm = on.then(|| seed().unwrap_or(1)));
    }

    /// Does `ending` to the connection on which the server next says `marker`, in the midst of it.
    pub fn when_server_says(&self, marker: &str, ending: Ending) {
        *self.trap.lock().unwrap_or_else(PoisonError::into_inner) = Some((marker.into(), ending));
    }

    async fn is_listening(&self, wanted: bool) {
        let mut listening = self.listening.clone();
        listening.wait_for(|is| *is == wanted).await.expect("the proxy runs");
    }
}

/// What a connection may change for all of them, or once for all.
#[derive(Clone)]
struct Sky {
    weather: Weak<watch::Sender<Weather>>,
    trap: Trap,
}

/// `SOCKEYE_WEATHER`: what is drawn for each connection through a proxy, in front of every server of the stories: pieces,
/// delays, jitter, bandwidth, slow ends; and another storm where a story asks for one.
pub(crate) fn seed() -> Option<u64> {
    let seed = std::env::var("SOCKEYE_WEATHER").ok()?;
    Some(seed.parse().expect("SOCKEYE_WEATHER is a number"))
}

async fn serve(
    listener: StdListener,
    upstream: u16,
    mut weather: watch::Receiver<Weather>,
    told: watch::Sender<bool>,
    sky: Sky,
) {
    let port = listener.local_addr().expect("its address").port();
    let mut listener = Some(TcpListener::from_std(listener).expect("a listener of tokio's"));
    let mut count = 0;
    loop {
        let now = weather.borrow_and_update().clone();
        if now.down {
            listener = None;
        } else if listener.is_none() {
            listener = Some(TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.expect("its port again"));
        }
        told.send_replace(listener.is_some());
        let changed = match &listener {
            None => weather.changed().await,
            Some(listener) => tokio::select! {
                changed = weather.changed() => changed,
                accepted = listener.accept() => {
                    if let Ok((client, _)) = accepted {
                        // An ending since this turn began is one for this connection, too, and so is a storm.
                        let (born, storm) = (now.ended.0, weather.borrow().storm);
                        let lots = [Way::Up, Way::Down].map(|way| Lot {
                            way,
                            gusts: now.seed.map(|seed| Gusts::new(seed, count, way)),
                            strokes: storm.map(|seed| Strokes::new(seed, count)),
                        });
                        count += 1;
                        tokio::spawn(connection(client, upstream, weather.clone(), sky.clone(), born, lots));
                    }
                    Ok(())
                }
            },
        };
        if changed.is_err() {
            return;
        }
    }
}

/// What was drawn for one direction of one connection.
struct Lot {
    way: Way,
    gusts: Option<Gusts>,
    strokes: Option<Strokes>,
}

async fn connection(
    mut client: TcpStream,
    upstream: u16,
    mut weather: watch::Receiver<Weather>,
    sky: Sky,
    born: u64,
    lots: [Lot; 2],
) {
    let carried = weather.clone();
    let ending = tokio::select! {
        ending = carry(&mut client, upstream, carried, &sky, lots) => ending.err(),
        ended = weather.wait_for(|it| it.ended.0 != born) => ended.map_or(None, |it| it.ended.1),
    };
    match ending {
        Some(Ending::Reset) => drop(client.set_zero_linger()),
        Some(Ending::HalfClosed) => {
            let _ = client.shutdown().await;
            let _ = tokio::io::copy(&mut client, &mut tokio::io::sink()).await;
        }
        _ => {}
    }
}

async fn carry(
    client: &mut TcpStream,
    upstream: u16,
    weather: watch::Receiver<Weather>,
    sky: &Sky,
    [above, below]: [Lot; 2],
) -> Result<(), Ending> {
    let mut head = [0; 2_048];
    let seen = client.peek(&mut head).await.unwrap_or(0);
    let head = String::from_utf8_lossy(head.get(..seen).unwrap_or_default()).to_ascii_lowercase();
    let is_upgrade = ["upgrade: websocket", "upgrade: webtransport"].iter().any(|it| head.contains(it));
    let door = if is_upgrade { weather.borrow().door } else { Door::Open };
    match door {
        Door::Open => {}
        Door::Slow(time) => sleep(time).await,
        Door::Silent => {
            let _ = tokio::io::copy(client, &mut tokio::io::sink()).await;
            return Ok(());
        }
        Door::Refused => {
            let mut request = [0; 2_048];
            let _ = client.read(&mut request).await;
            let _ = client.write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n").await;
            return Ok(());
        }
    }
    let Ok(mut server) = TcpStream::connect((Ipv4Addr::LOCALHOST, upstream)).await else {
        return Err(Ending::Reset);
    };
    // Without this the kernel would join the slices again.
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (from_client, to_client) = client.split();
    let (from_server, to_server) = server.split();
    let up = pump(from_client, to_server, weather.clone(), sky, above);
    let down = pump(from_server, to_client, weather, sky, below);
    tokio::try_join!(up, down).map(drop)
}

async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut weather: watch::Receiver<Weather>,
    sky: &Sky,
    Lot { way, mut gusts, mut strokes }: Lot,
) -> Result<(), Ending> {
    let mut buffer = vec![0; 16 << 10];
    let mut owed = Duration::ZERO;
    loop {
        let count = from.read(&mut buffer).await.map_err(|_| Ending::Reset)?;
        let Some(bytes) = buffer.get_mut(..count).filter(|it| !it.is_empty()) else { break };
        let sprung = if way == Way::Down { spring(&sky.trap, bytes) } else { None };
        let sprung = strokes.as_mut().and_then(|it| sky.strike(it.strike(way, bytes.len())?)).or(sprung);
        let (bytes, ending) = match sprung {
            Some((at, Ending::Corrupted)) => {
                // Another letter, so that text stays text where it is not looked into.
                bytes[at] ^= 1;
                (&*bytes, None)
            }
            Some((at, ending)) => (bytes.get(..at).unwrap_or_default(), Some(ending)),
            None => (&*bytes, None),
        };
        let _ = weather.wait_for(|it| !it.black_hole).await;
        let now = weather.borrow().clone();
        sleep(now.delay + gusts.as_mut().map_or(Duration::ZERO, Gusts::hold)).await;
        let mut rest = bytes;
        while !rest.is_empty() {
            let drawn = gusts.as_mut().map_or(usize::MAX, |it| it.piece(rest.len()));
            let (piece, after) = rest.split_at(drawn.min(now.slice.unwrap_or(usize::MAX)).min(rest.len()));
            to.write_all(piece).await.map_err(|_| Ending::Reset)?;
            let told = now
                .bytes_per_second
                .map_or(Duration::ZERO, |rate| Duration::from_secs(piece.len() as u64) / rate);
            owed += told.max(gusts.as_ref().map_or(Duration::ZERO, |it| it.passage(piece.len())));
            // A timer is no finer.
            if owed >= Duration::from_millis(1) {
                sleep(owed).await;
                owed = Duration::ZERO;
            } else if !after.is_empty() {
                // The receiver's turn, so that it meets each piece alone.
                tokio::task::yield_now().await;
            }
            rest = after;
        }
        if let Some(ending) = ending {
            return Err(ending);
        }
    }
    if let Some(gusts) = &mut gusts {
        sleep(gusts.closing()).await;
    }
    // An end disappears like any word.
    let _ = weather.wait_for(|it| !it.black_hole).await;
    let _ = to.shutdown().await;
    Ok(())
}

impl Sky {
    /// What becomes of a connection that is struck, and where.
    fn strike(&self, (at, stroke): (usize, Stroke)) -> Option<(usize, Ending)> {
        let weather = self.weather.upgrade()?;
        weather.borrow().storm?;
        let (span, change): (_, fn(&mut Weather, bool)) = match stroke {
            Stroke::Connection(ending) => return Some((at, ending)),
            Stroke::Silence(span) => (span, |it, on| it.black_hole = on),
            Stroke::Link(span) => (span, |it, on| {
                it.down = on;
                it.ended = (it.ended.0 + u64::from(on), Some(Ending::Reset));
            }),
        };
        weather.send_modify(|it| change(it, true));
        let weather = Arc::downgrade(&weather);
        tokio::spawn(async move {
            sleep(span).await;
            if let Some(weather) = weather.upgrade() {
                weather.send_modify(|it| change(it, false));
            }
        });
        None
    }
}

/// Where in the midst of the marker to act, if it is here and was not met before.
fn spring(trap: &Trap, bytes: &[u8]) -> Option<(usize, Ending)> {
    let mut trap = trap.lock().unwrap_or_else(PoisonError::into_inner);
    let (marker, ending) = trap.as_ref()?;
    let at = bytes.windows(marker.len()).position(|it| it == marker.as_slice())?;
    let found = (at + marker.len() / 2, *ending);
    *trap = None;
    Some(found)
}
