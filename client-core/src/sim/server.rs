//! The smallest honest server: Engine.IO 4 and Socket.IO 5, as strict as the reference server.

mod namespaces;
mod packets;
mod session;

use alloc::{
    collections::VecDeque,
    string::{String, ToString},
    vec::Vec,
};
use core::time::Duration;
use std::format;

use bytes::Bytes;
use bytestring::ByteString;

use super::network::{Up, text};
use crate::{
    error::CloseDetails,
    input::{Input, TransportId},
    time::{Instant, earliest},
    wire::{Frame, Json},
};
pub use namespaces::Policy;
use session::{Link, Session};

/// The server, with what a test may change about it. Public fields hold for what comes after they are changed.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own that a test may turn")]
pub struct Server {
    /// Time between a pong and the next ping. Default 25 s.
    pub ping_interval: Duration,
    /// How long a pong may take. Default 20 s.
    pub ping_timeout: Duration,
    /// The longest body or message it takes. Default 1,000,000.
    pub max_payload: usize,
    /// Whether sessions over polling may move to WebSocket. Default true.
    pub upgrades: bool,
    /// Whether lost sessions are kept, for two minutes (section 1.9). Default false.
    pub recovery: bool,
    /// Whether events that ask for an answer get one: their own arguments. Default true.
    pub acknowledges: bool,
    /// Sent in place of the handshake. Default none.
    pub opening: Option<String>,
    /// Sent behind the handshake, in the same body: what socketioxide does (F010). Default none.
    pub behind_opening: Vec<String>,
    /// Answers to requests that would open a session. Default none.
    pub refusal: Option<Refusal>,
    /// Said on the probe in place of `3probe`; empty for nothing. Default none.
    pub probe_answer: Option<String>,
    /// Takes connections and says nothing, ever (F011). Default false.
    pub mute: bool,
    sessions: Vec<Session>,
    policies: Vec<(String, Policy)>,
    kept: Vec<namespaces::Kept>,
    sent: Vec<namespaces::Logged>,
    received: Vec<String>,
    offences: Vec<String>,
    out: VecDeque<Input<Json>>,
    ids: u32,
    ack_ids: u32,
}

/// An HTTP error.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Status.
    pub status: u16,
    /// Body.
    pub body: String,
    /// The header `Retry-After`.
    pub retry_after: Option<Duration>,
}

impl Server {
    pub(super) fn new() -> Self {
        Self {
            ping_interval: Duration::from_secs(25),
            ping_timeout: Duration::from_secs(20),
            max_payload: 1_000_000,
            upgrades: true,
            recovery: false,
            acknowledges: true,
            opening: None,
            behind_opening: Vec::new(),
            refusal: None,
            probe_answer: None,
            mute: false,
            sessions: Vec::new(),
            policies: Vec::new(),
            kept: Vec::new(),
            sent: Vec::new(),
            received: Vec::new(),
            offences: Vec::new(),
            out: VecDeque::new(),
            ids: 0,
            ack_ids: 0,
        }
    }

    /// What came from clients: every Socket.IO packet, without its Engine.IO type, in order; attachments follow
    /// their packet as `<n bytes>`.
    pub fn received(&self) -> Vec<&str> {
        self.received.iter().map(String::as_str).collect()
    }

    /// Forgets what came.
    pub fn clear_received(&mut self) {
        self.received.clear();
    }

    /// What clients did for which the reference server ends the session. An honest client never does any.
    pub fn offences(&self) -> &[String] {
        &self.offences
    }

    /// How many sessions stand.
    pub fn sessions(&self) -> usize {
        self.sessions.len()
    }

    /// Forgets everything, as a restart does. Nobody is told.
    pub fn restart(&mut self) {
        self.sessions.clear();
        self.kept.clear();
        self.sent.clear();
    }

    /// Sends an Engine.IO packet, or what is none, to every session.
    pub fn send_raw(&mut self, packet: &str) {
        for session in &mut self.sessions {
            session.queue.push_back(text(packet));
        }
        self.flush();
    }

    /// Sends bytes to every session, announced or not.
    pub fn send_raw_binary(&mut self, bytes: &[u8]) {
        for session in &mut self.sessions {
            session.queue.push_back(super::network::binary(bytes));
        }
        self.flush();
    }

