//! What is counted.

use core::time::Duration;

use sockeye_core::{Config, Counters, Emit, Transport, sim::Sim};

#[test]
fn everything_that_has_a_counter_is_counted() {
    let mut sim = Sim::over(Transport::WebSocket);
    let (socket, other) = (sim.socket("/"), sim.socket("/a"));
    let volatile = Emit { volatile: true, ..Emit::default() };
    assert!(sim.emit_with(socket, "v", &(), volatile).is_ok());
    sim.connect(socket);
    sim.connect(other);
    sim.run_for(Duration::from_secs(1));
    sim.ask(socket, "a", &1);
    let brief = Emit { ack: true, timeout: Some(Duration::from_millis(5)), ..Emit::default() };
    assert!(sim.emit_with(socket, "b", &2, brief).is_ok());
    sim.emit(other, "c", &3);
    sim.server.emit("/", "[\"news\"]");
    sim.run_for(Duration::from_secs(1));
    let of_socket = Counters {
        // CONNECT, an event, two answers
        packets_received: 4,
        packets_sent: 2,
        // ["news"], [1] and [2]
        bytes_received: 8 + 3 + 3,
        // ["a",1] and ["b",2]
        bytes_sent: 7 + 7,
        dropped: 1,
        timed_out: 1,
        late_acks: 1,
        ..Counters::default()
    };
    assert_eq!(sim.client().socket_counters(socket), of_socket);
    let all = Counters { packets_received: 5, packets_sent: 3, bytes_sent: 21, ..of_socket };
    assert_eq!(sim.client().counters(), all);
    sim.lose_connection();
    assert!(sim.run_until("/a connect"));
    assert_eq!(sim.client().socket_counters(socket).reconnects, 1);
    assert_eq!(sim.client().counters().reconnects, 1, "of the connection, not of its namespaces");
}

#[test]
fn a_socket_that_never_was_has_none() {
    let sim = Sim::new(Config::new("http://h"));
    let none = sockeye_core::SocketKey::from_u32(7);
    assert_eq!(sim.client().socket_counters(none), Counters::default());
    assert_eq!((sim.client().id(none), sim.client().name(none)), (None, None));
    assert!(!sim.client().connected(none) && !sim.client().active(none));
}
