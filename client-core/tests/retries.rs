//! The queue of `retries`: one at a time, until it is acknowledged or given up.

use core::time::Duration;

use sockeye_core::{Emit, SocketKey, SocketOptions, Transport, sim::Sim};

fn connected(retries: u32, ack_timeout: Option<u64>) -> (Sim, SocketKey) {
    let mut sim = Sim::over(Transport::WebSocket);
    let ack_timeout = ack_timeout.map(Duration::from_millis);
    let socket = sim.socket_with("/", SocketOptions { retries, ack_timeout, ..SocketOptions::default() });
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    sim.take_events();
    sim.server.clear_received();
    (sim, socket)
}

#[test]
fn one_is_in_flight_at_a_time() {
    // the server is asked though the application did not
    let (mut sim, socket) = connected(3, Some(1_000));
    for number in 0..3 {
        sim.emit(socket, "n", &number);
    }
    sim.run_for(Duration::from_millis(15));
    assert_eq!(sim.server.received(), ["20[\"n\",0]"]);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received(), ["20[\"n\",0]", "21[\"n\",1]", "22[\"n\",2]"]);
    assert_eq!(sim.take_events(), [""; 0]);
}

#[test]
fn it_is_sent_once_more_than_there_are_retries_each_with_a_fresh_id() {
    // F116: then the queue moves on
    let (mut sim, socket) = connected(2, Some(1_000));
    sim.server.acknowledges = false;
    sim.ask(socket, "lost", &());
    sim.ask(socket, "next", &());
    sim.run_for(Duration::from_millis(3_100));
    assert_eq!(sim.take_events(), ["/ ack 1 TimedOut"]);
    assert_eq!(sim.server.received(), ["20[\"lost\"]", "21[\"lost\"]", "22[\"lost\"]", "23[\"next\"]"]);
    assert_eq!(sim.client().socket_counters(socket).retried, 2);
    sim.server.send_raw("433[1]");
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.take_events(), ["/ ack 3 [1]"]);
}

#[test]
fn an_event_that_wanted_no_answer_is_told_to_be_dropped() {
    //
    let (mut sim, socket) = connected(1, Some(100));
    sim.server.acknowledges = false;
    sim.emit(socket, "lost", &());
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), ["/ dropped 1"]);
}

#[test]
fn without_a_timeout_an_answer_is_success() {
    //
    let (mut sim, socket) = connected(3, None);
    sim.ask(socket, "a", &"value");
    sim.run_for(Duration::from_secs(10));
    assert_eq!((sim.take_events(), sim.server.received().len()), (vec!["/ ack 1 [\"value\"]".into()], 1));
}

#[test]
fn an_answer_to_an_earlier_try_does_not_count() {
    // A-80, F097: the ids differ
    let (mut sim, socket) = connected(5, Some(1_000));
    sim.server.acknowledges = false;
    sim.ask(socket, "a", &());
    sim.run_for(Duration::from_millis(1_500));
    sim.server.send_raw("430[\"late\"]");
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.take_events(), [""; 0]);
    sim.server.send_raw("431[\"in time\"]");
    sim.run_for(Duration::from_secs(10));
    assert_eq!(sim.take_events(), ["/ ack 1 [\"in time\"]"]);
}

#[test]
fn a_disconnect_is_a_failed_try_and_the_head_leaves_before_connect_is_told() {
    // ORD-2
    let (mut sim, socket) = connected(1, None);
    sim.report_outgoing(socket, true);
    sim.server.acknowledges = false;
    sim.ask(socket, "a", &());
    sim.ask(socket, "b", &());
    sim.run_for(Duration::from_millis(100));
    sim.lose_connection();
    sim.run_for(Duration::from_secs(2));
    let events = sim.take_events();
    assert_eq!(events[events.len() - 2..], ["/ outgoing [\"a\"]", "/ connect (Disabled)"]);
    // The second disconnect uses up the tries.
    sim.lose_connection();
    sim.run_for(Duration::from_millis(1));
    assert!(sim.take_events().contains(&"/ ack 1 Disconnected".into()));
    sim.run_for(Duration::from_secs(5));
    assert_eq!(sim.server.received().last(), Some(&"22[\"b\"]"));
}

#[test]
fn volatile_events_do_not_queue() {
    //
    let (mut sim, socket) = connected(3, Some(1_000));
    sim.server.acknowledges = false;
    sim.emit(socket, "head", &());
    sim.run_for(Duration::from_millis(5));
    let how = Emit { volatile: true, ..Emit::default() };
    assert!(sim.emit_with(socket, "v", &(), how).is_ok());
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.server.received(), ["20[\"head\"]", "2[\"v\"]"]);
}

#[test]
fn options_of_one_emit_do_not_leak_into_the_next() {
    //
    let (mut sim, socket) = connected(1, Some(1_000));
    sim.server.acknowledges = false;
    let how = Emit { ack: true, timeout: Some(Duration::from_millis(10)), ..Emit::default() };
    assert!(sim.emit_with(socket, "short", &(), how).is_ok());
    sim.ask(socket, "long", &());
    sim.run_for(Duration::from_millis(500));
    assert_eq!(sim.take_events(), ["/ ack 1 TimedOut"]);
    sim.run_for(Duration::from_secs(2));
    assert_eq!(sim.take_events(), ["/ ack 3 TimedOut"]);
}

#[test]
fn time_to_live_ends_the_tries() {
    let (mut sim, socket) = connected(9, Some(400));
    sim.server.acknowledges = false;
    let how = Emit { ack: true, time_to_live: Some(Duration::from_secs(1)), ..Emit::default() };
    assert!(sim.emit_with(socket, "a", &(), how).is_ok());
    sim.run_for(Duration::from_secs(5));
    assert_eq!(sim.take_events(), ["/ ack 1 TimedOut"]);
    assert_eq!(sim.server.received().len(), 3);
}

#[test]
fn what_waits_behind_the_head_has_a_time_to_live_of_its_own() {
    let (mut sim, socket) = connected(9, Some(5_000));
    sim.server.acknowledges = false;
    sim.ask(socket, "head", &());
    let how = Emit { time_to_live: Some(Duration::from_secs(1)), ..Emit::default() };
    assert!(sim.emit_with(socket, "a", &(), how).is_ok());
    sim.run_for(Duration::from_secs(2));
    assert_eq!((sim.take_events(), sim.server.received().len()), (vec!["/ dropped 3".into()], 1));
}
