//! Finding a lost session again (section 1.9).

use core::time::Duration;

use sockeye_core::{Config, SocketKey, SocketOptions, Transport, sim::Sim};

fn connected_with(options: SocketOptions) -> (Sim, SocketKey) {
    let mut config = Config::new("http://h");
    config.transports = vec![Transport::WebSocket];
    config.randomization_factor = 0.0;
    config.limits.receive_buffer_events = 5;
    let mut sim = Sim::new(config);
    sim.server.recovery = true;
    let socket = sim.socket_with("/", options);
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), ["open", "/ connect"]);
    (sim, socket)
}

fn connected() -> (Sim, SocketKey) {
    connected_with(SocketOptions::default())
}

/// From the loss to the next `connect`, without what the connection says.
fn lose(sim: &mut Sim, missed: impl Fn(&mut Sim)) -> Vec<String> {
    sim.lose_connection();
    sim.run_for(Duration::from_millis(500));
    missed(sim);
    sim.run_until("/ connect");
    let events = sim.take_events();
    events.into_iter().filter(|it| it.starts_with("/ ") && !it.contains("disconnect")).collect()
}

#[test]
fn what_was_missed_comes_before_connect() {
    // P-100 to P-104, B-29, F095, F128, ORD-2
    let (mut sim, socket) = connected();
    sim.server.emit("/", "[\"seen\"]");
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.take_events(), ["/ event [\"seen\",\"Pf00003\"]"], "the offset is visible (F129)");
    let id = sim.client().id(socket).map(String::from);
    let events = lose(&mut sim, |sim| {
        sim.server.emit("/", "[\"missed\",1]");
        sim.server.emit("/", "[\"missed\",2]");
    });
    let expected =
        ["/ event [\"missed\",1,\"Pf00004\"]", "/ event [\"missed\",2,\"Pf00005\"]", "/ connect (Recovered)"];
    assert_eq!(events, expected);
    assert_eq!(sim.client().id(socket).map(String::from), id);
    assert!(sim.server.received().contains(&"0{\"pid\":\"pid2\",\"offset\":\"Pf00003\"}"));
}

#[test]
fn without_an_offset_nothing_can_be_found() {
    // P-105
    let (mut sim, _) = connected();
    assert_eq!(lose(&mut sim, |_| ()), ["/ connect (NoOffset)"]);
}

#[test]
fn a_session_that_is_not_found_starts_anew_and_its_offset_is_forgotten() {
    // P-106, Q-09, F128
    let (mut sim, _) = connected();
    sim.server.emit("/", "[\"seen\"]");
    sim.run_for(Duration::from_millis(100));
    sim.take_events();
    assert_eq!(lose(&mut sim, |sim| sim.server.restart()), ["/ connect (NotFound)"]);
    sim.server.clear_received();
    assert_eq!(lose(&mut sim, |_| ()), ["/ connect (NoOffset)"]);
    assert!(
        sim.server.received()[0].starts_with("0{\"pid\":\"pid")
            && !sim.server.received()[0].contains("offset")
    );
}

#[test]
fn a_text_that_cannot_be_an_offset_does_not_replace_one() {
    // Q-10, F127: a volatile event that ends in a text
    let (mut sim, _) = connected();
    sim.server.emit("/", "[\"seen\"]");
    sim.server.send_raw("42[\"chat\",\"hello everyone\"]");
    sim.server.send_raw("42[\"chat\",\"goodbye\"]");
    sim.server.send_raw("421[\"asks\",\"Pf99999\"]");
    sim.run_for(Duration::from_millis(100));
    sim.take_events();
    assert_eq!(lose(&mut sim, |_| ()), ["/ connect (Recovered)"]);
}

#[test]
fn a_server_that_keeps_no_sessions_says_so() {
    let (mut sim, _) = connected();
    assert_eq!(lose(&mut sim, |sim| sim.server.recovery = false), ["/ connect (Disabled)"]);
}

