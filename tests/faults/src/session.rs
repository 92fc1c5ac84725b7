//! A session of Engine.IO, whatever carries it: what waits to be said, what was heard, and what an honest server does.

use std::{
    collections::VecDeque,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{sync::watch, time::sleep};

use crate::faults::{bytes::Names, case::Script, log::Log, step::Step};

/// What is to be said next on one carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Out {
    Text(Vec<u8>),
    Binary(Vec<u8>),
    /// The same so many times.
    Many(usize, Box<Out>),
    /// A polling body as it is.
    Body(Vec<u8>),
    /// Bytes past all framing.
    Raw(Option<Duration>, Vec<u8>),
    Deaf,
    Close(u16, Vec<u8>),
    Cut,
    Reset,
}

/// A queue that can be waited for.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    queue: Mutex<VecDeque<Out>>,
    news: watch::Sender<()>,
}

/// ```text
///   polling ── `5` on a probe ──▶ websocket        anything ── close, cut, end ──▶ ended
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    Polling,
    WebSocket,
    Ended,
}

#[derive(Debug)]
pub(crate) struct Session {
    /// Counted from 1, for the log.
    pub(crate) number: usize,
    pub(crate) faulty: bool,
    pub(crate) script: Arc<Script>,
    pub(crate) names: Names,
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) carrier: watch::Sender<Carrier>,
    heard: watch::Sender<Vec<String>>,
    joined: AtomicBool,
    log: Arc<Log>,
}

impl Outbox {
    pub(crate) fn push(&self, out: Out) {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).push_back(out);
        self.news.send_replace(());
    }

    pub(crate) fn pop(&self) -> Option<Out> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    /// The next one. Cancel-safe.
    pub(crate) async fn next(&self) -> Out {
        let mut news = self.news.subscribe();
        loop {
            if let Some(out) = self.pop() {
                return out;
            }
            // The sender is ours, so this cannot fail.
            let _ = news.changed().await;
        }
    }

    /// All packets that wait, as one body; or the one thing at the head that is no packet.
    pub(crate) async fn batch(&self) -> Vec<Out> {
        let mut batch = vec![self.next().await];
        while is_packet(&batch[0]) {
            let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
            match queue.pop_front_if(|out| is_packet(out)) {
                Some(out) => batch.push(out),
                None => break,
            }
        }
        batch
    }
}

fn is_packet(out: &Out) -> bool {
    matches!(out, Out::Text(_) | Out::Binary(_) | Out::Many(..))
}

impl Session {
    pub(crate) fn new(
        number: usize,
        faulty: bool,
        script: &Arc<Script>,
        names: &Names,
        log: &Arc<Log>,
        carrier: Carrier,
    ) -> Arc<Self> {
        let session = Arc::new(Self {
            number,
            faulty,
            script: Arc::clone(script),
            names: Names { sid: format!("sid-{number}"), ..names.clone() },
            outbox: Arc::default(),
            carrier: watch::Sender::new(carrier),
            heard: watch::Sender::default(),
            joined: AtomicBool::new(false),
            log: Arc::clone(log),
        });
        session.outbox.push(Out::Text(session.handshake(carrier)));
        session.run(&session.script.opened);
        let beating = Arc::clone(&session);
        tokio::spawn(async move {
            while !beating.has_ended() {
                sleep(beating.script.ping.0).await;
                beating.outbox.push(Out::Text(b"2".to_vec()));
            }
        });
        session
    }

    /// What the client said.
    pub(crate) fn hears(self: &Arc<Self>, packet: Result<&str, usize>) {
        let text = match packet {
            Ok(text) => text.to_owned(),
            // With what stands before them, so that a case can say what that must be (F089).
            Err(bytes) => {
                let heard = self.heard.borrow();
                format!("<{bytes} bytes> behind {}", heard.last().map_or("", String::as_str))
            }
        };
        self.log.add(format!("heard {text}"));
        self.heard.send_modify(|heard| heard.push(text));
        let Ok(packet) = packet else { return };
        if packet == "1" {
            self.end();
        } else if let Some(rest) = packet.strip_prefix("40") {
            self.joins(rest);
        } else if let Some(rest) = packet.strip_prefix("42") {
            self.answers(rest);
        }
    }

    /// Until its carrier is one of these. Cancel-safe.
    pub(crate) async fn until(&self, is: impl Fn(Carrier) -> bool) {
        // The sender is ours, so this cannot fail.
        let _ = self.carrier.subscribe().wait_for(|it| is(*it)).await;
    }

