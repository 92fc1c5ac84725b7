//! A server that sends what costs memory, and an application that goes on talking.

use core::time::Duration;

use bytes::Bytes;
use sockeye_core::{
    AckToken, Args, Client, CloseDetails, Config, Emit, Event, Frame, Input, Instant, Io, IoError,
    IoErrorKind, Json, Limits, Output, Overflow, SocketEvent, SocketKey, SocketOptions, Transport,
    TransportId,
};

use crate::{count::live, dice::Dice};

/// The longest message or body that the driver lets through.
pub(crate) const MESSAGE: usize = 32_768;
pub(crate) const NAMES: [&str; 3] = ["/", "/a", "/b"];
/// Messages of which something may wait for a driver that is late.
pub(crate) const UNTAKEN: usize = 2;
const STEPS: u32 = 24;

pub(crate) struct Run {
    client: Client<Json>,
    sockets: [SocketKey; NAMES.len()],
    now: Instant,
    dice: Dice,
    /// What each namespace and each transport is flooded with, mostly.
    mood: u32,
    /// The application sends what is large.
    is_loud: bool,
    links: Vec<Link>,
    tokens: Vec<AckToken>,
    untaken: usize,
    /// Attachments that are to come.
    owed: u32,
    /// What this program holds itself; the client is the rest.
    own: isize,
    pub(crate) most: isize,
}

#[expect(clippy::struct_excessive_bools, reason = "what is under way, one by one")]
struct Link {
    on: TransportId,
    is_polling: bool,
    is_greeted: bool,
    is_asked: bool,
    is_posting: bool,
    is_sending: bool,
}

impl Run {
    pub(crate) fn new(seed: u64, limits: &Limits, options: &SocketOptions) -> Self {
        let mut dice = Dice::new(seed);
        let (links, tokens) = (Vec::with_capacity(32), Vec::with_capacity(32));
        let own = live();
        let mut config = Config::new("http://h");
        config.seed = seed;
        config.limits = limits.clone();
        config.transports = match dice.roll(3) {
            0 => vec![Transport::Polling],
            1 => vec![Transport::WebSocket],
            _ => vec![Transport::Polling, Transport::WebSocket],
        };
        let now = Instant::from_millis(1_000_000);
        let mut client = Client::new(config, now);
        let sockets = NAMES.map(|name| {
            let options = SocketOptions {
                retries: if dice.one_in(3) { 2 } else { 0 },
                ack_timeout: dice.one_in(2).then_some(Duration::from_secs(5)),
                overflow: [Overflow::Reject, Overflow::DropOldest, Overflow::DropNewest]
                    [dice.roll(3) as usize],
                outgoing: dice.one_in(3),
                ..options.clone()
            };
            client.socket(name, options).unwrap()
        });
        let mood = dice.roll(MOODS);
        let mut run = Self {
            client,
            sockets,
            now,
            dice,
            mood,
            is_loud: false,
            links,
            tokens,
            untaken: 0,
            owed: 0,
            own,
            most: 0,
        };
        for socket in run.sockets {
            run.client.connect(socket, now);
        }
        run.take();
        run
    }

    pub(crate) fn go(&mut self) {
        for _ in 0..STEPS {
            self.is_loud = self.dice.one_in(3);
            let wishes = if self.dice.one_in(10) { 100 } else { self.dice.roll(12) };
            for _ in 0..wishes {
                self.wish();
            }
            for at in 0..self.links.len() {
                self.answer(at);
            }
            self.take();
            if self.dice.one_in(12) {
                self.mood = self.dice.roll(MOODS);
            }
            let span = [0, 1, 60, 700, 9_000][self.dice.roll(5) as usize];
            self.now = self.now.after(Duration::from_millis(span));
            self.tell(Input::Timeout);
            self.take();
        }
    }

    /// The bytes that are left when it is gone.
    pub(crate) fn end(self) -> isize {
        let Self { client, own, links, tokens, .. } = self;
        drop(client);
        let left = live() - own;
        drop((links, tokens));
        left
    }

