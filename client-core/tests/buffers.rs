//! What waits to be sent, how much of it may, and what happens beyond.

use core::time::Duration;

use sockeye_core::{
    Config, Emit, EmitError, Frame, Input, Overflow, SocketKey, SocketOptions, Transport, sim::Sim,
};

fn offline(options: SocketOptions) -> (Sim, SocketKey) {
    let mut sim = Sim::over(Transport::Polling);
    let socket = sim.socket_with("/", options);
    (sim, socket)
}

fn small(overflow: Overflow) -> SocketOptions {
    SocketOptions { send_buffer_events: 4, overflow, ..SocketOptions::default() }
}

fn received(sim: &Sim) -> String {
    let events =
        sim.server.received().into_iter().filter_map(|it| it.strip_prefix("2[\"n\",")?.strip_suffix(']'));
    events.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_full_buffer_refuses_and_hands_back_and_says_when_it_has_room() {
    // F113, back-pressure
    let (mut sim, socket) = offline(small(Overflow::Reject));
    for number in 0..4 {
        sim.emit(socket, "n", &number);
    }
    let refused = sim.emit_with(socket, "n", &4, Emit::default());
    assert!(matches!(refused, Err(EmitError::BufferFull(args)) if args.text() == "[\"n\",4]"));
    assert!(!sim.client().has_room(socket));
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), ["open", "/ drain", "/ connect"]);
    assert_eq!(received(&sim), "0 1 2 3");
}

#[test]
fn bytes_count_too() {
    // F113
    let options = SocketOptions { send_buffer_bytes: 40, ..SocketOptions::default() };
    let (mut sim, socket) = offline(options);
    sim.emit(socket, "n", &"x".repeat(20));
    assert!(sim.emit_with(socket, "n", &"x".repeat(20), Emit::default()).is_err());
    sim.emit(socket, "n", &1);
    assert_eq!(sim.client().buffered(socket), (2, 35));
}

#[test]
fn the_oldest_may_make_room() {
    // F113
    let (mut sim, socket) = offline(small(Overflow::DropOldest));
    for number in 0..6 {
        sim.emit(socket, "n", &number);
    }
    assert_eq!(sim.take_events(), ["/ dropped 1", "/ dropped 2"]);
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(received(&sim), "2 3 4 5");
}

#[test]
fn the_newest_may_go() {
    // F113: and who asked is told
    let (mut sim, socket) = offline(small(Overflow::DropNewest));
    for number in 0..5 {
        sim.emit(socket, "n", &number);
    }
    sim.ask(socket, "n", &5);
    assert_eq!(sim.take_events(), ["/ dropped 5", "/ ack 6 Dropped"]);
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(received(&sim), "0 1 2 3");
}

#[test]
fn a_million_emits_offline_cost_what_the_limit_says() {
    // F113
    let (mut sim, socket) =
        offline(SocketOptions { overflow: Overflow::DropNewest, ..SocketOptions::default() });
    for number in 0..50_000 {
        sim.emit(socket, "n", &number);
    }
    assert_eq!(sim.client().buffered(socket).0, 10_000);
    assert_eq!(sim.client().socket_counters(socket).dropped, 40_000);
}

#[test]
fn what_waited_leaves_in_order_cut_to_what_the_server_takes() {
    // F114, P-54, ORD-1
    let (mut sim, socket) = offline(SocketOptions::default());
    sim.server.max_payload = 100;
    for number in 0..200 {
        sim.emit(socket, "n", &number);
    }
    sim.connect(socket);
    sim.run_for(Duration::from_secs(10));
    let expected: Vec<_> = (0..200).map(|it| it.to_string()).collect();
    assert_eq!(received(&sim), expected.join(" "));
    assert_eq!(sim.server.offences(), [""; 0]);
}

#[test]
fn a_pong_does_not_wait_behind_a_flush() {
    // F049, F114: however much waits, it leaves with the next write
    let (mut sim, socket) = offline(SocketOptions::default());
    sim.server.max_payload = 100;
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    for number in 0..500 {
        sim.emit(socket, "n", &number);
    }
    sim.run_for(Duration::from_millis(100));
    sim.server.send_raw("2");
    sim.run_for(Duration::from_millis(60));
    assert!(sim.traffic().iter().any(|it| it.starts_with("> post 1 3 |")), "{:?}", sim.traffic());
}

#[test]
fn over_websocket_too_a_pong_goes_first_and_a_write_waits_for_the_last() {
    // F049, F114
    let mut sim = Sim::over(Transport::WebSocket);
    let socket = sim.joined("/");
    sim.network.stalled = true;
    sim.emit(socket, "a", &1);
    sim.run_for(Duration::ZERO);
    let on = sockeye_core::TransportId::from_u32(1);
    sim.emit(socket, "b", &2);
    sim.tell(Input::Received { on, frame: Frame::Text("2".into()) });
    assert_eq!(sim.traffic().last(), Some(&"< received 1 2"), "the write is still under way");
    sim.tell(Input::Sent { on });
    assert_eq!(sim.traffic().last(), Some(&"> send 1 3 | 42[\"b\",2]"));
}

