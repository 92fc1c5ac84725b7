//! Namespaces that a server does not let in.

use core::time::Duration;

use sockeye_core::{
    Emit, EmitError, SocketKey, SocketOptions, State, Transport,
    sim::{Policy, Sim},
};

fn sim() -> Sim {
    Sim::over(Transport::WebSocket)
}

/// Joined to `/`, and to what else is named.
fn joined(names: &[&str]) -> (Sim, Vec<SocketKey>) {
    let mut sim = sim();
    let sockets: Vec<_> = names.iter().map(|name| sim.socket(name)).collect();
    for socket in &sockets {
        sim.connect(*socket);
    }
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events().len(), 1 + names.len());
    sim.server.clear_received();
    (sim, sockets)
}

#[test]
fn a_refusal_has_the_words_of_the_server() {
    // P-89, A-53, B-24, B-25, F077
    for (body, message) in [
        (r#"{"message":"Invalid namespace"}"#, "Invalid namespace"),
        (r#"{"message":"no","data":{"a":[1]}}"#, "no"),
        (r#""just a text""#, "just a text"),
        (r"{}", ""),
        ("", ""),
        (r#"{"message":7}"#, ""),
    ] {
        let (mut sim, _) = joined(&["/"]);
        let socket = sim.socket("/a");
        sim.server.namespace("/a", Policy::Refuse(body.into()));
        sim.connect(socket);
        sim.run_for(Duration::from_secs(1));
        assert_eq!(sim.take_events(), [format!("/a connect error: refused: {message}")]);
        assert!(!sim.client().active(socket) && sim.server.sessions() == 1);
    }
}

#[test]
fn an_emit_to_a_refused_namespace_is_handed_back() {
    // F092: also after the connection was lost in between
    let (mut sim, _) = joined(&["/"]);
    let socket = sim.socket("/a");
    sim.server.namespace("/a", Policy::Refuse("{}".into()));
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    for _ in 0..2 {
        let refused = sim.emit_with(socket, "a", &1, Emit::default());
        assert!(matches!(refused, Err(EmitError::NotConnected(args)) if args.text() == "[\"a\",1]"));
        sim.lose_connection();
        sim.run_for(Duration::from_secs(3));
    }
    sim.server.namespace("/a", Policy::Accept);
    sim.connect(socket);
    sim.emit(socket, "a", &2);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received().last(), Some(&"2/a,[\"a\",2]"));
}

#[test]
fn the_way_of_the_reference_is_an_option() {
    // F092
    let (mut sim, _) = joined(&["/"]);
    let options = SocketOptions { buffer_when_refused: true, ..SocketOptions::default() };
    let socket = sim.socket_with("/a", options);
    sim.server.namespace("/a", Policy::Refuse("{}".into()));
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    sim.emit(socket, "a", &1);
    assert_eq!(sim.client().buffered(socket).0, 1);
}

#[test]
fn when_the_last_one_is_refused_the_connection_closes() {
    // A-27
    let mut sim = sim();
    let socket = sim.socket("/a");
    sim.server.namespace("/a", Policy::Refuse("{}".into()));
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), ["open", "/a connect error: refused: ", "close: forced close"]);
    assert_eq!((sim.client().state(), sim.server.sessions()), (State::Idle, 0));
}

#[test]
fn a_reply_without_an_id_is_an_older_server() {
    // B-26, F003, F076
    for body in ["", "{}", r#"{"sid":7}"#, r#"{"sid":""}"#, &format!(r#"{{"sid":"{}"}}"#, "x".repeat(300))] {
        let (mut sim, _) = joined(&["/"]);
        let socket = sim.socket("/a");
        sim.server.namespace("/a", Policy::Hold);
        sim.connect(socket);
        sim.run_for(Duration::from_millis(100));
        sim.server.send_raw(&format!("40/a,{body}"));
        sim.run_for(Duration::from_millis(100));
        assert_eq!(sim.take_events(), ["/a connect error: incompatible"], "{body}");
    }
}
