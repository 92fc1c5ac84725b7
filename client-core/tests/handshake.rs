//! The first answer of a server, and of what is none.

use core::time::Duration;

use sockeye_core::{
    CloseDetails, Config, Input, State, Transport, TransportId,
    sim::{Refusal, Sim},
};

fn sim(transport: Transport) -> Sim {
    Sim::over(transport)
}

/// What happens within a second when the server opens with `opening`.
fn opened_with(transport: Transport, opening: &str) -> Vec<String> {
    let mut sim = sim(transport);
    sim.server.opening = Some(opening.into());
    let socket = sim.socket("/");
    sim.connect(socket);
    sim.run_for(Duration::from_millis(900));
    sim.take_events()
}

fn failed(error: &str, goes_on: bool) -> [String; 3] {
    let next = if goes_on { "reconnect 1 in 1000 ms" } else { "reconnect failed" };
    [format!("/ connect error: {error}"), format!("error: {error}"), next.into()]
}

fn refused_with(status: u16, body: &str) -> Vec<String> {
    let mut sim = sim(Transport::Polling);
    sim.server.refusal = Some(Refusal { status, body: body.into(), retry_after: None });
    let socket = sim.socket("/");
    sim.connect(socket);
    sim.run_for(Duration::from_millis(900));
    sim.take_events()
}