    /// Answers the GETs that wait with this body, whatever it is.
    pub fn answer_polls(&mut self, body: &str) {
        for session in &mut self.sessions {
            if let Link::Polling { on, get } = &mut session.link
                && core::mem::take(get)
            {
                self.out.push_back(Input::Polled { on: *on, body: body.into() });
            }
        }
    }

    /// Ends every session; over polling with a close packet, over WebSocket with this code.
    pub fn close_sessions(&mut self, code: u16) {
        while let Some(session) = self.sessions.pop() {
            self.say_goodbye(&session, code);
        }
    }

    /// Ends every session as the reference server does when it shuts down: sessions can be recovered.
    fn say_goodbye(&mut self, session: &Session, code: u16) {
        self.keep(session);
        match session.link {
            Link::Polling { on, get: true } => self.out.push_back(Input::Polled { on, body: "1".into() }),
            Link::Polling { .. } => {}
            Link::WebSocket { on } => self.hang_up(on, code),
        }
        if let Some(on) = session.probe {
            self.hang_up(on, code);
        }
    }

    pub(super) fn handle(&mut self, up: Up, now: Instant) {
        if self.mute {
            return;
        }
        match up {
            Up::Get { on, url } => self.get(on, &url, now),
            Up::Post { on, url, body } => self.post(on, &url, &body, now),
            Up::Open { on, url } => self.open(on, &url, now),
            Up::Frame { on, frame } => self.frame(on, frame, now),
            Up::Gone { on } => self.gone(on),
        }
        self.flush();
    }

    pub(super) fn take_out(&mut self) -> Option<Input<Json>> {
        self.out.pop_front()
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        self.sessions.iter().map(Session::deadline).fold(None, earliest)
    }

    pub(super) fn handle_timeout(&mut self, now: Instant) {
        let mut at = 0;
        while let Some(session) = self.sessions.get_mut(at) {
            if session.handle_timeout(now, self.ping_timeout) {
                at += 1;
            } else {
                let session = self.sessions.remove(at);
                self.say_goodbye(&session, 1005);
            }
        }
        self.flush();
    }

    fn get(&mut self, on: TransportId, url: &str, now: Instant) {
        let Some(sid) = sid(url) else { return self.begin(Link::Polling { on, get: true }, now) };
        let Some(at) = self.find(sid) else { return self.refuse(on, 1, "Session ID unknown") };
        match &mut self.sessions[at].link {
            Link::Polling { get, .. } if *get => {
                self.refuse(on, 3, "overlap");
                self.offend(at, "a second GET in flight");
            }
            Link::Polling { get, on: own } => {
                *get = true;
                *own = on;
            }
            Link::WebSocket { .. } => self.refuse(on, 3, "Bad request"),
        }
    }

    fn post(&mut self, on: TransportId, url: &str, body: &ByteString, now: Instant) {
        let Some(at) = sid(url).and_then(|sid| self.find(sid)) else {
            return self.refuse(on, 1, "Session ID unknown");
        };
        if body.len() > self.max_payload {
            self.offences.push(format!("a body of {} bytes", body.len()));
            let (body, retry_after) = (ByteString::new(), None);
            return self.out.push_back(Input::Refused { on, status: 413, body, retry_after });
        }
        let sid = self.sessions[at].sid.clone();
        for packet in body.split('\u{1e}') {
            let Some(at) = self.find(&sid) else { break };
            self.packet(at, packet, now);
        }
        self.out.push_back(Input::Posted { on });
    }

    fn open(&mut self, on: TransportId, url: &str, now: Instant) {
        let Some(sid) = sid(url) else { return self.begin(Link::WebSocket { on }, now) };
        match self.find(sid).map(|at| &mut self.sessions[at]) {
            Some(session) if matches!(session.link, Link::Polling { .. }) && session.probe.is_none() => {
                session.probe = Some(on);
                self.out.push_back(Input::Opened { on });
            }
            Some(_) => self.refuse(on, 3, "Bad request"),
            None => self.refuse(on, 1, "Session ID unknown"),
        }
    }

