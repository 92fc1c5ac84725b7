//! A client, an honest server, a network between them and a clock: all of them values.
//!
//! Nothing here takes time or luck. A week passes in a moment, and the same seed gives the same run. So a test
//! reads: given this network, when this happens, then these events.
//!
//! ```
//! use core::time::Duration;
//! use sockeye_core::{Config, sim::Sim};
//!
//! let mut sim = Sim::new(Config::new("http://localhost"));
//! sim.network.latency = Duration::from_millis(40);
//! let chat = sim.socket("/chat");
//!
//! // Given a connection,
//! sim.connect(chat);
//! sim.run_for(Duration::from_secs(1));
//! assert_eq!(sim.take_events(), ["open", "/chat connect", "upgrade websocket"]);
//!
//! // when it is lost, and the application goes on talking,
//! sim.lose_connection();
//! sim.run_for(Duration::from_millis(1));
//! sim.emit(chat, "say", &"are you there?");
//! sim.run_until("/chat connect");
//!
//! // then nothing that it said is.
//! sim.run_for(Duration::from_secs(1));
//! assert!(sim.server.received().contains(&r#"2/chat,["say","are you there?"]"#));
//! ```
//!
//! While it runs it holds the client to the laws that every driver relies on (one GET and one POST at a time,
//! every answer settled once …) and panics when one is broken: that is a bug of this crate, not of your test.

mod laws;
mod network;
mod server;
mod transcript;
mod wishes;

use alloc::{collections::VecDeque, string::String, vec, vec::Vec};
use core::time::Duration;
use std::format;

use laws::Laws;
pub use network::Network;
use network::{Cargo, Up};
pub use server::{Policy, Refusal, Server};

use crate::{
    client::Client,
    config::{Config, SocketOptions, Transport},
    input::Input,
    output::{AckToken, Event, Io, Output, SocketEvent, SocketKey},
    time::Instant,
    wire::Json,
};

/// A simulated client with its world.
pub struct Sim {
    /// The server. What is done to it reaches the client when the simulation runs on.
    pub server: Server,
    /// What is between them.
    pub network: Network,
    client: Client<Json>,
    now: Instant,
    asleep: bool,
    laws: Laws,
    lines: Vec<Line>,
    untaken: usize,
    tokens: VecDeque<AckToken>,
}

struct Line {
    at: Instant,
    text: String,
    is_event: bool,
}

impl Sim {
    /// A client with this configuration; its `seed` is the world's seed, too.
    pub fn new(config: Config) -> Self {
        let now = Instant::from_millis(EPOCH);
        Self {
            server: Server::new(),
            network: Network::new(config.seed ^ NETWORK),
            client: Client::new(config, now),
            now,
            asleep: false,
            laws: Laws::default(),
            lines: Vec::new(),
            untaken: 0,
            tokens: VecDeque::new(),
        }
    }

    /// A client that has this transport only and waits exactly as long as it is told to: without jitter.
    pub fn over(transport: Transport) -> Self {
        let mut config = Config::new("http://h");
        config.transports = vec![transport];
        config.randomization_factor = 0.0;
        Self::new(config)
    }

    /// The namespace of that name, with the default options, a second after it was asked to connect.
    pub fn joined(&mut self, name: &str) -> SocketKey {
        let socket = self.socket(name);
        self.connect(socket);
        self.run_for(Duration::from_secs(1));
        socket
    }

    /// The namespace of that name, with the default options.
    pub fn socket(&mut self, name: &str) -> SocketKey {
        self.socket_with(name, SocketOptions::default())
    }

    /// The namespace of that name.
    ///
    /// # Panics
    ///
    /// When the client refuses: the name is no namespace's, or there are too many.
    pub fn socket_with(&mut self, name: &str, options: SocketOptions) -> SocketKey {
        self.client.socket(name, options).expect("a namespace the client takes")
    }

    /// Lets everything happen that happens within `span`.
    pub fn run_for(&mut self, span: Duration) {
        let end = self.now.after(span);
        while self.step(end) {}
    }

    /// Runs until an event contains `text`; `false` if none does within an hour.
    pub fn run_until(&mut self, text: &str) -> bool {
        let end = self.now.after(Duration::from_hours(1));
        let mut at = self.lines.len();
        loop {
            self.pump();
            if self.lines[at..].iter().any(|line| line.is_event && line.text.contains(text)) {
                return true;
            }
            at = self.lines.len();
            if !self.step(end) {
                return false;
            }
        }
    }

    /// The client's computer sleeps: the world goes on without it, and what it is sent waits for it. It does not
    /// know before something wakes it: a wish, or running on.
    pub fn sleep(&mut self, span: Duration) {
        self.pump();
        self.asleep = true;
        self.run_for(span);
        self.asleep = false;
    }

    /// Every connection breaks; both sides are told at once.
    pub fn lose_connection(&mut self) {
        self.pump();
        self.network.cut(self.now);
    }

