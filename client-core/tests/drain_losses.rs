//! What counts as lost in a shutdown (F118).

use core::time::Duration;

use sockeye_core::{
    Emit, SocketKey, SocketOptions, Transport,
    sim::{Policy, Sim},
};

const SECOND: Duration = Duration::from_secs(1);
/// Shorter than a message takes.
const MOMENT: Duration = Duration::from_millis(1);

fn joined(transport: Transport) -> (Sim, SocketKey) {
    let mut sim = Sim::over(transport);
    let socket = sim.joined("/");
    sim.take_events();
    (sim, socket)
}

/// What the drain that is under way says in the end.
fn end(sim: &mut Sim) -> Option<String> {
    sim.run_for(Duration::from_secs(50));
    sim.take_events().into_iter().rfind(|it| it.starts_with("drained"))
}

fn drained(mut sim: Sim) -> Option<String> {
    sim.drain(Duration::from_mins(1));
    end(&mut sim)
}

#[test]
fn what_was_being_written_as_the_connection_broke() {
    for transport in [Transport::Polling, Transport::WebSocket] {
        let (mut sim, socket) = joined(transport);
        sim.network.stalled = true;
        sim.emit(socket, "n", &1);
        sim.drain(Duration::from_mins(1));
        sim.run_for(MOMENT);
        assert_eq!(sim.take_events(), [""; 0]);
        sim.network.stalled = false;
        sim.lose_connection();
        assert_eq!(end(&mut sim).as_deref(), Some("drained in part"), "{transport:?}");
    }
}

#[test]
fn what_had_yet_to_be_written_as_the_network_went() {
    let (mut sim, socket) = joined(Transport::WebSocket);
    sim.emit(socket, "n", &1);
    sim.drain(Duration::from_mins(1));
    sim.go_offline();
    assert_eq!(end(&mut sim).as_deref(), Some("drained in part"));
}

#[test]
fn answers_that_do_not_come() {
    let (mut sim, socket) = joined(Transport::WebSocket);
    sim.server.acknowledges = false;
    sim.ask(socket, "n", &1);
    sim.drain(Duration::from_mins(1));
    sim.run_for(SECOND);
    assert_eq!(sim.take_events(), [""; 0]);
    sim.lose_connection();
    assert_eq!(end(&mut sim).as_deref(), Some("drained in part"), "the connection broke");

    let (mut sim, socket) = joined(Transport::WebSocket);
    sim.server.acknowledges = false;
    let how = Emit { ack: true, timeout: Some(SECOND), ..Emit::default() };
    assert!(sim.emit_with(socket, "n", &1, how).is_ok());
    assert_eq!(drained(sim).as_deref(), Some("drained in part"), "their time was up");
}

#[test]
fn an_answer_of_ours_that_did_not_leave() {
    let (mut sim, _) = joined(Transport::Polling);
    sim.server.ask("/", "[\"asks\"]");
    sim.run_for(SECOND);
    let token = sim.take_token().expect("a question");
    assert!(sim.answer(&token, &1));
    sim.drain(Duration::from_mins(1));
    sim.lose_connection();
    assert_eq!(end(&mut sim).as_deref(), Some("drained in part"));
}

#[test]
fn an_event_whose_time_to_live_passes() {
    let mut sim = Sim::over(Transport::WebSocket);
    sim.server.namespace("/", Policy::Hold);
    let socket = sim.joined("/");
    let how = Emit { time_to_live: Some(SECOND), ..Emit::default() };
    assert!(sim.emit_with(socket, "n", &1, how).is_ok());
    assert_eq!(drained(sim).as_deref(), Some("drained in part"));
}

#[test]
fn an_event_whose_tries_are_used_up() {
    let mut sim = Sim::over(Transport::WebSocket);
    sim.server.acknowledges = false;
    let options = SocketOptions { retries: 2, ack_timeout: Some(SECOND), ..SocketOptions::default() };
    let socket = sim.socket_with("/", options);
    sim.connect(socket);
    sim.emit(socket, "n", &1);
    assert_eq!(drained(sim).as_deref(), Some("drained in part"));
}

#[test]
fn what_a_namespace_that_was_left_has_yet_to_send_is_waited_for() {
    for transport in [Transport::Polling, Transport::WebSocket] {
        let (mut sim, socket) = joined(transport);
        sim.emit(socket, "last", &1);
        sim.disconnect(socket);
        sim.drain(Duration::from_mins(1));
        assert!(!sim.take_events().iter().any(|it| it.starts_with("drained")), "{transport:?}: too early");
        assert_eq!(end(&mut sim).as_deref(), Some("drained"), "{transport:?}");
        assert!(sim.server.received().contains(&"2[\"last\",1]"), "{transport:?}");
    }
}

#[test]
fn a_goodbye_that_is_cut_short() {
    let (mut sim, socket) = joined(Transport::WebSocket);
    sim.network.stalled = true;
    sim.emit(socket, "last", &1);
    sim.disconnect(socket);
    assert_eq!(drained(sim).as_deref(), Some("drained in part"));

    let (mut sim, socket) = joined(Transport::Polling);
    sim.network.partitioned = true;
    sim.emit(socket, "last", &1);
    sim.disconnect(socket);
    assert_eq!(drained(sim).as_deref(), Some("drained in part"));
}

#[test]
fn what_is_sent_again_is_not_lost() {
    let mut sim = Sim::over(Transport::Polling);
    let options = SocketOptions { retries: 3, ack_timeout: Some(SECOND), ..SocketOptions::default() };
    let socket = sim.socket_with("/", options);
    sim.connect(socket);
    sim.run_for(SECOND);
    sim.emit(socket, "n", &1);
    sim.drain(Duration::from_mins(1));
    sim.run_for(MOMENT);
    sim.lose_connection();
    assert_eq!(end(&mut sim).as_deref(), Some("drained"));
    assert!(sim.server.received().iter().any(|it| it.ends_with("[\"n\",1]")));
}

#[test]
fn what_waits_through_a_loss_is_not_lost() {
    // Only the CONNECT was under way.
    let mut sim = Sim::over(Transport::Polling);
    let socket = sim.socket("/");
    sim.connect(socket);
    sim.emit(socket, "n", &1);
    sim.drain(Duration::from_mins(1));
    assert!(sim.run_until("open"));
    sim.run_for(MOMENT);
    sim.lose_connection();
    assert_eq!(end(&mut sim).as_deref(), Some("drained"));
    assert!(sim.server.received().contains(&"2[\"n\",1]"));
}

#[test]
fn what_was_lost_before_does_not_count() {
    let (mut sim, socket) = joined(Transport::WebSocket);
    sim.server.acknowledges = false;
    sim.ask(socket, "n", &1);
    sim.run_for(MOMENT);
    sim.lose_connection();
    assert!(sim.run_until("ack 1 Disconnected") && sim.run_until("/ connect"));
    assert_eq!(drained(sim).as_deref(), Some("drained"));
}
