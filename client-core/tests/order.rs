//! What comes before what.

use core::time::Duration;

use bytes::Bytes;
use sockeye_core::{Config, SocketOptions, Transport, sim::Sim};

#[test]
fn events_of_one_socket_arrive_as_they_were_sent() {
    // ORD-1: across the upgrade, and texts mixed with bytes
    for seed in 0..30 {
        let mut config = Config::new("http://h");
        config.seed = seed;
        let mut sim = Sim::new(config);
        sim.network.jitter = Duration::from_millis(50);
        let socket = sim.socket("/");
        sim.connect(socket);
        for number in 0..60_u32 {
            if number % 3 == 0 {
                sim.emit(socket, "n", &(number, Bytes::from(vec![0; 20])));
            } else {
                sim.emit(socket, "n", &number);
            }
            sim.run_for(Duration::from_millis(u64::from(number % 7)));
        }
        sim.run_for(Duration::from_secs(2));
        let received = sim.server.received();
        let numbers = received
            .iter()
            .filter_map(|it| it.split_once("[\"n\",")?.1.split([',', ']']).next()?.parse().ok());
        assert_eq!(numbers.collect::<Vec<u32>>(), (0..60).collect::<Vec<_>>(), "seed {seed}");
    }
}

#[test]
fn what_was_missed_and_what_waited_come_before_connect() {
    // ORD-2: early events, then the send buffer with its reports, then connect
    let mut sim = Sim::over(Transport::WebSocket);
    let socket = sim.socket_with("/", SocketOptions { outgoing: true, ..SocketOptions::default() });
    sim.server.behind_opening = Vec::new();
    sim.server.namespace("/", sockeye_core::sim::Policy::Hold);
    sim.emit(socket, "waits", &1);
    sim.ask(socket, "waits", &2);
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    sim.server.send_raw("42[\"early\",1]");
    sim.server.send_raw("427[\"early\",2]");
    sim.server.answer_pending();
    sim.run_for(Duration::from_secs(1));
    assert_eq!(
        sim.take_events(),
        [
            "open",
            "/ event [\"early\",1]",
            "/ event [\"early\",2] asks",
            "/ outgoing [\"waits\",1]",
            "/ outgoing [\"waits\",2]",
            "/ connect",
            "/ ack 2 [2]"
        ]
    );
}

#[test]
fn an_emit_is_reported_when_it_leaves_and_not_before() {
    // and the answers to the server's own questions are not
    let mut sim = Sim::over(Transport::Polling);
    let socket = sim.joined("/");
    sim.report_outgoing(socket, true);
    sim.take_events();
    sim.emit(socket, "a", &1);
    assert_eq!(sim.take_events(), ["/ outgoing [\"a\",1]"]);
    sim.emit(socket, "b", &2);
    assert_eq!(sim.take_events(), [""; 0], "a POST is in flight");
    sim.server.ask("/", "[\"well?\"]");
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.take_events(), ["/ event [\"well?\"] asks", "/ outgoing [\"b\",2]"]);
    let token = sim.take_token().expect("a token");
    sim.answer(&token, &());
    sim.report_outgoing(socket, false);
    sim.emit(socket, "c", &3);
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.take_events(), [""; 0]);
}

#[test]
fn namespaces_share_one_order() {
    // ORD-1: what waits longest leaves first, whoever emitted it
    let mut sim = Sim::over(Transport::WebSocket);
    let (one, two) = (sim.socket("/"), sim.socket("/a"));
    for number in 0..3 {
        sim.emit(two, "n", &number);
        sim.emit(one, "n", &number);
    }
    sim.connect(one);
    sim.connect(two);
    sim.run_for(Duration::from_secs(1));
    sim.server.clear_received();
    for number in 0..2 {
        sim.emit(two, "m", &number);
        sim.emit(one, "m", &number);
    }
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received(), ["2/a,[\"m\",0]", "2[\"m\",0]", "2/a,[\"m\",1]", "2[\"m\",1]"]);
}

#[test]
fn the_connection_closes_before_its_sockets_hear_of_it() {
    // ORD-5: close, then each socket's disconnect with its acks, then the next attempt
    let mut sim = Sim::over(Transport::WebSocket);
    sim.server.acknowledges = false;
    let (one, two) = (sim.socket("/"), sim.socket("/a"));
    sim.connect(one);
    sim.connect(two);
    sim.run_for(Duration::from_secs(1));
    sim.ask(two, "x", &());
    sim.ask(one, "y", &());
    sim.run_for(Duration::from_secs(1));
    sim.take_events();
    sim.lose_connection();
    sim.run_for(Duration::from_millis(1));
    assert_eq!(
        sim.take_events(),
        [
            "close: transport close (1006)",
            "/ disconnect: transport close (1006)",
            "/ ack 2 Disconnected",
            "/a disconnect: transport close (1006)",
            "/a ack 1 Disconnected",
            "reconnect 1 in 1000 ms"
        ]
    );
}
