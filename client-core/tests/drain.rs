//! A shutdown that loses nothing, or says that it did (F118).

use core::time::Duration;

use sockeye_core::{
    Config, Emit, EmitError, SocketKey, SocketOptions, State, Transport,
    sim::{Policy, Sim},
};

fn start(options: SocketOptions) -> (Sim, SocketKey) {
    let mut sim = Sim::over(Transport::Polling);
    let socket = sim.socket_with("/", options);
    sim.connect(socket);
    (sim, socket)
}

#[test]
fn what_waits_leaves_and_answers_come() {
    let (mut sim, socket) = start(SocketOptions::default());
    sim.server.max_payload = 60;
    for number in 0..20 {
        sim.ask(socket, "n", &number);
    }
    sim.drain(Duration::from_mins(1));
    assert!(matches!(sim.emit_with(socket, "late", &(), Emit::default()), Err(EmitError::Draining(_))));
    sim.run_for(Duration::from_secs(50));
    let events = sim.take_events();
    assert_eq!(events.iter().filter(|it| it.starts_with("/ ack")).count(), 20);
    assert_eq!(
        events[events.len() - 3..],
        ["/ disconnect: io client disconnect", "close: forced close", "drained"]
    );
    assert_eq!((sim.client().state(), sim.server.sessions()), (State::Idle, 0));
}

#[test]
fn the_deadline_ends_it() {
    let (mut sim, socket) = start(SocketOptions::default());
    sim.server.acknowledges = false;
    sim.ask(socket, "n", &1);
    sim.drain(Duration::from_secs(3));
    sim.run_for(Duration::from_millis(2_999));
    assert_eq!(sim.take_events(), ["open", "/ connect"]);
    sim.run_for(Duration::from_millis(1));
    let events = sim.take_events();
    assert_eq!(events.last().map(String::as_str), Some("drained in part"));
    assert!(events.contains(&"/ ack 1 Disconnected".into()));
    assert_eq!(sim.unsettled(), 0);
}

#[test]
fn with_nothing_to_do_it_is_done_at_once() {
    let mut sim = Sim::new(Config::new("http://h"));
    sim.drain(Duration::from_secs(3));
    assert_eq!(sim.take_events(), ["drained"]);
    sim.run_for(Duration::from_secs(10));
    assert_eq!(sim.take_events(), [""; 0]);
}

#[test]
fn retries_are_waited_for() {
    let options =
        SocketOptions { retries: 3, ack_timeout: Some(Duration::from_secs(1)), ..SocketOptions::default() };
    let (mut sim, socket) = start(options);
    sim.server.acknowledges = false;
    sim.emit(socket, "n", &1);
    sim.drain(Duration::from_mins(1));
    sim.run_for(Duration::from_millis(2_500));
    assert_eq!(sim.take_events(), ["open", "/ connect"]);
    sim.server.acknowledges = true;
    sim.run_for(Duration::from_secs(3));
    assert_eq!(sim.take_events().last().map(String::as_str), Some("drained"));
}

#[test]
fn an_event_that_cannot_leave_does_not_end_it_before_connect_is_told() {
    // What waited is too large for this server and is dropped as the namespace is joined.
    let (mut sim, socket) = start(SocketOptions::default());
    sim.server.max_payload = 60;
    sim.emit(socket, "n", &"x".repeat(100));
    sim.drain(Duration::from_mins(1));
    sim.run_for(Duration::from_secs(1));
    let events = sim.take_events();
    assert_eq!(events[..3], ["open", "/ dropped 1", "/ connect"]);
    assert_eq!(events.last().map(String::as_str), Some("drained in part"));
}

#[test]
fn a_namespace_that_never_answers_cannot_hold_it_up() {
    let (mut sim, socket) = start(SocketOptions::default());
    sim.server.namespace("/", Policy::Hold);
    sim.emit(socket, "n", &1);
    sim.drain(Duration::from_secs(5));
    sim.run_for(Duration::from_secs(6));
    assert_eq!(sim.take_events(), ["open", "close: forced close", "drained in part"]);
    assert_eq!(sim.client().buffered(socket).0, 1, "it waits for the next connect");
}

#[test]
fn it_may_take_for_ever() {
    // The longest of all deadlines is one like any other.
    let (mut sim, socket) = start(SocketOptions::default());
    sim.emit(socket, "n", &1);
    sim.drain(Duration::MAX);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events().last().map(String::as_str), Some("drained"));
    assert!(sim.emit_with(socket, "again", &(), Emit::default()).is_ok());
}

#[test]
fn afterwards_it_can_be_used_again() {
    let (mut sim, socket) = start(SocketOptions::default());
    sim.run_for(Duration::from_secs(1));
    sim.drain(Duration::from_secs(5));
    sim.run_for(Duration::from_secs(1));
    sim.connect(socket);
    sim.emit(socket, "again", &());
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received().last(), Some(&"2[\"again\"]"));
}

#[test]
fn a_close_ends_it_and_says_so() {
    // Someone waits for the end of the drain.
    let (mut sim, socket) = start(SocketOptions::default());
    sim.server.acknowledges = false;
    sim.ask(socket, "n", &1);
    sim.drain(Duration::from_mins(1));
    sim.run_for(Duration::from_secs(1));
    sim.close();
    sim.run_for(Duration::from_mins(2));
    assert_eq!(sim.take_events().iter().filter(|it| it.starts_with("drained")).count(), 1);
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    assert!(sim.emit_with(socket, "again", &(), Emit::default()).is_ok());
}
