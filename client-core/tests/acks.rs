//! Answers: asked for, given, late, never.

use core::time::Duration;

use sockeye_core::{Config, Emit, EmitError, EmitId, Limits, SocketKey, Transport, sim::Sim};

fn connected() -> (Sim, SocketKey) {
    let mut config = Config::new("http://h");
    config.transports = vec![Transport::WebSocket];
    config.limits = Limits { pending_acks: 3, ..Limits::default() };
    let mut sim = Sim::new(config);
    let socket = sim.joined("/");
    sim.take_events();
    sim.server.clear_received();
    (sim, socket)
}

fn ask_within(sim: &mut Sim, socket: SocketKey, millis: u64) -> EmitId {
    let how = Emit { ack: true, timeout: Some(Duration::from_millis(millis)), ..Emit::default() };
    sim.emit_with(socket, "a", &1, how).unwrap_or_else(|_| panic!("refused"))
}

#[test]
fn answers_find_their_questions_in_any_order() {
    // A-70, P-87
    let (mut sim, socket) = connected();
    sim.server.acknowledges = false;
    let (one, two) = (sim.ask(socket, "a", &1), sim.ask(socket, "b", &2));
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.server.received(), ["20[\"a\",1]", "21[\"b\",2]"]);
    sim.server.send_raw("431[\"second\"]");
    sim.server.send_raw("430[]");
    sim.run_for(Duration::from_millis(100));
    let expected = [format!("/ ack {} [\"second\"]", two.as_u64()), format!("/ ack {} []", one.as_u64())];
    assert_eq!(sim.take_events(), expected);
}

#[test]
fn a_timeout_settles_and_the_late_answer_is_counted() {
    // F097, F099
    let (mut sim, socket) = connected();
    sim.server.acknowledges = false;
    ask_within(&mut sim, socket, 500);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), ["/ ack 1 TimedOut"]);
    sim.server.send_raw("430[1]");
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.take_events(), [""; 0]);
    let counters = sim.client().socket_counters(socket);
    assert_eq!((counters.timed_out, counters.late_acks), (1, 1));
}

#[test]
fn a_timeout_runs_while_the_event_waits_and_takes_it_along() {
    //
    let mut sim = Sim::new(Config::new("http://h"));
    let socket = sim.socket("/");
    ask_within(&mut sim, socket, 500);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), ["/ ack 1 TimedOut"]);
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received(), ["0"]);
}

#[test]
fn after_a_sleep_the_earliest_times_out_first() {
    // A-71, as timers do
    let (mut sim, socket) = connected();
    sim.server.acknowledges = false;
    for millis in [30_000, 20_000, 20_000] {
        ask_within(&mut sim, socket, millis);
    }
    sim.sleep(Duration::from_secs(40));
    sim.run_for(Duration::ZERO);
    let mut timed_out = sim.take_events();
    timed_out.retain(|it| it.contains("TimedOut"));
    assert_eq!(timed_out, ["/ ack 2 TimedOut", "/ ack 3 TimedOut", "/ ack 1 TimedOut"]);
}

#[test]
fn a_timeout_of_nothing_is_valid() {
    //
    let (mut sim, socket) = connected();
    ask_within(&mut sim, socket, 0);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), ["/ ack 1 TimedOut"]);
}

#[test]
fn a_lost_connection_settles_what_left_and_keeps_what_waits() {
    // F099, ORD-5: in the order of ids
    let (mut sim, socket) = connected();
    sim.server.acknowledges = false;
    sim.ask(socket, "left", &1);
    sim.ask(socket, "left", &2);
    sim.run_for(Duration::from_millis(100));
    sim.lose_connection();
    sim.run_for(Duration::from_millis(1));
    sim.ask(socket, "waits", &3);
    assert_eq!(
        sim.take_events()[1..4],
        ["/ disconnect: transport close (1006)", "/ ack 1 Disconnected", "/ ack 2 Disconnected"]
    );
    sim.server.acknowledges = true;
    assert!(sim.run_until("/ ack 3 [3]"));
    assert_eq!(sim.server.received().last(), Some(&"22[\"waits\",3]"), "ids go on (P-87, F098)");
}

