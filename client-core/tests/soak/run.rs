//! One seed: a client, its application, and everything that may befall them.

use core::time::Duration;
use std::collections::VecDeque;

use bytes::Bytes;
use sockeye_core::{
    Args, Config, Emit, Overflow, SocketKey, SocketOptions, State, Transport,
    sim::{Policy, Refusal, Sim},
};

use crate::dice::Dice;

const STEPS: u32 = 24;

pub(crate) struct Run {
    pub(crate) sim: Sim,
    dice: Dice,
    sockets: Vec<SocketKey>,
    tokens: VecDeque<sockeye_core::AckToken>,
    said: u32,
    /// Of each socket's send buffer: events and bytes.
    limits: Vec<(usize, usize)>,
}

impl Run {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let mut config = Config::new("http://h");
        config.seed = seed;
        config.transports = match dice.roll(6) {
            0 => vec![Transport::Polling],
            1 => vec![Transport::WebSocket],
            2 => vec![Transport::WebSocket, Transport::Polling],
            _ => vec![Transport::Polling, Transport::WebSocket],
        };
        config.try_all_transports = dice.one_in(2);
        config.remember_upgrade = dice.one_in(3);
        config.force_base64 = dice.one_in(6);
        config.reconnection_attempts = dice.roll(4);
        config.stable_after = Duration::from_secs(dice.roll(12).into());
        config.namespace_timeout = Duration::from_secs(3);
        config.limits.write_batch = if dice.one_in(4) { 60 } else { 1 << 20 };
        config.limits.receive_buffer_events = if dice.one_in(4) { 2 } else { 100 };
        let mut sim = Sim::new(config);
        sim.network.latency = Duration::from_millis(dice.roll(80).into());
        sim.network.jitter = Duration::from_millis(dice.roll(60).into());
        sim.server.recovery = dice.one_in(2);
        sim.server.acknowledges = !dice.one_in(6);
        sim.server.max_payload = if dice.one_in(3) { 180 } else { 10_000 };
        sim.server.ping_interval = Duration::from_secs(1 + u64::from(dice.roll(5)));
        sim.server.ping_timeout = Duration::from_secs(2);
        let mut limits = Vec::new();
        let sockets = ["/", "/a", "/b"].map(|name| {
            let options = SocketOptions {
                auth: dice.one_in(4),
                retries: if dice.one_in(4) { 2 } else { 0 },
                ack_timeout: dice.one_in(2).then_some(Duration::from_millis(700)),
                send_buffer_events: if dice.one_in(3) { 3 } else { 1_000 },
                send_buffer_bytes: if dice.one_in(4) { 120 } else { 1 << 20 },
                overflow: [Overflow::Reject, Overflow::DropOldest, Overflow::DropNewest]
                    [dice.roll(3) as usize],
                outgoing: dice.one_in(3),
                buffer_when_refused: dice.one_in(3),
                strip_offset: dice.one_in(3),
                ..SocketOptions::default()
            };
            limits.push((options.send_buffer_events, options.send_buffer_bytes));
            sim.socket_with(name, options)
        });
        Self { sim, dice, sockets: sockets.into(), tokens: VecDeque::new(), said: 0, limits }
    }

    pub(crate) fn go(&mut self) {
        let first = self.sockets[0];
        self.sim.connect(first);
        for _ in 0..STEPS {
            for _ in 0..=self.dice.roll(3) {
                self.wish();
            }
            if self.dice.one_in(3) {
                self.fate();
            }
            let span = [0, 1, 20, 120, 400, 3_000][self.dice.roll(6) as usize];
            self.sim.run_for(Duration::from_millis(span));
            self.answer();
            for (socket, limit) in self.sockets.iter().zip(&self.limits) {
                // The head of the queue of retries is counted twice while it is in flight.
                let (events, bytes) = self.sim.client().buffered(*socket);
                assert!(events <= limit.0 + 1 && bytes <= limit.1 * 2, "{events}, {bytes} beyond {limit:?}");
            }
        }
        self.end();
    }

    fn wish(&mut self) {
        let socket = self.sockets[self.dice.roll(3) as usize];
        match self.dice.roll(22) {
            0..=3 => self.sim.connect(socket),
            4..=14 => self.emit(socket),
            15 => self.sim.disconnect(socket),
            16 if self.dice.one_in(4) => self.sim.close(),
            17 if self.dice.one_in(3) => self.sim.close_engine(),
            18 => self.sim.reconnect_now(),
            19 => {
                let delay = self.dice.one_in(4).then_some(Duration::from_millis(100));
                self.sim.reconnect_in(delay.or(Some(Duration::ZERO)));
            }
            20 if self.dice.one_in(4) => self.sim.drain(Duration::from_millis(300)),
            _ => self.sim.report_outgoing(socket, true),
        }
    }

    fn emit(&mut self, socket: SocketKey) {
        self.said += 1;
        let how = Emit {
            ack: self.dice.one_in(2),
            volatile: self.dice.one_in(5),
            timeout: self.dice.one_in(3).then_some(Duration::from_millis(self.dice.roll(900).into())),
            time_to_live: self.dice.one_in(5).then_some(Duration::from_millis(self.dice.roll(900).into())),
            compress: false,
        };
        let said = self.said;
        // A refusal is fine: the limits are small.
        let _ = match self.dice.roll(5) {
            0 => self.sim.emit_with(socket, "bytes", &(said, Bytes::from(vec![7; 9]), Bytes::new()), how),
            1 => self.sim.emit_with(socket, "long", &(said, "x".repeat(self.dice.roll(190) as usize)), how),
            _ => self.sim.emit_with(socket, "say", &said, how),
        };
    }

    fn fate(&mut self) {
        let name = ["/", "/a", "/b"][self.dice.roll(3) as usize];
        let on = self.dice.one_in(3);
        let (server, network) = (&mut self.sim.server, &mut self.sim.network);
        match self.dice.roll(19) {
            0 => self.sim.lose_connection(),
            1 => self.sim.go_offline(),
            2 => self.sim.sleep(Duration::from_secs(self.dice.roll(12).into())),
            3 => network.refusing = on,
            4 => network.websockets_blocked = on,
            5 => network.partitioned = on,
            6 => network.breaks_one_in = if on { 25 } else { 0 },
            7 => network.stalled = on,
            8 => server.restart(),
            9 => server.close_sessions(1001),
            10 => server.disconnect(name),
            11 => server.namespace(name, Policy::Hold),
            12 => server.namespace(name, Policy::Refuse(r#"{"message":"no"}"#.into())),
            13 => server.namespace(name, Policy::Accept),
            14 => server.answer_pending(),
            15 => server.ask(name, r#"["well?",1]"#),
            16 => server.emit_binary(name, r#"["b",{"_placeholder":true,"num":0}]"#, &[b"xyz"]),
            17 => {
                let refusal = Refusal { status: 503, body: "later".into(), retry_after: None };
                server.refusal = on.then_some(refusal);
            }
            _ => (0..self.dice.roll(4)).for_each(|_| server.emit(name, r#"["news",1]"#)),
        }
    }

    fn answer(&mut self) {
        for event in self.sim.take_events() {
            if let Some(name) = event.strip_suffix(" auth required") {
                let at = ["/", "/a", "/b"].iter().position(|it| *it == name).unwrap();
                let auth = Args::auth(&std::collections::BTreeMap::from([("token", 1)])).unwrap();
                match self.dice.roll(5) {
                    0 => {}
                    1 => self.sim.refuse_auth(self.sockets[at]),
                    2 => self.sim.authenticate(self.sockets[at], None),
                    _ => self.sim.authenticate(self.sockets[at], Some(&auth)),
                }
            }
        }
        while let Some(token) = self.sim.take_token() {
            self.tokens.push_back(token);
        }
        while self.dice.one_in(2)
            && let Some(token) = self.tokens.pop_front()
        {
            self.sim.answer(&token, &"well");
        }
    }

    /// The application is done: it closes, and time passes.
    fn end(&mut self) {
        self.sim.close();
        self.sim.run_for(Duration::from_secs(20));
        let client = self.sim.client();
        assert_eq!(client.state(), State::Idle);
        assert_eq!(client.poll_timeout(), None, "nothing is awaited any more");
        let waiting: usize = self.sockets.iter().map(|it| client.buffered(*it).0).sum();
        assert!(self.sim.unsettled() <= waiting, "{} of {waiting} settle never", self.sim.unsettled());
        assert!(self.sockets.iter().all(|it| !client.active(*it)));
        assert_eq!(self.sim.server.offences(), [""; 0], "an honest client commits none");
        self.sim.take_events();
        let before = self.sim.traffic().len();
        self.sim.run_for(Duration::from_hours(1));
        assert_eq!(self.sim.traffic().len(), before, "something is asked for after the goodbye");
        assert_eq!(self.sim.take_events(), [""; 0]);
    }
}