#[test]
fn refusals_are_classified() {
    // F001, P-20: the code is a number, or from other servers a string
    for (status, body, error, goes_on) in [
        (400, r#"{"code":0,"message":"Transport unknown"}"#, "http 400, code 0: Transport unknown", true),
        (400, r#"{"code":"1","message":"Session ID unknown"}"#, "http 400, code 1: Session ID unknown", true),
        (400, r#"{"code":3,"message":"Bad request"}"#, "http 400, code 3: Bad request", true),
        (403, r#"{"code":4,"message":"Forbidden"}"#, "http 403, code 4: Forbidden", false),
        (400, r#"{"code":"5","message":"Unsupported"}"#, "http 400, code 5: Unsupported", false),
        (403, "", "http 403: ", false),
        (404, "<html>", "http 404: <html>", false),
        (500, "oops", "http 500: oops", true),
    ] {
        assert_eq!(refused_with(status, body), failed(error, goes_on), "{status} {body}");
    }
}

#[test]
fn a_long_excerpt_is_capped() {
    // F002
    let events = refused_with(500, &"é".repeat(9_000));
    assert!(events[0].len() < 1_100, "{}", events[0].len());
}

#[test]
fn what_is_no_engine_io_endpoint_is_an_error_at_once() {
    // F002, B-01, B-02, P-05
    for (opening, error) in [
        ("<html>hello</html>", "protocol Handshake"),
        ("zzz", "protocol Handshake"),
        ("", "protocol Handshake"),
        ("{}", "protocol Handshake"),
        ("é", "protocol Handshake"),
        ("40", "protocol Handshake"),
        ("6", "protocol Handshake"),
    ] {
        for transport in [Transport::Polling, Transport::WebSocket] {
            assert_eq!(opened_with(transport, opening), failed(error, true), "{opening}");
        }
    }
}

#[test]
fn a_handshake_that_is_none_is_an_error_at_once() {
    // B-03, B-05, F004, F005, F008
    for (opening, error) in [
        ("0", "protocol Handshake"),
        ("0null", "protocol Handshake"),
        ("0[]", "protocol Handshake"),
        ("0{", "protocol Handshake"),
        ("0{}", "protocol HandshakeSid"),
        (r#"0{"sid":7,"pingInterval":9,"pingTimeout":9}"#, "protocol HandshakeSid"),
        (r#"0{"sid":"","pingInterval":9,"pingTimeout":9}"#, "protocol HandshakeSid"),
        (r#"0{"sid":"a"}"#, "protocol HandshakeHeartbeat"),
        (r#"0{"sid":"a","pingInterval":0,"pingTimeout":9}"#, "protocol HandshakeHeartbeat"),
        (r#"0{"sid":"a","pingInterval":null,"pingTimeout":9}"#, "protocol HandshakeHeartbeat"),
        (r#"0{"sid":"a","pingInterval":9,"pingTimeout":9,"maxPayload":0}"#, "protocol HandshakeMaxPayload"),
        (r#"0{"sid":"a","pingInterval":9,"pingTimeout":9,"maxPayload":-1}"#, "protocol HandshakeMaxPayload"),
    ] {
        assert_eq!(opened_with(Transport::Polling, opening), failed(error, true), "{opening}");
    }
    let long = format!(r#"0{{"sid":"{}","pingInterval":9,"pingTimeout":9}}"#, "x".repeat(300));
    assert_eq!(opened_with(Transport::Polling, &long), failed("protocol HandshakeSid", true));
}

#[test]
fn an_older_server_is_named_and_not_tried_again() {
    // F003
    let opening = r#"96:0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":5000}2:40"#;
    assert_eq!(opened_with(Transport::Polling, opening), failed("incompatible", false));
}

#[test]
fn a_server_that_only_lacks_upgrades_is_fine() {
    // B-04, F007, F008: nor is maxPayload needed
    let opening = r#"0{"sid":"sid1","pingInterval":25000,"pingTimeout":20000}"#;
    assert_eq!(opened_with(Transport::Polling, opening), ["open", "/ connect"]);
}

#[test]
fn extreme_heartbeats_do_not_spin() {
    // F005, F006: clamped to between a second and 2^31-1 ms
    for beat in ["1", "0.5e1", "1099511627776"] {
        let opening = format!(r#"0{{"sid":"sid1","pingInterval":{beat},"pingTimeout":{beat}}}"#);
        let events = opened_with(Transport::Polling, &opening);
        assert!(events.len() <= 3 && !events.iter().any(|it| it.contains("ping timeout")), "{events:?}");
    }
}

#[test]
fn everything_in_the_first_body_counts_in_order() {
    // F010, F061, P-34: socketioxide pings with its handshake
    let mut sim = sim(Transport::Polling);
    sim.server.behind_opening = vec!["2".into()];
    sim.joined("/");
    assert_eq!(sim.take_events(), ["open", "ping", "/ connect"]);
    assert!(sim.traffic().contains(&"> post 1 3 | 40"), "{:?}", sim.traffic());
}

#[test]
fn a_second_handshake_ends_the_session() {
    // B-06, F009
    let mut sim = sim(Transport::WebSocket);
    sim.joined("/");
    sim.take_events();
    sim.server.send_raw(r#"0{"sid":"b","pingInterval":25000,"pingTimeout":20000}"#);
    sim.run_for(Duration::from_millis(100));
    assert_eq!(
        sim.take_events(),
        [
            "close: transport error (UnexpectedPacket)",
            "/ disconnect: transport error (UnexpectedPacket)",
            "reconnect 1 in 1000 ms"
        ]
    );
}

#[test]
fn a_close_before_the_handshake_is_an_error_at_once() {
    // B-07, Q-14
    let mut sim = sim(Transport::WebSocket);
    sim.server.mute = true;
    let socket = sim.socket("/");
    sim.connect(socket);
    sim.run_for(Duration::from_millis(5));
    let details = CloseDetails::WebSocket { code: 1000, reason: String::new() };
    sim.tell(Input::Closed { on: TransportId::from_u32(1), details });
    assert_eq!(sim.take_events(), failed("closed", true));
}

#[test]
fn silence_ends_with_the_connect_timeout() {
    // F011, O-47
    let mut sim = sim(Transport::Polling);
    sim.server.mute = true;
    let socket = sim.socket("/");
    sim.connect(socket);
    sim.run_for(Duration::from_millis(19_999));
    assert_eq!(sim.take_events(), [""; 0]);
    sim.run_for(Duration::from_millis(1));
    assert_eq!(sim.take_events(), failed("timeout", true));
}

#[test]
fn without_a_connect_timeout_it_waits() {
    // O-47
    let mut config = Config::new("http://h");
    config.timeout = None;
    let mut sim = Sim::new(config);
    sim.server.mute = true;
    let socket = sim.socket("/");
    sim.connect(socket);
    sim.run_for(Duration::from_hours(1));
    assert_eq!(sim.client().state(), State::Connecting { attempt: 0 });
}

#[test]
fn a_list_without_transports_is_an_error() {
    // O-08
    let mut config = Config::new("http://h");
    config.transports = Vec::new();
    let mut sim = Sim::new(config);
    let socket = sim.socket("/");
    sim.connect(socket);
    assert_eq!(sim.take_events(), failed("no transports", false));
    assert_eq!(sim.client().state(), State::Idle);
}
