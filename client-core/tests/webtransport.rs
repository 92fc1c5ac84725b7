//! To the machine WebTransport is a WebSocket of another kind.

use std::time::Duration;

use sockeye_core::{
    Client, Config, Event, Frame, Input, Instant, Io, IoError, IoErrorKind, Json, Output, Transport,
    TransportId,
};

const OPENING: &str =
    r#"0{"sid":"a","upgrades":["websocket","webtransport"],"pingInterval":25000,"pingTimeout":20000}"#;

fn client(transports: Vec<Transport>) -> Client<Json> {
    let mut config = Config::new("http://h");
    config.transports = transports;
    let mut client = Client::new(config, Instant::ZERO);
    client.reconnect_now(Instant::ZERO);
    client
}

/// What the machine wants opened, and the upgrades it tells of.
fn take(client: &mut Client<Json>) -> (Option<(TransportId, Transport)>, Vec<Transport>) {
    let (mut opened, mut upgrades) = (None, Vec::new());
    while let Some(output) = client.poll_output() {
        match output {
            Output::Io(Io::Open { on, transport, .. }) => opened = Some((on, transport)),
            Output::Event(Event::Upgrade(to)) => upgrades.push(to),
            _ => {}
        }
    }
    (opened, upgrades)
}

fn text(client: &mut Client<Json>, on: TransportId, text: &str) {
    client.handle_input(Input::Received { on, frame: Frame::Text(text.into()) }, Instant::ZERO);
}

#[test]
fn a_session_can_start_on_it() {
    let mut client = client(vec![Transport::WebTransport]);
    let (opened, _) = take(&mut client);
    let (on, kind) = opened.expect("it is opened");
    assert_eq!(kind, Transport::WebTransport);
    client.handle_input(Input::Opened { on }, Instant::ZERO);
    text(&mut client, on, OPENING);
    assert_eq!(client.state(), sockeye_core::State::Connected { transport: Transport::WebTransport });
}

#[test]
fn polling_moves_to_it_first_and_to_websocket_when_that_fails() {
    // P-60 to P-64
    let mut client = client(vec![Transport::Polling, Transport::WebSocket, Transport::WebTransport]);
    take(&mut client);
    client.handle_input(Input::Polled { on: TransportId::from_u32(1), body: OPENING.into() }, Instant::ZERO);
    let (opened, _) = take(&mut client);
    let (first, kind) = opened.expect("a probe");
    assert_eq!(kind, Transport::WebTransport);
    let error = IoError { kind: IoErrorKind::Connect, message: String::new() };
    client.handle_input(Input::Failed { on: first, error }, Instant::ZERO);
    let (opened, _) = take(&mut client);
    let (second, kind) = opened.expect("another probe");
    assert_eq!(kind, Transport::WebSocket);
    client.handle_input(Input::Opened { on: second }, Instant::ZERO);
    take(&mut client);
    client.handle_input(Input::Sent { on: second }, Instant::ZERO);
    text(&mut client, second, "3probe");
    client.handle_input(Input::Polled { on: TransportId::from_u32(1), body: "6".into() }, Instant::ZERO);
    assert_eq!(take(&mut client).1, [Transport::WebSocket]);
}

#[test]
fn messages_below_socketio_leave_as_they_are_while_there_is_a_session() {
    // A-111
    let mut client = client(vec![Transport::WebSocket]);
    let (opened, _) = take(&mut client);
    let (on, _) = opened.expect("it is opened");
    client.handle_input(Input::Opened { on }, Instant::ZERO);
    assert!(!client.send_raw(Frame::Text("early".into()), Instant::ZERO));
    text(&mut client, on, OPENING);
    assert!(client.send_raw(Frame::Text("raw".into()), Instant::ZERO));
    let mut sent = Vec::new();
    while let Some(output) = client.poll_output() {
        if let Output::Io(Io::Send { frames, .. }) = output {
            sent.extend(
                frames
                    .into_iter()
                    .filter_map(|it| if let Frame::Text(text) = it { Some(text) } else { None }),
            );
        }
    }
    assert_eq!(sent, ["4raw"]);
    client.config_mut().limits.raw_bytes = 3;
    assert!(client.send_raw(Frame::Text("fills".into()), Instant::ZERO));
    assert!(!client.send_raw(Frame::Text("too much".into()), Instant::ZERO));
}

#[test]
fn a_wait_ends_when_reconnecting_is_switched_off_meanwhile() {
    // A-22
    let mut client = client(vec![Transport::WebSocket]);
    let (opened, _) = take(&mut client);
    let (on, _) = opened.expect("it is opened");
    let error = IoError { kind: IoErrorKind::Connect, message: String::new() };
    client.handle_input(Input::Failed { on, error }, Instant::ZERO);
    take(&mut client);
    let at = client.poll_timeout().expect("the next attempt");
    client.config_mut().reconnection = false;
    client.handle_input(Input::Timeout, at);
    assert_eq!(take(&mut client).0, None);
    assert_eq!((client.state(), client.poll_timeout()), (sockeye_core::State::Idle, None));
    assert!(at.since(Instant::ZERO) > Duration::ZERO);
}