#[test]
fn answers_that_nobody_asked_for_are_counted() {
    // A-74, B-21, F097, F099: unknown, double, beyond what was ever asked
    let (mut sim, socket) = connected();
    sim.ask(socket, "a", &1);
    sim.run_for(Duration::from_millis(100));
    for packet in ["430[]", "431[]", "439007199254740991[]"] {
        sim.server.send_raw(packet);
    }
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.take_events(), ["/ ack 1 [1]"]);
    assert_eq!(sim.client().socket_counters(socket).late_acks, 3);
}

#[test]
fn an_answer_to_what_has_not_left_is_none() {
    // F097: a server that guesses ids must not settle an event and receive it afterwards
    let (mut sim, socket) = connected();
    sim.network.stalled = true;
    sim.emit(socket, "first", &());
    sim.run_for(Duration::from_millis(10));
    sim.ask(socket, "a", &1);
    sim.server.send_raw("430[\"guessed\"]");
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.take_events(), [""; 0]);
    assert_eq!((sim.unsettled(), sim.client().socket_counters(socket).late_acks), (1, 1));
}

#[test]
fn answers_that_are_not_in_order_are_parse_errors() {
    // B-19, B-20, B-22, F068, F069
    for (packet, error) in [
        ("43[1]", "Id"),
        ("430{}", "Payload"),
        ("430", "Payload"),
        ("43-1[]", "Id"),
        ("4300[]", "Id"),
        ("439007199254740992[]", "Id"),
        ("4399999999999999999999[]", "Id"),
        ("431e3[]", "Payload"),
        ("43 1[]", "Id"),
    ] {
        let (mut sim, _) = connected();
        sim.server.send_raw(packet);
        sim.run_for(Duration::from_millis(100));
        assert_eq!(sim.take_events()[0], format!("close: parse error ({error})"), "{packet}");
    }
}

#[test]
fn an_event_is_answered_once() {
    // A-74, F100
    let (mut sim, _) = connected();
    sim.server.ask("/", "[\"well?\"]");
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.take_events(), ["/ event [\"well?\"] asks"]);
    let token = sim.take_token().expect("a token");
    assert!(sim.answer(&token, &("yes", 1)));
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.server.received(), ["31[\"yes\",1]"]);
}

#[test]
fn an_answer_is_worth_nothing_in_another_session() {
    // it would cost the connection
    for how in 0..3 {
        let (mut sim, socket) = connected();
        sim.server.ask("/", "[\"well?\"]");
        sim.run_for(Duration::from_millis(100));
        let token = sim.take_token().expect("a token");
        match how {
            0 => sim.disconnect(socket),
            1 => sim.lose_connection(),
            _ => sim.server.disconnect("/"),
        }
        sim.run_for(Duration::from_millis(100));
        assert!(!sim.answer(&token, &"too late"));
        sim.connect(socket);
        sim.run_for(Duration::from_secs(3));
        assert!(sim.client().connected(socket));
        assert!(!sim.answer(&token, &"much too late"));
        sim.run_for(Duration::from_secs(1));
        assert_eq!(sim.server.offences(), [""; 0]);
        assert!(!sim.server.received().iter().any(|it| it.starts_with('3')));
    }
}

#[test]
fn an_answer_that_waits_is_dropped_with_its_session() {
    //
    let (mut sim, socket) = connected();
    sim.server.ask("/", "[\"well?\"]");
    sim.run_for(Duration::from_millis(100));
    sim.network.stalled = true;
    sim.emit(socket, "first", &());
    sim.run_for(Duration::from_millis(1));
    let token = sim.take_token().expect("a token");
    assert!(sim.answer(&token, &"waits"));
    sim.network.stalled = false;
    sim.lose_connection();
    sim.run_for(Duration::from_secs(3));
    assert!(!sim.server.received().iter().any(|it| it.starts_with('3')));
    assert_eq!(sim.client().buffered(socket), (0, 0));
}

#[test]
fn answers_never_given_cost_nothing() {
    // F100
    let (mut sim, _) = connected();
    for _ in 0..1_000 {
        sim.server.ask("/", "[\"well?\"]");
    }
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events().len(), 1_000);
}

#[test]
fn there_is_a_limit_to_questions() {
    // F101
    let (mut sim, socket) = connected();
    sim.server.acknowledges = false;
    for _ in 0..3 {
        sim.ask(socket, "a", &1);
    }
    let refused = sim.emit_with(socket, "a", &1, Emit { ack: true, ..Emit::default() });
    assert!(matches!(refused, Err(EmitError::TooManyAcks(_))));
    sim.emit(socket, "without", &());
}