    /// The client's computer has no network any more, and knows it (A-120).
    pub fn go_offline(&mut self) {
        self.pump();
        self.hear(Input::Offline);
    }

    /// The client is told this, wherever it comes from: what a driver could say at the worst moment.
    pub fn tell(&mut self, input: Input<Json>) {
        self.pump();
        self.hear(input);
        self.pump();
    }

    /// The events since this was called last, one line each.
    pub fn take_events(&mut self) -> Vec<String> {
        self.pump();
        let lines = &self.lines[self.untaken..];
        let events = lines.iter().filter(|line| line.is_event).map(|line| line.text.clone()).collect();
        self.untaken = self.lines.len();
        events
    }

    /// What travelled, one line each: `>` is what the client asked for, `<` is what it was told.
    pub fn traffic(&self) -> Vec<&str> {
        self.lines.iter().filter(|line| !line.is_event).map(|line| line.text.as_str()).collect()
    }

    /// Everything that happened, with the time in milliseconds.
    pub fn transcript(&self) -> String {
        let line = |line: &Line| format!("{:>8} {}\n", line.at.as_millis() - EPOCH, line.text);
        self.lines.iter().map(line).collect()
    }

    /// The clock.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The client itself: for its facts.
    pub fn client(&self) -> &Client<Json> {
        &self.client
    }

    /// The right to answer an event that asked for it; the oldest that was not taken.
    pub fn take_token(&mut self) -> Option<AckToken> {
        self.pump();
        self.tokens.pop_front()
    }

    /// Emits that asked for an answer and were not settled yet.
    pub fn unsettled(&self) -> usize {
        self.laws.unsettled()
    }

    /// The next thing happens, if it does until `end`; otherwise it is `end`.
    fn step(&mut self, end: Instant) -> bool {
        if !self.asleep {
            self.pump();
        }
        let server = self.server.poll_timeout();
        let network = self.network.next_arrival(self.asleep);
        let client = if self.asleep { None } else { self.client.poll_timeout() };
        // News before alarms; the server before the client, so that what is late is late by the client's clock.
        let next = [network, server, client].into_iter().flatten().min();
        let Some(next) = next.filter(|at| *at <= end) else {
            self.now = end.max(self.now);
            return false;
        };
        self.now = next.max(self.now);
        if network.is_some_and(|at| at <= self.now) {
            match self.network.arrive(self.asleep) {
                Some(Cargo::Up(up)) => self.server.handle(up, self.now),
                Some(Cargo::Down(input)) => self.hear(input),
                None => {}
            }
        } else if server.is_some_and(|at| at <= self.now) {
            self.server.handle_timeout(self.now);
        } else {
            self.client.handle_input(Input::Timeout, self.now);
            let next = self.client.poll_timeout();
            assert!(next.is_none_or(|at| at > self.now), "a timer that is due does not fire");
        }
        self.collect();
        true
    }

    fn hear(&mut self, input: Input<Json>) {
        self.note(transcript::input(&input), false);
        self.laws.heard(&input);
        self.client.handle_input(input, self.now);
    }

    /// Does what a driver does after each call.
    fn pump(&mut self) {
        self.collect();
        while let Some(output) = self.client.poll_output() {
            match output {
                Output::Event(event) => self.told(event),
                Output::Io(io) => self.perform(io),
            }
        }
        self.laws.rested();
    }

    fn told(&mut self, event: Event<Json>) {
        let name = if let Event::Socket { socket, .. } = event { self.client.name(socket) } else { None };
        let line = transcript::event(&event, name.unwrap_or_default());
        self.laws.told(&event, &line);
        self.note(line, true);
        if let Event::Socket { event: SocketEvent::Event { ack: Some(token), .. }, .. } = event {
            self.tokens.push_back(token);
        }
    }

    fn perform(&mut self, io: Io<Json>) {
        self.note(transcript::io(&io), false);
        self.laws.asked(&io);
        let now = self.now;
        match io {
            Io::Get { on, url } => self.network.send_up(Up::Get { on, url }, now),
            Io::Post { on, url, body } => self.network.send_up(Up::Post { on, url, body }, now),
            Io::Open { on, url, .. } => self.network.send_up(Up::Open { on, url }, now),
            Io::Send { on, frames } => {
                if self.network.stalled {
                    return;
                }
                for frame in frames {
                    self.network.send_up(Up::Frame { on, frame }, now);
                }
                self.network.send_local(Input::Sent { on }, now);
            }
            Io::Close { on } => self.network.send_up(Up::Gone { on }, now),
        }
    }

    /// What the server wants to say departs.
    fn collect(&mut self) {
        while let Some(input) = self.server.take_out() {
            self.network.send_down(input, self.now);
        }
    }

    fn note(&mut self, text: String, is_event: bool) {
        self.lines.push(Line { at: self.now, text, is_event });
    }
}

/// Where the clock starts: at zero there would be no past.
const EPOCH: u64 = 1_000_000;
/// So that the network's chance is not the client's.
const NETWORK: u64 = 0x6e65_7477;