#[test]
fn an_application_may_not_want_it() {
    let (mut sim, _) = connected_with(SocketOptions { recovery: false, ..SocketOptions::default() });
    sim.server.emit("/", "[\"seen\"]");
    sim.run_for(Duration::from_millis(100));
    sim.take_events();
    assert_eq!(lose(&mut sim, |_| ()), ["/ connect (Disabled)"]);
    assert_eq!(sim.server.received(), ["0", "0"]);
}

#[test]
fn the_offset_can_be_hidden() {
    // F129
    let (mut sim, _) = connected_with(SocketOptions { strip_offset: true, ..SocketOptions::default() });
    sim.server.emit("/", "[\"a\",1]");
    sim.server.send_raw("42[\"chat\",\"an ordinary text\"]");
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.take_events(), ["/ event [\"a\",1]", "/ event [\"chat\",\"an ordinary text\"]"]);
}

#[test]
fn more_than_the_buffer_holds_is_no_recovery() {
    // F095: some are lost, and the application is told
    let (mut sim, socket) = connected();
    sim.server.emit("/", "[\"seen\"]");
    sim.run_for(Duration::from_millis(100));
    sim.take_events();
    let events = lose(&mut sim, |sim| (0..8).for_each(|_| sim.server.emit("/", "[\"missed\"]")));
    assert_eq!((events.len(), events[5].as_str()), (6, "/ connect (Overflowed)"));
    assert_eq!(sim.client().socket_counters(socket).ignored, 3);
}

#[test]
fn many_bytes_are_more_than_the_buffer_holds_too() {
    // F095
    let (mut sim, socket) = connected();
    sim.server.emit("/", "[\"seen\"]");
    sim.run_for(Duration::from_millis(100));
    sim.take_events();
    let large = format!("[\"missed\",\"{}\"]", "x".repeat(2 << 20));
    let events = lose(&mut sim, |sim| (0..3).for_each(|_| sim.server.emit("/", &large)));
    assert_eq!((events.len(), events[1].as_str()), (2, "/ connect (Overflowed)"));
    assert_eq!(sim.client().socket_counters(socket).ignored, 2);
}

#[test]
fn odd_ids_are_not_sent_back() {
    // F130
    for pid in ["\"\"", "7", "\"a b\"", "\"q\\\"uote\"", &format!("\"{}\"", "x".repeat(300))] {
        let (mut sim, socket) = connected();
        let other = sim.socket("/a");
        sim.server.namespace("/a", sockeye_core::sim::Policy::Hold);
        sim.connect(other);
        sim.run_for(Duration::from_millis(100));
        sim.server.send_raw(&format!("40/a,{{\"sid\":\"x\",\"pid\":{pid}}}"));
        sim.run_for(Duration::from_millis(100));
        assert!(sim.client().connected(other) && sim.client().connected(socket), "{pid}");
        sim.lose_connection();
        sim.run_for(Duration::from_secs(3));
        assert_eq!(sim.server.received().last(), Some(&"0/a,"), "{pid}");
    }
}

#[test]
fn an_offset_that_is_too_long_is_not_kept() {
    // F130
    let (mut sim, _) = connected();
    sim.server.send_raw(&format!("42[\"a\",\"{}\"]", "x".repeat(300)));
    sim.run_for(Duration::from_millis(100));
    sim.server.clear_received();
    sim.lose_connection();
    sim.run_for(Duration::from_secs(3));
    let connect = sim.server.received()[0];
    assert!(connect.contains("\"pid\"") && !connect.contains("offset"), "{connect}");
}

#[test]
fn the_events_of_one_body_with_a_close_are_delivered_first_and_once() {
    //
    let mut sim = Sim::over(Transport::Polling);
    sim.server.recovery = true;
    sim.joined("/");
    sim.take_events();
    sim.server.answer_polls("42[\"a\",\"Pf00009\"]\u{1e}1");
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.take_events()[..2], ["/ event [\"a\",\"Pf00009\"]", "close: transport close (by server)"]);
}
