//! One task of the page: it performs what the machine asks, and tells it what came of that.
//!
//! ```text
//!             ┌───────────────────── one turn, in a microtask ─────────────────────┐
//!   callbacks ┤ frames, answers, the page's life                                   │
//!   timer     ┤ the deadline                ──▶ news ──▶ pump (one lock) ──▶ asks ──▶ perform
//!   handles   ┤ wishes                                       └──▶ listeners, in turns of their own
//!             └──────────────────── again while there is news ─────────────────────┘
//! ```
//!
//! A callback of the page only leaves its news and wakes this task, and listeners are only woken by it: so nothing is ever
//! entered twice, whatever a listener does.

use std::{
    future::Future,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
    time::Duration,
};

use sockeye_core::{Input, Io, IoErrorKind, Json, Transport, TransportId, handle};

use super::{
    clock,
    failure::{Failure, broken},
    fetch::Fetch,
    lifecycle::{Lifecycle, Told},
    timer::Timer,
    websocket::WebSocket,
};

/// The task of one manager. It ends when the last handle is gone and the goodbye is said, and takes everything along:
/// requests, sockets, timer, listeners.
pub(crate) struct Task {
    driver: handle::Driver,
    net: Net,
    requests: Vec<Request>,
    sockets: Vec<WebSocket>,
    timer: Timer,
    news: Vec<Input<Json>>,
    asks: Vec<Io<Json>>,
    pumped: handle::Pumped,
}

/// How the network is reached.
pub(crate) struct Net {
    pub(crate) server: Rc<str>,
    pub(crate) fetch: Rc<Fetch>,
    pub(crate) subprotocols: Vec<String>,
    pub(crate) longest_message: usize,
    pub(crate) lifecycle: Option<Lifecycle>,
    /// Whether the server is on this computer, where being offline means nothing (A-120).
    pub(crate) is_local: bool,
}

/// A GET or a POST under way; dropping it aborts it.
struct Request {
    on: TransportId,
    answer: Pin<Box<dyn Future<Output = Input<Json>>>>,
}

impl Task {
    pub(crate) fn new(driver: handle::Driver, net: Net) -> Self {
        Self {
            driver,
            net,
            requests: Vec::new(),
            sockets: Vec::new(),
            timer: Timer::default(),
            news: Vec::new(),
            asks: Vec::new(),
            pumped: handle::Pumped { deadline: None, read: true, finished: false },
        }
    }

    /// Gathers what has happened; whether anything has.
    fn gather(&mut self, cx: &mut Context<'_>) -> bool {
        let told = self.listen_to_the_page(cx);
        if self.pumped.read {
            self.answers(cx);
            for socket in &mut self.sockets {
                socket.receive(&mut self.news, cx);
            }
            self.sockets.retain(WebSocket::is_alive);
        }
        for socket in &mut self.sockets {
            socket.progress(&mut self.news);
        }
        let rang = self.timer.poll_rang(cx);
        // Asked in any case, so that the next wish wakes this task.
        let wished = self.driver.poll_wished(cx).is_ready();
        told || wished || rang || !self.news.is_empty()
    }

    fn listen_to_the_page(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(lifecycle) = &self.net.lifecycle else { return false };
        let told = lifecycle.take(cx);
        for told in &told {
            match told {
                Told::Online => self.driver.online(clock::now()),
                Told::Offline if self.net.is_local => {}
                Told::Offline | Told::PutAway => self.news.push(Input::Offline),
                // The next pump looks at every deadline.
                Told::Back => {}
            }
        }
        !told.is_empty()
    }

    fn answers(&mut self, cx: &mut Context<'_>) {
        let news = &mut self.news;
        self.requests.retain_mut(|request| match request.answer.as_mut().poll(cx) {
            Poll::Ready(answer) => {
                news.push(answer);
                false
            }
            Poll::Pending => true,
        });
    }

    fn pump(&mut self) {
        self.pumped = self.driver.pump(&mut self.news, clock::now(), &mut self.asks);
        let mut asks = std::mem::take(&mut self.asks);
        for ask in asks.drain(..) {
            self.perform(ask);
        }
        self.asks = asks;
        self.arm();
    }

    fn perform(&mut self, ask: Io<Json>) {
        let fetch = Rc::clone(&self.net.fetch);
        match ask {
            Io::Get { on, url } => self.request(on, async move {
                match fetch.get(&url).await {
                    Ok(body) => Input::Polled { on, body },
                    Err(failure) => news(on, failure),
                }
            }),
            Io::Post { on, url, body } => self.request(on, async move {
                match fetch.post(&url, &body).await {
                    Ok(()) => Input::Posted { on },
                    Err(failure) => news(on, failure),
                }
            }),
            Io::Open { on, transport: Transport::WebTransport, .. } => {
                let error =
                    broken(IoErrorKind::Other, "WebTransport is not here yet: leave it out of `transports`");
                self.news.push(Input::Failed { on, error });
            }
            Io::Open { on, url, .. } => {
                let server = Rc::clone(&self.net.server);
                match WebSocket::open(on, &url, &self.net.subprotocols, server, self.net.longest_message) {
                    Ok(socket) => self.sockets.push(socket),
                    Err(error) => self.news.push(Input::Failed { on, error }),
                }
            }
            Io::Send { on, frames } => {
                if let Some(socket) = self.sockets.iter_mut().find(|it| it.on == on) {
                    socket.send(&frames);
                }
            }
            Io::Close { on } => {
                self.requests.retain(|it| it.on != on);
                self.sockets.retain(|it| it.on != on);
            }
        }
    }

    fn request(&mut self, on: TransportId, answer: impl Future<Output = Input<Json>> + 'static) {
        self.requests.push(Request { on, answer: Box::pin(answer) });
    }

    /// Sets the timer to the machine's deadline, or sooner while a page's socket has to be asked whether it has sent.
    fn arm(&mut self) {
        let now = clock::now();
        let soon = self.sockets.iter().any(WebSocket::is_sending).then(|| now.after(SENT_YET));
        self.timer.set(soon.into_iter().chain(self.pumped.deadline).min(), now);
    }
}

impl Future for Task {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        while this.gather(cx) {
            this.pump();
            if this.pumped.finished {
                return Poll::Ready(());
            }
        }
        Poll::Pending
    }
}

fn news(on: TransportId, failure: Failure) -> Input<Json> {
    match failure {
        Failure::Refused { status, body, retry_after } => Input::Refused { on, status, body, retry_after },
        Failure::Broken(error) => Input::Failed { on, error },
    }
}

/// How often a socket that has much to send is asked for what is left.
const SENT_YET: Duration = Duration::from_millis(10);
