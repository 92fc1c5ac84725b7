//! What one client sends is what another one receives: the frames of an event, looped back.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use sockeye_core::{
    Args, Client, Config, Emit, Event, Frame, Input, Instant, Io, Json, Output, RESERVED_EVENTS, SocketEvent,
    SocketKey, SocketOptions, Transport, TransportId,
};

const NOW: Instant = Instant::ZERO;

fuzz_target!(|data: &[u8]| {
    let (head, bytes) = data.split_at(data.len().min(32));
    let text = String::from_utf8_lossy(head).into_owned();
    let (name, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    if RESERVED_EVENTS.contains(&name) {
        return;
    }
    let attachment = Bytes::copy_from_slice(bytes);
    let args = if bytes.is_empty() {
        Args::event(name, &(rest, text.len(), Option::<u8>::None))
    } else {
        Args::event(name, &(rest, Attachment(&attachment), text.len()))
    };
    let args = args.expect("JSON holds it");
    let force_base64 = data.len() % 2 == 0;
    let namespace = if data.len() % 3 == 0 { "/" } else { "/ns" };
    let (mut sender, socket) = joined(namespace, force_base64);
    assert!(sender.emit(socket, args.clone(), Emit { ack: true, ..Emit::default() }, NOW).is_ok());
    let (mut receiver, _) = joined(namespace, force_base64);
    let mut received = None;
    for frame in frames(&mut sender) {
        receiver.handle_input(Input::Received { on: TransportId::from_u32(1), frame }, NOW);
    }
    while let Some(output) = receiver.poll_output() {
        if let Output::Event(Event::Socket { event: SocketEvent::Event { args, ack }, .. }) = output {
            received = Some((args, ack.is_some()));
        }
    }
    assert!(received == Some((args, true)));
});

/// A client that has joined `namespace` over its first WebSocket.
fn joined(namespace: &str, force_base64: bool) -> (Client<Json>, SocketKey) {
    let mut config = Config::new("http://h");
    config.transports = vec![Transport::WebSocket];
    config.force_base64 = force_base64;
    let mut client = Client::new(config, NOW);
    let socket = client.socket(namespace, SocketOptions::default()).expect("a name");
    client.connect(socket, NOW);
    let on = TransportId::from_u32(1);
    while client.poll_output().is_some() {}
    client.handle_input(Input::Opened { on }, NOW);
    let opening = "0{\"sid\":\"a\",\"pingInterval\":25000,\"pingTimeout\":20000}";
    client.handle_input(Input::Received { on, frame: Frame::Text(opening.into()) }, NOW);
    frames(&mut client);
    let prefix = if namespace == "/" { String::new() } else { format!("{namespace},") };
    let reply = format!("40{prefix}{{\"sid\":\"b\"}}");
    client.handle_input(Input::Received { on, frame: Frame::Text(reply.into()) }, NOW);
    frames(&mut client);
    assert!(client.connected(socket));
    (client, socket)
}

/// What it writes until it rests.
fn frames(client: &mut Client<Json>) -> Vec<Frame<Json>> {
    let mut written = Vec::new();
    while let Some(output) = client.poll_output() {
        if let Output::Io(Io::Send { on, frames }) = output {
            written.extend(frames);
            client.handle_input(Input::Sent { on }, NOW);
        }
    }
    written
}

/// Bytes to serde.
struct Attachment<'a>(&'a [u8]);

impl serde::Serialize for Attachment<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}
