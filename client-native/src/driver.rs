//! One task: it performs what the machine asks, and tells it what came of that.
//!
//! ```text
//!            ┌───────────────────────────── one turn ─────────────────────────────┐
//!   sockets ─┤ frames that are here                                               │
//!   requests ┤ answers that are here   ──▶ news ──▶ pump (one lock) ──▶ asks ──▶ perform
//!   clock   ─┤ the deadline                                                       │
//!   handles ─┤ wishes                                                             │
//!            └──────────────────── again while there is news ─────────────────────┘
//! ```

#![allow(clippy::arithmetic_side_effects, reason = "places in a list, and a moment within a year")]

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use sockeye_core::{Input, Instant, Io, Json, TransportId, handle};
use tokio::time::{Sleep, sleep, sleep_until};

use crate::{clock, failure::Failure, net::Net, socket::Socket, trace, websocket::WebSocket};

/// The task of one manager. It ends when the last handle is gone and the goodbye is said.
pub(crate) struct Task {
    driver: handle::Driver,
    net: Net,
    /// What the timer is set to.
    armed: Option<Instant>,
    requests: Vec<Request>,
    sockets: Vec<Socket>,
    goodbyes: Vec<Pin<Box<dyn Future<Output = ()> + Send>>>,
    timer: Option<Pin<Box<Sleep>>>,
    news: Vec<Input<Json>>,
    asks: Vec<Io<Json>>,
    pumped: handle::Pumped,
}

/// A GET, a POST or a WebSocket's handshake under way; dropping it aborts it.
struct Request {
    on: TransportId,
    answer: Pin<Box<dyn Future<Output = Answer> + Send>>,
}

enum Answer {
    News(Input<Json>),
    Opened(Box<WebSocket>),
}

impl Task {
    pub(crate) fn new(driver: handle::Driver, net: Net) -> Self {
        Self {
            driver,
            net,
            armed: None,
            requests: Vec::new(),
            // One is usual, and the first allocation of a list takes room for four.
            sockets: Vec::with_capacity(1),
            goodbyes: Vec::new(),
            timer: None,
            news: Vec::new(),
            asks: Vec::new(),
            pumped: handle::Pumped { deadline: None, read: true, finished: false },
        }
    }

    /// Gathers what has happened; `None` when nothing has, otherwise whether there may be more.
    fn gather(&mut self, cx: &mut Context<'_>) -> Option<bool> {
        let mut more = false;
        self.goodbyes.retain_mut(|it| it.as_mut().poll(cx).is_pending());
        if self.pumped.read {
            self.answers(cx);
            for socket in &mut self.sockets {
                more |= socket.receive(&mut self.news, cx);
            }
        }
        self.write(cx);
        let rung = self.timer.as_mut().is_some_and(|it| it.as_mut().poll(cx).is_ready());
        if rung {
            self.timer = None;
            self.armed = None;
        }
        // Asked in any case, so that the next wish wakes this task.
        let wished = self.driver.poll_wished(cx).is_ready();
        (wished || rung || !self.news.is_empty()).then_some(more)
    }

    /// Goes on with what is being written; `true` when something has left, or an end was met.
    fn write(&mut self, cx: &mut Context<'_>) -> bool {
        let before = self.news.len();
        for socket in &mut self.sockets {
            socket.progress(&mut self.news, cx);
        }
        self.sockets.retain(Socket::is_alive);
        self.news.len() > before
    }

    fn answers(&mut self, cx: &mut Context<'_>) {
        let mut at = 0;
        while let Some(request) = self.requests.get_mut(at) {
            let Poll::Ready(answer) = request.answer.as_mut().poll(cx) else {
                at += 1;
                continue;
            };
            let on = self.requests.swap_remove(at).on;
            self.news.push(match answer {
                Answer::News(news) => news,
                Answer::Opened(socket) => {
                    self.sockets.push(Socket::new(on, *socket));
                    Input::Opened { on }
                }
            });
        }
    }

