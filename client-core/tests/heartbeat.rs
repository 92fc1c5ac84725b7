//! Who is silent for too long is gone.

use core::time::Duration;

use sockeye_core::{Config, Input, SocketKey, Transport, sim::Sim};

fn connected(transport: Transport) -> (Sim, SocketKey) {
    let mut sim = Sim::over(transport);
    let socket = sim.joined("/");
    sim.take_events();
    (sim, socket)
}

#[test]
fn a_day_of_pings() {
    // P-40, F058
    for transport in [Transport::Polling, Transport::WebSocket] {
        let (mut sim, _) = connected(transport);
        sim.run_for(Duration::from_hours(24));
        let events = sim.take_events();
        assert!(events.iter().all(|it| it == "ping"), "{events:?}");
        assert!((3_400..=3_456).contains(&events.len()), "{}", events.len());
        assert_eq!(sim.server.sessions(), 1);
    }
}

#[test]
fn silence_is_a_ping_timeout_once() {
    // P-40, F058: interval and timeout after the handshake, at 20 ms
    let (mut sim, _) = connected(Transport::WebSocket);
    sim.network.partitioned = true;
    sim.run_for(Duration::from_millis(44_019));
    assert_eq!(sim.take_events(), [""; 0]);
    sim.run_for(Duration::from_millis(1));
    assert_eq!(
        sim.take_events(),
        ["close: ping timeout", "/ disconnect: ping timeout", "reconnect 1 in 1000 ms"]
    );
}

#[test]
fn only_pings_count() {
    // P-40: other traffic proves that the peer writes, not that it still reads
    let (mut sim, _) = connected(Transport::WebSocket);
    sim.server.ping_timeout = Duration::from_hours(9);
    sim.server.ping_interval = Duration::from_hours(9);
    // The first ping is still scheduled; it is not answered, as nothing arrives at the server.
    for _ in 0..70 {
        sim.server.emit("/", "[\"a\"]");
        sim.run_for(Duration::from_secs(1));
    }
    let events = sim.take_events();
    // Pinged at 25 s, so dead at 70 s.
    assert!(events.contains(&"close: ping timeout".to_string()), "{events:?}");
}

#[test]
fn a_ping_is_answered_without_its_data() {
    // 1.1, B-28, F027
    let (mut sim, _) = connected(Transport::WebSocket);
    sim.server.send_raw(&format!("2{}", "x".repeat(1_000_000)));
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.traffic().last(), Some(&"< sent 1"));
    assert!(sim.traffic().contains(&"> send 1 3"));
}

#[test]
fn a_flood_of_pings_is_answered_once_for_each_look() {
    // F027
    let (mut sim, _) = connected(Transport::Polling);
    let before = sim.traffic().len();
    sim.server.answer_polls(&vec!["2"; 10_000].join("\u{1e}"));
    sim.run_for(Duration::from_millis(10));
    assert_eq!(sim.traffic()[before + 1..], ["> post 1 3", "> get 1"]);
}

#[test]
fn a_ping_right_behind_the_handshake() {
    // F061
    let mut sim = Sim::over(Transport::WebSocket);
    sim.server.behind_opening = vec!["2".into()];
    sim.joined("/");
    assert_eq!(sim.take_events(), ["open", "ping", "/ connect"]);
}

#[test]
fn an_alarm_before_its_time_is_harmless() {
    // F062: while an attempt is under way, and while the next one waits
    let mut config = Config::new("http://h");
    config.randomization_factor = 0.0;
    let mut sim = Sim::new(config);
    let socket = sim.socket("/");
    sim.connect(socket);
    sim.tell(Input::Timeout);
    assert_eq!(sim.take_events(), [""; 0]);
    sim.network.refusing = true;
    sim.run_for(Duration::from_secs(1));
    sim.lose_connection();
    sim.run_for(Duration::from_millis(100));
    sim.take_events();
    sim.tell(Input::Timeout);
    assert_eq!(sim.take_events(), [""; 0]);
}

#[test]
fn a_late_or_double_alarm_is_harmless() {
    // F062
    let (mut sim, _) = connected(Transport::WebSocket);
    for _ in 0..3 {
        sim.tell(Input::Timeout);
    }
    sim.close();
    sim.run_for(Duration::from_secs(1));
    sim.take_events();
    sim.run_for(Duration::from_hours(1));
    sim.tell(Input::Timeout);
    assert_eq!(sim.take_events(), [""; 0]);
    assert_eq!(sim.client().poll_timeout(), None);
}

#[test]
fn a_clock_that_steps_back_changes_nothing() {
    // F060, law 1
    use sockeye_core::{Client, Instant, Json, Output, State, TransportId};
    let mut client = Client::<Json>::new(Config::new("http://h"), Instant::from_millis(10_000));
    client.reconnect_now(Instant::from_millis(10_000));
    while let Some(Output::Io(_) | Output::Event(_)) = client.poll_output() {}
    let before = client.poll_timeout();
    client.handle_input(Input::Timeout, Instant::ZERO);
    assert_eq!((client.poll_timeout(), client.state()), (before, State::Connecting { attempt: 0 }));
    // Nor does what is due later: the heartbeat of a session that begins then.
    let body = "0{\"sid\":\"a\",\"pingInterval\":25000,\"pingTimeout\":20000}";
    client.handle_input(Input::Polled { on: TransportId::from_u32(1), body: body.into() }, Instant::ZERO);
    while client.poll_output().is_some() {}
    assert_eq!(client.poll_timeout(), Some(Instant::from_millis(55_000)));
    client.handle_input(Input::Timeout, Instant::from_millis(u64::MAX));
    assert!(client.poll_timeout().is_some());
}

#[test]
fn a_clock_at_its_end_does_not_overflow() {
    // F060
    use sockeye_core::{Client, Instant, Json};
    let late = Instant::from_millis(u64::MAX - 1);
    let mut client = Client::<Json>::new(Config::new("http://h"), late);
    client.reconnect_now(late);
    while client.poll_output().is_some() {}
    assert_eq!(client.poll_timeout(), None, "what is due after the end is never due");
}
