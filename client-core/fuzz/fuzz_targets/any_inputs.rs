//! Anything in any order: wishes, news that a driver would never give, and what a server would never say. The
//! simulator holds the client to the laws at every step.
#![no_main]

use core::time::Duration;

use libfuzzer_sys::fuzz_target;
use sockeye_core::{
    Args, CloseDetails, Config, Emit, Frame, Input, IoError, IoErrorKind, Json, Limits, Overflow, SocketKey,
    SocketOptions, Transport, TransportId,
    sim::{Policy, Sim},
};

fuzz_target!(|data: &[u8]| {
    let mut bytes = Bytes(data);
    let mut sim = Sim::new(config(&mut bytes));
    let sockets = ["/", "/a"].map(|name| sim.socket_with(name, options(&mut bytes)));
    while !bytes.0.is_empty() {
        act(&mut sim, sockets[usize::from(bytes.next() % 2)], &mut bytes);
        sim.run_for(Duration::from_millis(u64::from(bytes.next()) * 8));
    }
    sim.close();
    sim.run_for(Duration::from_secs(30));
    sim.take_events();
    let before = sim.traffic().len();
    sim.run_for(Duration::from_secs(3_600));
    assert_eq!(sim.traffic().len(), before);
    let waiting: usize = sockets.iter().map(|it| sim.client().buffered(*it).0).sum();
    assert!(sim.unsettled() <= waiting);
});

fn config(bytes: &mut Bytes<'_>) -> Config {
    let mut config = Config::new("http://h");
    let bits = bytes.next();
    config.transports = match bits & 3 {
        0 => vec![Transport::Polling],
        1 => vec![Transport::WebSocket],
        2 => vec![Transport::WebSocket, Transport::Polling],
        _ => vec![Transport::Polling, Transport::WebSocket],
    };
    config.try_all_transports = bits & 4 > 0;
    config.remember_upgrade = bits & 8 > 0;
    config.force_base64 = bits & 16 > 0;
    config.reconnection_attempts = u32::from(bits >> 6);
    if bits & 32 > 0 {
        config.limits = Limits {
            attachments: 2,
            attachment_bytes: 20,
            payload_packets: 5,
            pending_acks: 3,
            receive_buffer_events: 2,
            undelivered: 40,
            write_batch: 30,
            ..Limits::default()
        };
    }
    config
}

fn options(bytes: &mut Bytes<'_>) -> SocketOptions {
    let bits = bytes.next();
    SocketOptions {
        auth: bits & 1 > 0,
        retries: u32::from(bits >> 1 & 3),
        ack_timeout: (bits & 8 > 0).then_some(Duration::from_millis(500)),
        send_buffer_events: if bits & 16 > 0 { 3 } else { 1_000 },
        overflow: match bits >> 5 & 3 {
            0 => Overflow::Reject,
            1 => Overflow::DropOldest,
            _ => Overflow::DropNewest,
        },
        outgoing: bits & 128 > 0,
        ..SocketOptions::default()
    }
}

fn act(sim: &mut Sim, socket: SocketKey, bytes: &mut Bytes<'_>) {
    let what = bytes.next();
    match what % 24 {
        0 | 1 => sim.connect(socket),
        2 => sim.disconnect(socket),
        3..=6 => {
            let bits = bytes.next();
            let how = Emit {
                ack: bits & 1 > 0,
                volatile: bits & 2 > 0,
                timeout: (bits & 4 > 0).then_some(Duration::from_millis(u64::from(bits))),
                time_to_live: (bits & 8 > 0).then_some(Duration::from_millis(u64::from(bits))),
                compress: false,
            };
            // The limits are small: a refusal is fine.
            let _ = sim.emit_with(socket, "e", &bits, how);
        }
        7 => sim.close(),
        8 => sim.close_engine(),
        9 => sim.reconnect_now(),
        10 => sim.reconnect_in((what > 99).then_some(Duration::from_millis(20))),
        11 => sim.drain(Duration::from_millis(200)),
        12 => {
            sim.authenticate(socket, Args::auth(&std::collections::BTreeMap::from([("t", 1)])).ok().as_ref())
        }
        13 => sim.refuse_auth(socket),
        14 => {
            if let Some(token) = sim.take_token() {
                sim.answer(&token, &1);
            }
        }
        15 => sim.lose_connection(),
        16 => sim.sleep(Duration::from_secs(u64::from(bytes.next()))),
        17 => sim.server.namespace("/a", if what > 99 { Policy::Hold } else { Policy::Accept }),
        18 => sim.server.answer_pending(),
        19 => sim.server.send_raw(&bytes.text()),
        20 => sim.server.send_raw_binary(&[1, 2, 3]),
        21 => sim.go_offline(),
        22 => sim.server.restart(),
        _ => {
            let news = news(bytes);
            sim.tell(news);
        }
    }
}

fn news(bytes: &mut Bytes<'_>) -> Input<Json> {
    let on = TransportId::from_u32(u32::from(bytes.next() % 8));
    match bytes.next() % 10 {
        0 => Input::Timeout,
        1 => Input::Polled { on, body: bytes.text().into() },
        2 => Input::Posted { on },
        3 => Input::Opened { on },
        4 => Input::Received { on, frame: Frame::Text(bytes.text().into()) },
        5 => Input::Sent { on },
        6 => Input::Closed { on, details: CloseDetails::None },
        7 => Input::Refused { on, status: 400, body: bytes.text().into(), retry_after: Some(Duration::MAX) },
        8 => Input::Failed { on, error: IoError { kind: IoErrorKind::Other, message: String::new() } },
        _ => Input::Offline,
    }
}

/// What there is to choose with.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// A length, and as many bytes.
    fn text(&mut self) -> String {
        let length = usize::from(self.next()).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }
}
