//! Events that leave at once or not at all.

use core::time::Duration;

use sockeye_core::{
    Config, Emit, Overflow, SocketKey, SocketOptions, Transport,
    sim::{Policy, Sim},
};

fn start(transport: Transport) -> (Sim, SocketKey) {
    let mut sim = Sim::over(transport);
    let socket = sim.socket("/");
    sim.connect(socket);
    (sim, socket)
}

fn say(sim: &mut Sim, socket: SocketKey, ack: bool) {
    let how = Emit { volatile: true, ack, ..Emit::default() };
    assert!(sim.emit_with(socket, "v", &(), how).is_ok());
}

#[test]
fn without_a_connection_they_are_dropped() {
    // A-64, F115
    let (mut sim, socket) = start(Transport::WebSocket);
    say(&mut sim, socket, false);
    assert_eq!(sim.take_events(), ["/ dropped 1"]);
    assert_eq!(sim.client().socket_counters(socket).dropped, 1);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received(), ["0"]);
}

#[test]
fn one_that_asked_is_told_and_leaves_nothing_behind() {
    // settled, though it never left
    let (mut sim, socket) = start(Transport::WebSocket);
    say(&mut sim, socket, true);
    assert_eq!(sim.take_events(), ["/ ack 1 Dropped"]);
    assert_eq!(sim.unsettled(), 0);
}

#[test]
fn with_a_free_transport_they_leave() {
    //
    let (mut sim, socket) = start(Transport::WebSocket);
    sim.run_for(Duration::from_secs(1));
    say(&mut sim, socket, true);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received(), ["0", "20[\"v\"]"]);
    assert_eq!(sim.take_events()[2..], ["/ ack 1 []"]);
}

#[test]
fn while_a_post_is_in_flight_they_are_dropped() {
    //
    let (mut sim, socket) = start(Transport::Polling);
    sim.run_for(Duration::from_secs(1));
    sim.emit(socket, "a", &());
    sim.run_for(Duration::from_millis(1));
    say(&mut sim, socket, false);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events()[2..], ["/ dropped 2"]);
    assert_eq!(sim.server.received(), ["0", "2[\"a\"]"]);
}

#[test]
fn while_the_namespace_is_pending_they_wait() {
    //
    let (mut sim, socket) = start(Transport::WebSocket);
    sim.server.namespace("/", Policy::Hold);
    sim.run_for(Duration::from_secs(1));
    say(&mut sim, socket, false);
    sim.server.answer_pending();
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received(), ["0", "2[\"v\"]"]);
}

#[test]
fn after_a_sleep_they_are_dropped_and_not_written_to_a_dead_connection() {
    // P-41, F059
    let (mut sim, socket) = start(Transport::WebSocket);
    sim.run_for(Duration::from_secs(1));
    sim.take_events();
    sim.sleep(Duration::from_hours(1));
    say(&mut sim, socket, false);
    let events = sim.take_events();
    assert_eq!(
        (events[0].as_str(), events.last().map(String::as_str)),
        ("close: ping timeout", Some("/ dropped 1"))
    );
}

#[test]
fn one_that_is_dropped_pushes_out_no_other() {
    // F113, F115
    let mut sim = Sim::new(Config::new("http://h"));
    let options =
        SocketOptions { overflow: Overflow::DropOldest, send_buffer_events: 1, ..SocketOptions::default() };
    let socket = sim.socket_with("/", options);
    sim.emit(socket, "kept", &());
    say(&mut sim, socket, false);
    assert_eq!(sim.take_events(), ["/ dropped 2"]);
    assert_eq!(sim.client().buffered(socket).0, 1);
}