#[test]
fn a_write_over_websocket_has_a_size() {
    // F049
    let mut config = Config::new("http://h");
    config.transports = vec![Transport::WebSocket];
    config.limits.write_batch = 100;
    let mut sim = Sim::new(config);
    let socket = sim.socket("/");
    sim.emit(socket, "early", &"x".repeat(60));
    for _ in 0..9 {
        sim.emit(socket, "more", &"x".repeat(60));
    }
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    let writes = sim.traffic().iter().filter(|it| it.starts_with("> send 1 42")).count();
    assert_eq!(writes, 5, "{}", sim.transcript());
}

#[test]
fn time_to_live_ends_the_wait() {
    // and makes room, which is told
    let (mut sim, socket) = offline(small(Overflow::Reject));
    let brief = Emit { time_to_live: Some(Duration::from_secs(1)), ..Emit::default() };
    for number in 0..4 {
        assert!(sim.emit_with(socket, "n", &number, brief).is_ok());
    }
    assert!(sim.emit_with(socket, "n", &4, brief).is_err());
    sim.run_for(Duration::from_millis(999));
    assert_eq!(sim.take_events(), [""; 0]);
    sim.run_for(Duration::from_millis(1));
    let expected = ["/ dropped 1", "/ dropped 2", "/ dropped 3", "/ dropped 4", "/ drain"];
    assert_eq!(sim.take_events(), expected);
    assert_eq!(sim.client().buffered(socket), (0, 0));
    assert_eq!(sim.client().poll_timeout(), None);
}

#[test]
fn a_question_with_a_time_to_live_is_settled_as_dropped() {
    let (mut sim, socket) = offline(SocketOptions::default());
    let how = Emit { ack: true, time_to_live: Some(Duration::from_secs(1)), ..Emit::default() };
    assert!(sim.emit_with(socket, "n", &1, how).is_ok());
    sim.run_for(Duration::from_secs(2));
    assert_eq!((sim.take_events(), sim.unsettled()), (vec!["/ ack 1 Dropped".into()], 0));
}

#[test]
fn what_the_server_would_not_take_is_refused_or_dropped() {
    // F030, F119: refused once the limit is known, dropped if it waited before
    for transport in [Transport::Polling, Transport::WebSocket] {
        let mut sim = Sim::over(transport);
        sim.server.max_payload = 100;
        let name = format!("/{}", "n".repeat(60));
        let socket = sim.socket(&name);
        // With the namespace before it, it is too long by a few bytes.
        sim.emit(socket, "n", &"x".repeat(30));
        sim.connect(socket);
        sim.run_for(Duration::from_secs(1));
        let events = sim.take_events();
        assert!(events.contains(&format!("{name} dropped 1")), "{events:?}");
        let refused = sim.emit_with(socket, "n", &"x".repeat(30), Emit::default());
        assert!(matches!(refused, Err(EmitError::TooLarge(_))));
        sim.emit(socket, "n", &"fits");
        sim.disconnect(socket);
        sim.run_for(Duration::from_secs(1));
        assert_eq!((sim.server.received().len(), sim.server.offences()), (3, &[][..]));
    }
}

#[test]
fn one_namespace_does_not_starve_another() {
    // F117: the one that waits longest is next
    let (mut sim, one) = offline(SocketOptions::default());
    let two = sim.socket("/a");
    sim.server.max_payload = 60;
    for number in 0..20 {
        sim.emit(one, "n", &number);
        sim.emit(two, "n", &number);
    }
    sim.connect(one);
    sim.connect(two);
    sim.run_for(Duration::from_millis(200));
    let (of_one, of_two): (Vec<&str>, Vec<&str>) =
        sim.server.received()[2..].iter().copied().partition(|it| it.starts_with("2["));
    assert!(of_one.len().abs_diff(of_two.len()) <= 2, "{} and {}", of_one.len(), of_two.len());
}

#[test]
fn a_driver_that_stops_taking_news_ends_the_session() {
    // Law 7, Limits::undelivered
    use sockeye_core::{Client, Input, Instant, Json, Output, TransportId};
    let mut config = Config::new("http://h");
    config.limits.undelivered = 100;
    let now = Instant::ZERO;
    let mut client = Client::<Json>::new(config, now);
    let socket = client.socket("/", SocketOptions::default()).expect("room");
    client.connect(socket, now);
    while client.poll_output().is_some() {}
    let on = TransportId::from_u32(1);
    let opening =
        "0{\"sid\":\"a\",\"pingInterval\":25000,\"pingTimeout\":20000}\u{1e}40{\"sid\":\"b\"}\u{1e}";
    let flood = vec!["42[\"a\"]"; 10_000].join("\u{1e}");
    client.handle_input(Input::Polled { on, body: format!("{opening}{flood}").into() }, now);
    let events = core::iter::from_fn(|| client.poll_output());
    assert!(events.filter(|it| matches!(it, Output::Event(_))).count() < 110);
}