    pub(crate) fn has_ended(&self) -> bool {
        *self.carrier.borrow() == Carrier::Ended
    }

    pub(crate) fn end(&self) {
        self.carrier.send_replace(Carrier::Ended);
    }

    /// Does these things one after the other, on the session's own carrier, if it is a faulty one.
    pub(crate) fn run(self: &Arc<Self>, steps: &[Step]) {
        self.run_on(steps, &self.outbox);
    }

    pub(crate) fn run_on(self: &Arc<Self>, steps: &[Step], outbox: &Arc<Outbox>) {
        if self.faulty {
            let (session, steps, outbox) = (Arc::clone(self), steps.to_vec(), Arc::clone(outbox));
            tokio::spawn(async move {
                for step in &steps {
                    session.step(step, &outbox).await;
                }
            });
        }
    }

    fn handshake(&self, carrier: Carrier) -> Vec<u8> {
        if let Some(handshake) = self.script.handshake.as_ref().filter(|_| self.faulty) {
            return handshake.bytes(&self.names);
        }
        let (interval, timeout) = self.script.ping;
        let upgrades = if carrier == Carrier::Polling { r#""websocket""# } else { "" };
        format!(
            r#"0{{"sid":"{}","upgrades":[{upgrades}],"pingInterval":{},"pingTimeout":{},"maxPayload":{}}}"#,
            self.names.sid,
            interval.as_millis(),
            timeout.as_millis(),
            self.script.payload,
        )
        .into_bytes()
    }

    fn joins(self: &Arc<Self>, rest: &str) {
        let name = if rest.starts_with('/') { rest.split(',').next().unwrap_or(rest) } else { "/" };
        let rules = if self.faulty { self.script.namespaces.as_slice() } else { &[] };
        match rules.iter().find(|rule| rule.0 == name) {
            Some((_, Some(answer))) => self.outbox.push(Out::Text(answer.bytes(&self.names))),
            Some((_, None)) => {}
            None => {
                let prefix = if name == "/" { String::new() } else { format!("{name},") };
                let answer = format!(r#"40{prefix}{{"sid":"{}{name}"}}"#, self.names.sid);
                self.outbox.push(Out::Text(answer.into_bytes()));
            }
        }
        if name == "/" && !self.joined.swap(true, Ordering::Relaxed) {
            // A moment later, so that no client takes the fault for one of the joining.
            let pause = Step::Wait(Duration::from_millis(60));
            self.run(&[std::slice::from_ref(&pause), &self.script.joined].concat());
            if !self.faulty {
                self.outbox.push(Out::Text(br#"42["after"]"#.to_vec()));
            }
        }
    }

    fn answers(&self, rest: &str) {
        let (name, rest) = match rest.split_once(',').filter(|_| rest.starts_with('/')) {
            Some((name, rest)) => (format!("{name},"), rest),
            None => (String::new(), rest),
        };
        let id: String = rest.chars().take_while(char::is_ascii_digit).collect();
        if !id.is_empty() && !self.faulty {
            self.outbox.push(Out::Text(format!(r#"43{name}{id}["well"]"#).into_bytes()));
        }
    }

    fn step<'a>(
        self: &'a Arc<Self>,
        step: &'a Step,
        outbox: &'a Arc<Outbox>,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(async move {
            match step {
                Step::Wait(time) => sleep(*time).await,
                Step::Await(text) => {
                    let mut heard = self.heard.subscribe();
                    let _ = heard.wait_for(|heard| heard.iter().any(|it| it.starts_with(text))).await;
                }
                Step::Forever(pause, what) => {
                    while !self.has_ended() {
                        self.step(what, outbox).await;
                        sleep(*pause).await;
                    }
                }
                _ => outbox.push(self.out(step)),
            }
        })
    }

    fn out(&self, step: &Step) -> Out {
        let names = &self.names;
        match step {
            Step::Say(it) => Out::Text(it.bytes(names)),
            Step::Bytes(it) => Out::Binary(it.bytes(names)),
            Step::Body(it) => Out::Body(it.bytes(names)),
            Step::Raw { pause, bytes } => Out::Raw(*pause, bytes.bytes(names)),
            Step::Flood(count, what) => Out::Many(*count, Box::new(self.out(what))),
            Step::Deaf => Out::Deaf,
            Step::Close(code, reason) => Out::Close(*code, reason.bytes(names)),
            Step::Reset => Out::Reset,
            Step::Cut | Step::Wait(_) | Step::Await(_) | Step::Forever(..) => Out::Cut,
        }
    }
}
