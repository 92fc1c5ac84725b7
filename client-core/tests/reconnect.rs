//! How a connection comes back, and when it does not.

use core::time::Duration;

use sockeye_core::{
    Config, Input, IoError, IoErrorKind, SocketKey, State, Transport, TransportId,
    sim::{Refusal, Sim},
};

fn connected_with(change: impl Fn(&mut Config)) -> (Sim, SocketKey) {
    let mut config = Config::new("http://h");
    config.transports = vec![Transport::WebSocket];
    config.randomization_factor = 0.0;
    change(&mut config);
    let mut sim = Sim::new(config);
    let socket = sim.socket("/");
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), ["open", "/ connect"]);
    (sim, socket)
}

fn refuse(sim: &mut Sim, status: u16, body: &str, retry_after: Option<Duration>) {
    sim.server.refusal = Some(Refusal { status, body: body.into(), retry_after });
}

fn delays(events: &[String]) -> Vec<u64> {
    let delay = |it: &String| it.split_once(" in ")?.1.strip_suffix(" ms")?.parse().ok();
    events.iter().filter_map(delay).collect()
}

#[test]
fn a_lost_connection_comes_back_in_this_order() {
    // ORD-3, ORD-5
    let (mut sim, _) = connected_with(|_| ());
    sim.lose_connection();
    sim.run_for(Duration::from_secs(2));
    assert_eq!(
        sim.take_events(),
        [
            "close: transport close (1006)",
            "/ disconnect: transport close (1006)",
            "reconnect 1 in 1000 ms",
            "reconnect attempt 1",
            "open",
            "reconnect 1",
            "/ connect (Disabled)"
        ]
    );
}

#[test]
fn failed_attempts_go_on_in_this_order_up_to_the_limit() {
    // ORD-4, Q-17, O-43
    let (mut sim, socket) = connected_with(|config| config.reconnection_attempts = 2);
    sim.network.refusing = true;
    sim.lose_connection();
    sim.run_for(Duration::from_mins(1));
    assert_eq!(
        sim.take_events()[2..],
        [
            "reconnect 1 in 1000 ms",
            "reconnect attempt 1",
            "/ connect error: io Connect",
            "error: io Connect",
            "reconnect 2 in 2000 ms",
            "reconnect error: io Connect",
            "reconnect attempt 2",
            "/ connect error: io Connect",
            "error: io Connect",
            "reconnect failed",
            "reconnect error: io Connect",
        ]
    );
    assert_eq!(sim.client().state(), State::Idle);
    assert!(sim.client().active(socket), "as in the reference: connect() is enough");
    sim.network.refusing = false;
    sim.connect(socket);
    assert!(sim.run_until("/ connect"));
}

#[test]
fn a_first_failure_goes_on_too() {
    // ORD-8: the error comes before any attempt
    let mut sim = Sim::new(Config::new("http://h"));
    sim.network.refusing = true;
    let socket = sim.socket("/");
    sim.connect(socket);
    sim.run_for(Duration::from_millis(100));
    let events = sim.take_events();
    assert_eq!(events[..2], ["/ connect error: io Connect", "error: io Connect"]);
    assert!(events[2].starts_with("reconnect 1 in "));
}

