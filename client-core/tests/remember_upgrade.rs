//! Starting with WebSocket when the last one succeeded (O-12).

use core::time::Duration;

use sockeye_core::{Config, SocketKey, State, Transport, sim::Sim};

fn upgraded(change: impl Fn(&mut Config)) -> (Sim, SocketKey) {
    let mut config = Config::new("http://h");
    config.remember_upgrade = true;
    config.randomization_factor = 0.0;
    change(&mut config);
    let mut sim = Sim::new(config);
    let socket = sim.socket("/");
    sim.connect(socket);
    assert!(sim.run_until("upgrade websocket"));
    sim.run_for(Duration::from_secs(1));
    (sim, socket)
}

/// What is asked for first once the connection is lost.
fn first_after_loss(sim: &mut Sim) -> String {
    sim.lose_connection();
    assert!(sim.run_until("reconnect attempt"));
    sim.run_for(Duration::ZERO);
    let opens = |it: &&&str| it.starts_with("> get") || it.starts_with("> open");
    sim.traffic().iter().rfind(opens).expect("one").split(' ').nth(1).expect("a word").into()
}

#[test]
fn one_that_succeeded_is_tried_first() {
    let (mut sim, _) = upgraded(|_| ());
    assert_eq!(first_after_loss(&mut sim), "open");
    assert!(sim.run_until("/ connect"));
    assert_eq!(sim.client().state(), State::Connected { transport: Transport::WebSocket });
}

#[test]
fn unless_it_is_not_wanted() {
    let (mut sim, _) = upgraded(|config| config.remember_upgrade = false);
    assert_eq!(first_after_loss(&mut sim), "get");
}

#[test]
fn an_error_makes_it_forget() {
    // O-12: the next attempt starts with polling again
    let (mut sim, _) = upgraded(|_| ());
    sim.network.websockets_blocked = true;
    assert_eq!(first_after_loss(&mut sim), "open");
    assert!(sim.run_until("reconnect attempt 2"));
    assert!(sim.run_until("/ connect"));
    assert_eq!(sim.client().state(), State::Connected { transport: Transport::Polling });
}

#[test]
fn with_all_transports_to_try_polling_is_not_lost() {
    // the remembered one fails, and the next in the same attempt is polling
    let (mut sim, _) = upgraded(|config| config.try_all_transports = true);
    sim.network.websockets_blocked = true;
    assert_eq!(first_after_loss(&mut sim), "open");
    assert!(sim.run_until("/ connect"));
    assert!(!sim.take_events().iter().any(|it| it.starts_with("reconnect attempt 2")));
    assert_eq!(sim.client().state(), State::Connected { transport: Transport::Polling });
}
