//! The next transport when one fails to open (O-11).

use core::time::Duration;

use sockeye_core::{Config, State, Transport, sim::Sim};

fn start(transports: &[Transport]) -> Sim {
    let mut config = Config::new("http://h");
    config.try_all_transports = true;
    config.randomization_factor = 0.0;
    config.transports = transports.to_vec();
    let mut sim = Sim::new(config);
    let socket = sim.socket("/");
    sim.connect(socket);
    sim
}

#[test]
fn the_next_is_tried_in_the_same_attempt() {
    // O-11, F057: and the application hears of no error
    let mut sim = start(&[Transport::WebSocket, Transport::Polling]);
    sim.network.websockets_blocked = true;
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), ["open", "/ connect"]);
    assert_eq!(sim.client().state(), State::Connected { transport: Transport::Polling });
    let dropped = sim.traffic().iter().filter(|it| it.starts_with("> open")).count();
    assert_eq!(dropped, 1, "what was dropped is no upgrade target either");
}

#[test]
fn when_all_fail_the_attempt_fails() {
    // O-11: and the next attempt starts from the full list
    let mut sim = start(&[Transport::WebSocket, Transport::Polling]);
    sim.network.refusing = true;
    sim.run_for(Duration::from_millis(500));
    assert_eq!(
        sim.take_events(),
        ["/ connect error: io Connect", "error: io Connect", "reconnect 1 in 1000 ms"]
    );
    sim.network.refusing = false;
    assert!(sim.run_until("/ connect"));
    assert_eq!(sim.client().state(), State::Connected { transport: Transport::WebSocket });
}

#[test]
fn the_transport_that_failed_is_let_go_of() {
    let mut sim = start(&[Transport::WebSocket, Transport::Polling]);
    sim.network.websockets_blocked = true;
    sim.run_for(Duration::from_secs(1));
    let traffic = sim.traffic();
    let at = |line: &str| traffic.iter().position(|it| *it == line).expect("there");
    assert!(at("> close 1") < at("> get 2"));
}

#[test]
fn without_it_the_attempt_fails_with_the_first() {
    let mut config = Config::new("http://h");
    config.transports = vec![Transport::WebSocket, Transport::Polling];
    let mut sim = Sim::new(config);
    sim.network.websockets_blocked = true;
    let socket = sim.socket("/");
    sim.connect(socket);
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.take_events()[..2], ["/ connect error: io Proxy", "error: io Proxy"]);
}

#[test]
fn the_deadline_is_for_all_of_them() {
    // O-47, F011
    let mut sim = start(&[Transport::WebSocket, Transport::Polling]);
    sim.server.mute = true;
    sim.run_for(Duration::from_secs(20));
    assert_eq!(sim.take_events()[..2], ["/ connect error: timeout", "error: timeout"]);
}
