//! What one client writes another one reads, over either transport: each encoder has its decoder.
//!
//! A server's EVENT, ACK and DISCONNECT look as a client's do, attachments and payloads as well; a CONNECT with auth looks
//! as its answer does. So what one client wrote is given to another as its server's words.
#![cfg(feature = "json")]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use bytes::Bytes;
use proptest::prelude::*;
use serde_bytes::ByteBuf;
use sockeye_core::{
    AckToken, Args, Client, Config, DisconnectReason, Emit, EmitError, Event, Frame, Input, Instant, Io,
    Json, Output, RESERVED_EVENTS, SocketEvent, SocketKey, SocketOptions, Transport, TransportId,
};

const NOW: Instant = Instant::ZERO;

/// One client, and what it has written that nobody has read.
struct Side {
    client: Client<Json>,
    socket: SocketKey,
    on: TransportId,
    written: Vec<Written>,
    told: Vec<SocketEvent<Json>>,
}

enum Written {
    Frame(Frame<Json>),
    Body(String),
}

/// How two of them are set up.
#[derive(Clone, Debug)]
struct World {
    namespace: String,
    transport: Transport,
    force_base64: bool,
    max_payload: usize,
}

/// An event: its name, a text, bytes, and whether an answer is asked for.
type Said = (String, String, Vec<Vec<u8>>, bool);

proptest! {
    #[test]
    fn events_answers_and_farewells_are_read_as_they_were_written(
        world in worlds(),
        all in prop::collection::vec(said(), 1..6),
        answer in (".*", any::<Vec<u8>>()),
    ) {
        let (mut one, mut other) = (world.joined(), world.joined());
        let (mut taken, mut asked) = (Vec::new(), Vec::new());
        for (name, text, bytes, ask) in &all {
            let args = Args::event(name, &(text, bytes.iter().map(|it| ByteBuf::from(it.clone())).collect::<Vec<_>>())).unwrap();
            match one.client.emit(one.socket, args.clone(), Emit { ack: *ask, ..Emit::default() }, NOW) {
                Ok(emit) => taken.push((emit, args, *ask)),
                // It is larger than this server takes (F030).
                Err(error) => prop_assert!(matches!(error, EmitError::TooLarge(_))),
            }
        }
        one.run();
        other.read(&mut one);
        let heard = other.events();
        prop_assert_eq!(heard.len(), taken.len());
        for ((args, token), (emit, sent, ask)) in heard.into_iter().zip(taken) {
            prop_assert_eq!(args, sent);
            prop_assert_eq!(token.is_some(), ask);
            asked.extend(token.map(|token| (token, emit)));
        }

        let answer = Args::ack(&(&answer.0, Bytes::from(answer.1))).unwrap();
        for (token, _) in &asked {
            prop_assert!(other.client.ack(token, answer.clone(), NOW));
        }
        other.run();
        if !other.told.iter().any(|it| matches!(it, SocketEvent::Dropped { .. })) && other.wrote() {
            one.read(&mut other);
            let answered: Vec<_> = one.told.drain(..).filter_map(|it| match it {
                SocketEvent::Ack { emit, result } => Some((emit, result.unwrap())),
                _ => None,
            }).collect();
            let wanted: Vec<_> = asked.into_iter().map(|(_, emit)| (emit, answer.clone())).collect();
            prop_assert_eq!(answered, wanted);
        }

        one.client.disconnect(one.socket, NOW);
        one.run();
        other.told.clear();
        other.read(&mut one);
        let reason = other.told.iter().find_map(|it| match it {
            SocketEvent::Disconnect { reason, .. } => Some(*reason),
            _ => None,
        });
        prop_assert_eq!(reason, Some(DisconnectReason::IoServerDisconnect));
    }

    #[test]
    fn a_connect_with_auth_is_read_as_its_answer(world in worlds(), id in "[^\u{0}]{1,256}") {
        let mut one = world.open(true);
        one.client.authenticate(one.socket, Some(&Args::auth(&serde_json::json!({ "sid": id })).unwrap()), NOW);
        one.run();
        let mut other = world.open(false);
        other.read(&mut one);
        let told = other.told.drain(..).find_map(|it| match it {
            SocketEvent::Connect { id, .. } => Some(id.to_string()),
            _ => None,
        });
        // Above 256 units it is nobody's (F004).
        prop_assert_eq!(told, (id.encode_utf16().count() <= 256 && id.len() <= 256).then_some(id));
    }
}