    fn pump(&mut self) {
        self.news.iter().for_each(trace::news);
        self.pumped = self.driver.pump(&mut self.news, clock::now(), &mut self.asks);
        let mut asks = std::mem::take(&mut self.asks);
        for ask in asks.drain(..) {
            self.perform(ask);
        }
        self.asks = asks;
        self.arm();
    }

    fn perform(&mut self, ask: Io<Json>) {
        trace::ask(&ask);
        let net = self.net.clone();
        let (on, answer): (_, Pin<Box<dyn Future<Output = Answer> + Send>>) = match ask {
            Io::Get { on, url } => (
                on,
                Box::pin(async move {
                    Answer::News(match net.get(&url).await {
                        Ok(body) => Input::Polled { on, body },
                        Err(failure) => news(on, failure),
                    })
                }),
            ),
            Io::Post { on, url, body } => (
                on,
                Box::pin(async move {
                    Answer::News(match net.post(&url, body).await {
                        Ok(()) => Input::Posted { on },
                        Err(failure) => news(on, failure),
                    })
                }),
            ),
            Io::Open { on, url, .. } => (
                on,
                Box::pin(async move {
                    match net.open(&url).await {
                        Ok(socket) => Answer::Opened(Box::new(socket)),
                        Err(failure) => Answer::News(news(on, failure)),
                    }
                }),
            ),
            Io::Send { on, frames } => {
                if let Some(socket) = self.sockets.iter_mut().find(|it| it.on == on) {
                    socket.send(frames);
                }
                return;
            }
            Io::Close { on } => return self.let_go(on),
        };
        self.requests.push(Request { on, answer });
    }

    /// Aborts what is under way there; a WebSocket says goodbye first.
    fn let_go(&mut self, on: TransportId) {
        self.requests.retain(|it| it.on != on);
        if let Some(at) = self.sockets.iter().position(|it| it.on == on) {
            let goodbye = self.sockets.swap_remove(at).goodbye();
            self.goodbyes.push(Box::pin(async move {
                tokio::select! {
                    () = goodbye => {}
                    () = sleep(GOODBYE) => {}
                }
            }));
        }
    }

    /// Sets the timer, if the deadline is another one than before. A millisecond late, so that it is not early.
    fn arm(&mut self) {
        if self.armed == self.pumped.deadline {
            return;
        }
        self.armed = self.pumped.deadline;
        let Some(deadline) = self.armed else {
            self.timer = None;
            return;
        };
        let span = deadline.since(clock::now()).saturating_add(Duration::from_millis(1)).min(LONGEST_SLEEP);
        let at = tokio::time::Instant::now() + span;
        match &mut self.timer {
            Some(timer) => timer.as_mut().reset(at),
            None => self.timer = Some(Box::pin(sleep_until(at))),
        }
    }
}

impl Future for Task {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        loop {
            let anything = this.gather(cx);
            if this.pumped.finished {
                return if this.goodbyes.is_empty() { Poll::Ready(()) } else { Poll::Pending };
            }
            let Some(more) = anything else { return Poll::Pending };
            this.pump();
            // Most writes are done at once: that is known before everything is looked at again.
            if this.write(cx) {
                this.pump();
            }
            if more {
                // Those who listen have their turn before more is read.
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
        }
    }
}

fn news(on: TransportId, failure: Failure) -> Input<Json> {
    match failure {
        Failure::Refused(it) => {
            Input::Refused { on, status: it.status, body: it.body, retry_after: it.retry_after }
        }
        Failure::Broken(error) => Input::Failed { on, error },
    }
}

/// How long a WebSocket's closing handshake may take.
const GOODBYE: Duration = Duration::from_secs(1);
/// A moment that is further away may be none that a clock has; then the machine is asked once in between.
const LONGEST_SLEEP: Duration = Duration::from_hours(24 * 365);
