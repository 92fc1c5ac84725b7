//! How long it waits before the next attempt.

use core::time::Duration;

use sockeye_core::{
    Config, SocketKey, Transport,
    sim::{Refusal, Sim},
};

fn connected_with(change: impl Fn(&mut Config)) -> (Sim, SocketKey) {
    let mut config = Config::new("http://h");
    config.transports = vec![Transport::WebSocket];
    config.randomization_factor = 0.0;
    change(&mut config);
    let mut sim = Sim::new(config);
    let socket = sim.joined("/");
    assert_eq!(sim.take_events(), ["open", "/ connect"]);
    (sim, socket)
}

fn delays(events: &[String]) -> Vec<u64> {
    let delay = |it: &String| it.split_once(" in ")?.1.strip_suffix(" ms")?.parse().ok();
    events.iter().filter_map(delay).collect()
}

#[test]
fn a_day_without_a_server_never_spins() {
    // F104, Q-02
    let (mut sim, _) = connected_with(|config| config.randomization_factor = 0.5);
    sim.network.refusing = true;
    sim.lose_connection();
    sim.run_for(Duration::from_hours(24));
    let delays = delays(&sim.take_events());
    assert!(delays.len() > 17_000 && delays.len() < 35_000, "{}", delays.len());
    assert!(delays[5..].iter().all(|it| (2_500..=5_000).contains(it)));
}

#[test]
fn a_thousand_clients_spread_out() {
    // F105, Q-01: within the fifth attempt's window no 100 ms hold more than a few
    let fifth = |seed| {
        let mut config = Config::new("http://h");
        config.seed = seed;
        let mut sim = Sim::new(config);
        sim.network.refusing = true;
        let socket = sim.socket("/");
        sim.connect(socket);
        sim.run_until("reconnect 5 in");
        delays(&sim.take_events())[4]
    };
    let mut slots = [0_u32; 51];
    for seed in 0..500 {
        slots[usize::try_from(fifth(seed) / 100).unwrap_or(50)] += 1;
    }
    assert!(slots.iter().all(|it| *it < 50), "{slots:?}");
}

#[test]
fn a_connection_that_does_not_last_does_not_reset_the_delays() {
    // F106: accepted and killed at once
    let (mut sim, _) = connected_with(|_| ());
    let mut all = Vec::new();
    for _ in 0..6 {
        sim.server.close_sessions(1000);
        sim.run_until("/ connect");
        all.extend(delays(&sim.take_events()));
    }
    assert_eq!(all, [1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
    sim.run_for(Duration::from_secs(11));
    sim.server.close_sessions(1000);
    sim.run_until("/ connect");
    assert_eq!(delays(&sim.take_events()), [1_000], "it stood for longer than stable_after");
}

#[test]
fn the_server_may_ask_for_more_time_but_not_for_ever() {
    // F034
    for (asked, given) in [(0, 1_000), (7, 7_000), (10_000, 60_000)] {
        let mut config = Config::new("http://h");
        config.randomization_factor = 0.0;
        let mut sim = Sim::new(config);
        let retry_after = Some(Duration::from_secs(asked));
        sim.server.refusal = Some(Refusal { status: 503, body: String::new(), retry_after });
        let socket = sim.socket("/");
        sim.connect(socket);
        sim.run_for(Duration::from_millis(100));
        assert_eq!(delays(&sim.take_events()), [given]);
    }
}

#[test]
fn the_application_may_change_the_delay() {
    let (mut sim, _) = connected_with(|_| ());
    sim.lose_connection();
    sim.run_for(Duration::from_millis(1));
    sim.reconnect_in(Some(Duration::from_secs(30)));
    sim.take_events();
    sim.run_for(Duration::from_secs(29));
    assert_eq!(sim.take_events(), [""; 0]);
    sim.run_for(Duration::from_secs(2));
    assert_eq!(sim.take_events()[0], "reconnect attempt 1");
}