fn worlds() -> impl Strategy<Value = World> {
    let namespace = prop_oneof![Just(String::new()), "[^,\u{1e}]{0,20}"].prop_map(|it| format!("/{it}"));
    (namespace, any::<bool>(), any::<bool>(), 200..4_000_usize).prop_map(
        |(namespace, polling, force_base64, max_payload)| {
            let transport = if polling { Transport::Polling } else { Transport::WebSocket };
            World { namespace, transport, force_base64, max_payload }
        },
    )
}

fn said() -> impl Strategy<Value = Said> {
    let name = ".{1,12}".prop_filter("not reserved", |it| !RESERVED_EVENTS.contains(&it.as_str()));
    (name, ".*", prop::collection::vec(any::<Vec<u8>>(), 0..4), any::<bool>())
}

impl World {
    fn joined(&self) -> Side {
        let mut side = self.open(false);
        side.hear(&format!("40{}{{\"sid\":\"b\"}}", self.prefix()));
        assert!(side.client.connected(side.socket));
        side.told.clear();
        side
    }

    /// The session stands, and the namespace was asked for.
    fn open(&self, auth: bool) -> Side {
        let mut config = Config::new("http://h");
        config.transports = vec![self.transport];
        config.upgrade = false;
        config.force_base64 = self.force_base64;
        let mut client = Client::new(config, NOW);
        let socket = client
            .socket(self.namespace.as_str(), SocketOptions { auth, ..SocketOptions::default() })
            .unwrap();
        client.connect(socket, NOW);
        let on = TransportId::from_u32(1);
        let mut side = Side { client, socket, on, written: Vec::new(), told: Vec::new() };
        side.run();
        let opening = format!(
            r#"0{{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":{}}}"#,
            self.max_payload
        );
        if self.transport == Transport::WebSocket {
            side.client.handle_input(Input::Opened { on }, NOW);
            side.client.handle_input(Input::Received { on, frame: Frame::Text(opening.into()) }, NOW);
        } else {
            side.client.handle_input(Input::Polled { on, body: opening.into() }, NOW);
        }
        side.run();
        if !auth {
            side.written.clear();
        }
        side
    }

    fn prefix(&self) -> String {
        if self.namespace == "/" { String::new() } else { format!("{},", self.namespace) }
    }
}

impl Side {
    /// Until it rests: what it writes has left at once.
    fn run(&mut self) {
        while let Some(output) = self.client.poll_output() {
            match output {
                Output::Io(Io::Send { on, frames }) => {
                    self.written.extend(frames.into_iter().map(Written::Frame));
                    self.client.handle_input(Input::Sent { on }, NOW);
                }
                Output::Io(Io::Post { on, body, .. }) => {
                    self.written.push(Written::Body(body.to_string()));
                    self.client.handle_input(Input::Posted { on }, NOW);
                }
                Output::Event(Event::Socket { event, .. }) => self.told.push(event),
                Output::Io(_) | Output::Event(_) => {}
            }
        }
    }

    fn wrote(&self) -> bool {
        !self.written.is_empty()
    }

    /// As if its server had said what `writer` wrote.
    fn read(&mut self, writer: &mut Self) {
        for written in writer.written.drain(..) {
            let on = self.on;
            let input = match written {
                Written::Frame(frame) => Input::Received { on, frame },
                Written::Body(body) => Input::Polled { on, body: body.into() },
            };
            self.client.handle_input(input, NOW);
            self.run();
        }
    }

    fn hear(&mut self, packet: &str) {
        let on = self.on;
        self.client.handle_input(Input::Received { on, frame: Frame::Text(packet.into()) }, NOW);
        self.client.handle_input(Input::Polled { on, body: packet.into() }, NOW);
        self.run();
    }

    fn events(&mut self) -> Vec<(Args, Option<AckToken>)> {
        let told = self.told.drain(..);
        told.filter_map(|it| if let SocketEvent::Event { args, ack } = it { Some((args, ack)) } else { None })
            .collect()
    }
}