    fn wish(&mut self) {
        let socket = self.sockets[self.dice.roll(3) as usize];
        match self.dice.roll(20) {
            0 => self.client.connect(socket, self.now),
            1 if self.dice.one_in(3) => self.client.disconnect(socket, self.now),
            2 => self.client.reconnect_now(self.now),
            3 if self.dice.one_in(8) => self.client.close_engine(self.now),
            4 => {
                let text = "r".repeat(length(&mut self.dice, 3_000));
                self.client.send_raw(Frame::Text(text.into()), self.now);
            }
            5..=7 => {
                if let Some(token) = self.tokens.pop() {
                    let said = Args::ack(&"y".repeat(length(&mut self.dice, 200))).unwrap();
                    self.client.ack(&token, said, self.now);
                }
            }
            _ => {
                let how = Emit { ack: self.dice.one_in(2), volatile: self.dice.one_in(9), ..Emit::default() };
                let text = "x".repeat(length(&mut self.dice, 300));
                let bytes = if self.is_loud { MESSAGE / 3 } else { length(&mut self.dice, 300) };
                let said = match self.dice.roll(3) {
                    it if it == 0 || self.is_loud => Args::event("b", &(text, Bytes::from(vec![7; bytes]))),
                    _ => Args::event("t", &text),
                };
                // A refusal is fine: the limits are small.
                let _ = self.client.emit(socket, said.unwrap(), how, self.now);
            }
        }
        self.look();
    }

    /// What the server and the network do to a transport.
    fn answer(&mut self, at: usize) {
        let Some(&Link { on, is_polling, is_greeted, is_asked, is_posting, is_sending }) = self.links.get(at)
        else {
            return;
        };
        if self.dice.one_in(40) {
            let error =
                IoError { kind: IoErrorKind::Other, message: "z".repeat(length(&mut self.dice, 100)) };
            let body = "z".repeat(length(&mut self.dice, MESSAGE)).into();
            let input = match self.dice.roll(3) {
                0 => Input::Failed { on, error },
                1 => Input::Closed { on, details: CloseDetails::None },
                _ => Input::Refused { on, status: 503, body, retry_after: None },
            };
            return self.tell(input);
        }
        // A server that takes nothing lets what is said wait.
        if is_posting && !(self.mood == STALL || self.dice.one_in(4)) {
            self.mark(on, |it| it.is_posting = false);
            self.tell(Input::Posted { on });
        }
        if is_sending && !(self.mood == STALL || self.dice.one_in(4)) {
            self.mark(on, |it| it.is_sending = false);
            self.tell(Input::Sent { on });
        }
        if !is_greeted {
            self.mark(on, |it| it.is_greeted = true);
            self.owed = 0;
            let text = r#"0{"sid":"s","upgrades":["websocket"],"pingInterval":9000,"pingTimeout":9000,"maxPayload":4000}"#;
            if is_polling {
                self.mark(on, |it| it.is_asked = false);
                self.tell(Input::Polled { on, body: text.into() });
            } else {
                self.tell(Input::Opened { on });
                // If it is the second transport of a session it is asked `2probe` instead; both are told.
                let text = if self.links.iter().any(|it| it.is_polling) { "3probe" } else { text };
                self.tell(Input::Received { on, frame: Frame::Text(text.into()) });
            }
            return;
        }
        if is_polling {
            if is_asked {
                self.mark(on, |it| it.is_asked = false);
                let body = self.body();
                self.tell(Input::Polled { on, body: body.into() });
            }
            return;
        }
        for _ in 0..=self.dice.roll(12) {
            let frame = if self.owed > 0 || self.dice.one_in(200) {
                self.owed = self.owed.saturating_sub(1);
                let length = if self.mood == ATTACHMENTS { MESSAGE } else { length(&mut self.dice, MESSAGE) };
                Frame::Binary(Bytes::from(vec![1; length]))
            } else {
                Frame::Text(self.packet().into())
            };
            self.tell(Input::Received { on, frame });
        }
    }

    /// A few packets; sometimes there is much around what is of use.
    fn body(&mut self) -> String {
        let mut body = String::new();
        let packets = if self.mood == PADDED { 1 } else { self.dice.roll(13) };
        for _ in 0..packets {
            let packet = if self.owed > 0 {
                self.owed -= 1;
                format!("b{:A<1$}", "", length(&mut self.dice, MESSAGE / 4) / 4 * 4)
            } else {
                self.packet()
            };
            if body.len() + packet.len() < MESSAGE / 2 {
                body += &packet;
                body.push('\u{1e}');
            }
        }
        if self.mood == PADDED || self.dice.one_in(6) {
            body.extend(core::iter::repeat_n('6', MESSAGE - body.len() - 2));
            body.push('\u{1e}');
        }
        body.push('6');
        body.shrink_to_fit();
        body
    }