#[test]
fn without_reconnection_nothing_follows() {
    // O-42
    let (mut sim, _) = connected_with(|config| config.reconnection = false);
    sim.lose_connection();
    sim.run_for(Duration::from_hours(1));
    assert_eq!(sim.take_events(), ["close: transport close (1006)", "/ disconnect: transport close (1006)"]);
    assert_eq!(sim.client().poll_timeout(), None);
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
fn fatal_refusals_end_it_and_others_do_not() {
    // F001, F003, F120, Config::stop_on_fatal
    for (status, body, fatal) in [
        (403, r#"{"code":4,"message":"no"}"#, true),
        (400, r#"{"code":5,"message":"no"}"#, true),
        (401, "", true),
        (404, "", true),
        (400, r#"{"code":1,"message":"no"}"#, false),
        (429, "", false),
        (502, "", false),
    ] {
        for stop in [true, false] {
            let (mut sim, _) = connected_with(|config| config.stop_on_fatal = stop);
            refuse(&mut sim, status, body, None);
            sim.lose_connection();
            sim.run_for(Duration::from_millis(1_500));
            let failed = sim.take_events().contains(&"reconnect failed".into());
            assert_eq!(failed, fatal && stop, "{status} {body} {stop}");
        }
    }
    let mut sim = Sim::new(Config::new("http://h"));
    let socket = sim.socket("/");
    sim.connect(socket);
    let error = IoError { kind: IoErrorKind::Tls, message: String::new() };
    sim.tell(Input::Failed { on: TransportId::from_u32(1), error });
    assert_eq!(sim.take_events(), ["/ connect error: io Tls", "error: io Tls", "reconnect failed"]);
}

#[test]
fn the_server_may_ask_for_more_time_but_not_for_ever() {
    // F034
    for (asked, given) in [(0, 1_000), (7, 7_000), (10_000, 60_000)] {
        let mut config = Config::new("http://h");
        config.randomization_factor = 0.0;
        let mut sim = Sim::new(config);
        refuse(&mut sim, 503, "", Some(Duration::from_secs(asked)));
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

#[test]
fn the_application_may_veto() {
    let (mut sim, socket) = connected_with(|_| ());
    sim.lose_connection();
    sim.run_for(Duration::from_millis(1));
    sim.reconnect_in(None);
    sim.run_for(Duration::from_hours(1));
    assert_eq!(sim.take_events()[3..], ["reconnect failed"]);
    assert_eq!(sim.client().state(), State::Idle);
    // Vetoed twice, or when nothing is scheduled, is nothing.
    sim.reconnect_in(None);
    assert_eq!(sim.take_events(), [""; 0]);
    sim.connect(socket);
    assert!(sim.run_until("/ connect"));
}

#[test]
fn now_means_now_and_once() {
    // F109, F111: whoever asks, one attempt is under way
    let (mut sim, socket) = connected_with(|_| ());
    sim.lose_connection();
    sim.run_for(Duration::from_millis(1));
    sim.reconnect_now();
    sim.reconnect_now();
    sim.connect(socket);
    sim.reconnect_in(Some(Duration::ZERO));
    sim.run_for(Duration::from_millis(200));
    let events = sim.take_events();
    assert_eq!(events[3..], ["reconnect attempt 1", "open", "reconnect 1", "/ connect (Disabled)"]);
    sim.reconnect_now();
    sim.run_for(Duration::from_millis(200));
    assert_eq!((sim.take_events(), sim.server.sessions()), (vec![], 1));
}

#[test]
fn connect_leaves_the_schedule_alone() {
    // A-50
    let (mut sim, socket) = connected_with(|_| ());
    sim.lose_connection();
    sim.run_for(Duration::from_millis(500));
    sim.connect(socket);
    sim.run_for(Duration::from_millis(499));
    assert!(!sim.take_events().contains(&"reconnect attempt 1".into()));
    sim.run_for(Duration::from_millis(2));
    assert_eq!(sim.take_events(), ["reconnect attempt 1"]);
}

#[test]
fn a_connection_can_be_opened_without_a_namespace() {
    // A-23; the server ends it when none is joined within 45 s (P-88)
    let mut config = Config::new("http://h");
    config.transports = vec![Transport::WebSocket];
    config.reconnection = false;
    let mut sim = Sim::new(config);
    sim.reconnect_now();
    sim.run_for(Duration::from_secs(40));
    assert_eq!(sim.take_events(), ["open", "ping"]);
    sim.run_for(Duration::from_secs(10));
    assert_eq!(sim.take_events(), ["close: transport close (1005)"]);
}

#[test]
fn going_offline_is_known_at_once_and_waits_for_nothing() {
    // A-120, F111
    let (mut sim, _) = connected_with(|_| ());
    sim.network.refusing = true;
    sim.go_offline();
    assert_eq!(
        sim.take_events(),
        [
            "close: transport close (offline)",
            "/ disconnect: transport close (offline)",
            "reconnect 1 in 1000 ms"
        ]
    );
    sim.go_offline();
    assert_eq!(sim.take_events(), [""; 0]);
}

#[test]
fn going_offline_while_opening_fails_the_attempt() {
    // A-120
    let mut sim = Sim::new(Config::new("http://h"));
    let socket = sim.socket("/");
    sim.connect(socket);
    sim.go_offline();
    assert_eq!(sim.take_events()[..2], ["/ connect error: io Connect", "error: io Connect"]);
}
