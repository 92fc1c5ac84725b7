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
    let socket = sim.joined("/");
    assert_eq!(sim.take_events(), ["open", "/ connect"]);
    (sim, socket)
}

fn refuse(sim: &mut Sim, status: u16, body: &str, retry_after: Option<Duration>) {
    sim.server.refusal = Some(Refusal { status, body: body.into(), retry_after });
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

/// Refusals as status and body; whether they are final at first, and whether to a connection that stood before.
const REFUSALS: [(u16, &str, bool, bool); 9] = [
    (403, r#"{"code":4,"message":"no"}"#, true, true),
    (400, r#"{"code":5,"message":"no"}"#, true, true),
    (401, "", true, false),
    (403, "", true, false),
    (404, "", true, false),
    (407, "", true, false),
    (400, r#"{"code":1,"message":"no"}"#, false, false),
    (429, "", false, false),
    (502, "", false, false),
];

#[test]
fn fatal_refusals_end_it_and_others_do_not() {
    // F001, Config::stop_on_fatal
    for (status, body, fatal, _) in REFUSALS {
        for stop in [true, false] {
            let mut sim = Sim::over(Transport::WebSocket);
            sim.config_mut().stop_on_fatal = stop;
            refuse(&mut sim, status, body, None);
            sim.joined("/");
            let failed = sim.take_events().contains(&"reconnect failed".into());
            assert_eq!(failed, fatal && stop, "{status} {body} {stop}");
        }
    }
}

#[test]
fn what_may_pass_does_not_end_a_connection_that_stood_before() {
    // F001: a proxy answers 404 while the server behind it starts anew
    for (status, body, _, fatal) in REFUSALS {
        let (mut sim, _) = connected_with(|_| ());
        refuse(&mut sim, status, body, None);
        sim.lose_connection();
        sim.run_for(Duration::from_mins(1));
        let failed = sim.take_events().contains(&"reconnect failed".into());
        assert_eq!(failed, fatal, "{status} {body}");
        sim.server.refusal = None;
        assert_eq!(sim.run_until("/ connect"), !fatal, "{status} {body}");
    }
}

#[test]
fn who_connects_anew_is_told_of_it_as_at_first() {
    // F001: what the application closed, or what was given up, did not stand before.
    let (mut sim, socket) = connected_with(|_| ());
    refuse(&mut sim, 401, "", None);
    sim.close();
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events().last().map(String::as_str), Some("reconnect failed"));
}

#[test]
fn a_certificate_that_is_not_accepted_ends_it_at_first() {
    // F120
    let failed = |attempt| {
        let error = IoError { kind: IoErrorKind::Tls, message: String::new() };
        Input::Failed { on: TransportId::from_u32(attempt), error }
    };
    let mut sim = Sim::over(Transport::WebSocket);
    let socket = sim.socket("/");
    sim.connect(socket);
    sim.tell(failed(1));
    assert_eq!(sim.take_events(), ["/ connect error: io Tls", "error: io Tls", "reconnect failed"]);

    let (mut sim, _) = connected_with(|_| ());
    sim.lose_connection();
    assert!(sim.run_until("reconnect attempt 1"));
    sim.take_events();
    sim.tell(failed(2));
    let events = sim.take_events();
    assert_eq!(events[..2], ["/ connect error: io Tls", "error: io Tls"]);
    assert!(events[2].starts_with("reconnect 2 in "), "{events:?}");
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
fn a_wait_that_was_called_off_says_so_in_the_end() {
    // A-22
    let (mut sim, socket) = connected_with(|_| ());
    sim.lose_connection();
    sim.run_for(Duration::from_millis(1));
    sim.config_mut().reconnection = false;
    sim.run_for(Duration::from_hours(1));
    assert_eq!(sim.take_events()[3..], ["reconnect failed"]);
    assert_eq!(sim.client().state(), State::Idle);
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