    fn packet(&mut self) -> String {
        let name = NAMES[self.dice.roll(3) as usize];
        let at = if name == "/" { String::new() } else { format!("{name},") };
        let kind = if self.dice.one_in(2) { self.mood } else { self.dice.roll(MOODS) };
        // What comes before the answer to CONNECT waits for it.
        let kind = if self.mood == PADDED || (kind == JOINS && self.mood == EVENTS) { EVENTS } else { kind };
        let id = self.dice.roll(200);
        let long = if self.mood == EVENTS { MESSAGE / 3 } else { length(&mut self.dice, MESSAGE) };
        let mut packet = match kind {
            EVENTS if self.mood == PADDED || (self.mood != EVENTS && self.dice.one_in(2)) => {
                format!(r#"42{at}["e",{id},"offset-{id:0>24}"]"#)
            }
            EVENTS => format!(r#"42{at}["e","{:v<long$}"]"#, ""),
            QUESTIONS => format!(r#"42{at}{id}["q"]"#),
            ATTACHMENTS => {
                // One more than there may be, now and then.
                self.owed = if id < 8 { 17 } else { 1 + id % 16 };
                format!(r#"45{}-{at}["b",{{"_placeholder":true,"num":0}}]"#, self.owed)
            }
            ANSWERS => format!(r#"43{at}{id}["{:w<1$}"]"#, "", long / 8),
            JOINS => format!(r#"40{at}{{"sid":"{id}","pid":"p{}"}}"#, "p".repeat((id % 80) as usize)),
            LEAVES if self.dice.one_in(6) => format!("41{at}"),
            LEAVES if self.dice.one_in(6) => format!(r#"44{at}{{"message":"{:u<long$}"}}"#, ""),
            STALL if self.dice.one_in(30) => String::from("1"),
            _ => String::from("2"),
        };
        packet.shrink_to_fit();
        packet
    }

    fn tell(&mut self, input: Input<Json>) {
        self.client.handle_input(input, self.now);
        self.look();
        // Sometimes the driver is late.
        self.untaken += 1;
        if self.untaken == UNTAKEN || !self.dice.one_in(4) {
            self.take();
        }
    }

    fn take(&mut self) {
        self.untaken = 0;
        while let Some(output) = self.client.poll_output() {
            match output {
                Output::Io(io) => self.perform(&io),
                Output::Event(Event::Socket {
                    event: SocketEvent::Event { ack: Some(token), .. }, ..
                }) if self.tokens.len() < self.tokens.capacity() => {
                    self.tokens.push(token);
                }
                Output::Event(_) => {}
            }
        }
        self.look();
    }

    fn perform(&mut self, io: &Io<Json>) {
        match io {
            Io::Get { on, .. } => self.link(*on, true).is_asked = true,
            Io::Post { on, .. } => self.link(*on, true).is_posting = true,
            Io::Open { on, .. } => drop(self.link(*on, false)),
            Io::Send { on, .. } => self.link(*on, false).is_sending = true,
            Io::Close { on } => self.links.retain(|it| it.on != *on),
        }
    }

    /// If it is still there.
    fn mark(&mut self, on: TransportId, change: impl FnOnce(&mut Link)) {
        if let Some(link) = self.links.iter_mut().find(|it| it.on == on) {
            change(link);
        }
    }

    fn link(&mut self, on: TransportId, is_polling: bool) -> &mut Link {
        let at = self.links.iter().position(|it| it.on == on).unwrap_or_else(|| {
            assert!(self.links.len() < self.links.capacity(), "transports are never closed");
            self.links.push(Link {
                on,
                is_polling,
                is_greeted: false,
                is_asked: false,
                is_posting: false,
                is_sending: false,
            });
            self.links.len() - 1
        });
        &mut self.links[at]
    }

    fn look(&mut self) {
        self.most = self.most.max(live() - self.own);
    }
}

// What a server may have set its mind on.
const EVENTS: u32 = 0;
const QUESTIONS: u32 = 1;
const ATTACHMENTS: u32 = 2;
const ANSWERS: u32 = 3;
const JOINS: u32 = 4;
const LEAVES: u32 = 5;
const STALL: u32 = 6;
/// Little that is of use in bodies that are as long as they may be.
const PADDED: u32 = 7;
const MOODS: u32 = 8;

/// Mostly short, sometimes as long as it may be.
fn length(dice: &mut Dice, most: usize) -> usize {
    match dice.roll(6) {
        0 => most - 100,
        1 => most / 8,
        _ => dice.roll(24) as usize,
    }
}