    fn frame(&mut self, on: TransportId, frame: Frame<Json>, now: Instant) {
        if frame.len() > self.max_payload {
            self.offences.push(format!("a message of {} bytes", frame.len()));
            self.gone(on);
            return self.hang_up(on, 1009);
        }
        let Some(at) = self.sessions.iter().position(|it| it.owns(on)) else { return };
        if self.sessions[at].probe == Some(on) {
            return self.probe(at, on, frame, now);
        }
        match frame {
            Frame::Text(text) => self.packet(at, &text, now),
            Frame::Binary(bytes) => self.attachment(at, bytes, now),
        }
    }

    fn probe(&mut self, at: usize, on: TransportId, frame: Frame<Json>, now: Instant) {
        let answer = self.probe_answer.clone();
        let session = &mut self.sessions[at];
        match frame {
            Frame::Text(packet) if packet == "2probe" => {
                session.noop_at = Some(now);
                let answer = answer.unwrap_or_else(|| "3probe".to_string());
                if !answer.is_empty() {
                    self.out.push_back(Input::Received { on, frame: text(&answer) });
                }
            }
            Frame::Text(packet) if packet == "5" => {
                if let Link::Polling { on, get: true } = session.link {
                    self.out.push_back(Input::Polled { on, body: "6".into() });
                }
                session.link = Link::WebSocket { on };
                session.probe = None;
                session.noop_at = None;
            }
            _ => {
                self.offences.push("something else than a probe".to_string());
                self.gone(on);
                self.hang_up(on, 1005);
            }
        }
    }

    fn gone(&mut self, on: TransportId) {
        let Some(at) = self.sessions.iter().position(|it| it.owns(on)) else { return };
        let session = &mut self.sessions[at];
        if session.probe == Some(on) {
            session.probe = None;
            session.noop_at = None;
        } else if !matches!(session.link, Link::Polling { get: false, .. }) {
            // A GET that ends without an answer ends the session, too (F029).
            let session = self.sessions.remove(at);
            self.keep(&session);
        }
    }

    fn begin(&mut self, link: Link, now: Instant) {
        let on = link.id();
        if let Some(Refusal { status, body, retry_after }) = self.refusal.clone() {
            return self.out.push_back(Input::Refused { on, status, body: body.into(), retry_after });
        }
        self.ids += 1;
        let sid = format!("sid{}", self.ids);
        let upgrades =
            if self.upgrades && matches!(link, Link::Polling { .. }) { "[\"websocket\"]" } else { "[]" };
        let opening = self.opening.clone().unwrap_or_else(|| {
            format!(
                "0{{\"sid\":\"{sid}\",\"upgrades\":{upgrades},\"pingInterval\":{},\"pingTimeout\":{},\"maxPayload\":{}}}",
                self.ping_interval.as_millis(),
                self.ping_timeout.as_millis(),
                self.max_payload
            )
        });
        if matches!(link, Link::WebSocket { .. }) {
            self.out.push_back(Input::Opened { on });
        }
        let mut session = Session::new(sid, link, now.after(self.ping_interval), now);
        session.queue.push_back(text(&opening));
        session.queue.extend(self.behind_opening.iter().map(|packet| text(packet)));
        self.sessions.push(session);
    }

    /// What waits goes out wherever it can.
    fn flush(&mut self) {
        for session in &mut self.sessions {
            session.flush(&mut self.out);
        }
    }

    fn find(&self, sid: &str) -> Option<usize> {
        self.sessions.iter().position(|it| it.sid == sid)
    }

    fn refuse(&mut self, on: TransportId, code: u8, message: &str) {
        let body = format!("{{\"code\":{code},\"message\":\"{message}\"}}").into();
        self.out.push_back(Input::Refused { on, status: 400, body, retry_after: None });
    }

    fn hang_up(&mut self, on: TransportId, code: u16) {
        let details = CloseDetails::WebSocket { code, reason: String::new() };
        self.out.push_back(Input::Closed { on, details });
    }

    /// Ends a session whose client broke the rules.
    fn offend(&mut self, at: usize, what: &str) {
        self.offences.push(what.to_string());
        let session = self.sessions.remove(at);
        self.say_goodbye(&session, 1005);
    }
}

fn sid(url: &str) -> Option<&str> {
    let from = url.find("&sid=")? + "&sid=".len();
    url[from..].split('&').next()
}

/// Bytes, for the transcript of what came.
fn describe(bytes: &Bytes) -> String {
    format!("<{} bytes>", bytes.len())
}
