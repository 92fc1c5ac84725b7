//! From polling to WebSocket while traffic goes on.

use core::time::Duration;

use sockeye_core::{
    Client, CloseDetails, Config, Event, Frame, Input, Instant, IoError, IoErrorKind, Json, Output,
    SocketKey, State, Transport, TransportId, sim::Sim,
};

const QUIET: [&str; 3] = ["open", "/ connect", "upgrade websocket"];

fn start() -> (Sim, SocketKey) {
    let mut config = Config::new("http://h");
    config.randomization_factor = 0.0;
    let mut sim = Sim::new(config);
    let socket = sim.socket("/");
    sim.connect(socket);
    (sim, socket)
}

/// Runs until this was asked for or heard; on the way nothing else is looked at.
fn run_to(sim: &mut Sim, line: &str) {
    for _ in 0..10_000 {
        if sim.traffic().contains(&line) {
            return;
        }
        sim.run_for(Duration::from_millis(1));
    }
    panic!("{line} never came:\n{}", sim.transcript());
}

/// The probe was answered, and a GET is still in flight: the next noop comes in about 50 ms.
fn pausing() -> (Sim, SocketKey) {
    let (mut sim, socket) = start();
    sim.server.probe_answer = Some(String::new());
    run_to(&mut sim, "> send 2 2probe");
    // The next GET waits for the gap of F024.
    sim.run_for(Duration::from_millis(70));
    let on = TransportId::from_u32(2);
    sim.tell(Input::Received { on, frame: Frame::Text("3probe".into()) });
    assert_eq!(sim.take_events(), ["open", "/ connect"]);
    assert!(!sim.client().is_writable());
    (sim, socket)
}

#[test]
fn a_refusal_that_repeats_the_id_of_the_session_does_not_spread_it() {
    // F122: python-engineio does, where another node is asked
    let now = Instant::from_millis(0);
    let mut client = Client::<Json>::new(Config::new("http://h"), now);
    client.reconnect_now(now);
    let opening =
        r#"0{"sid":"very-secret","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000}"#;
    let [polling, probe] = [1, 2].map(TransportId::from_u32);
    while client.poll_output().is_some() {}
    client.handle_input(Input::Polled { on: polling, body: opening.into() }, now);
    while client.poll_output().is_some() {}
    let body = r#""Invalid session very-secret""#.into();
    client.handle_input(Input::Refused { on: probe, status: 400, body, retry_after: None }, now);
    let mut told = None;
    while let Some(output) = client.poll_output() {
        if let Output::Event(Event::UpgradeError(error)) = output {
            told = Some(format!("{error} {error:?}"));
        }
    }
    let told = told.expect("the upgrade failed");
    assert!(told.contains("Invalid session …") && !told.contains("very-secret"), "{told}");
}

#[test]
fn a_quiet_upgrade() {
    // P-60 to P-63, P-67
    let (mut sim, _) = start();
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), QUIET);
    assert_eq!(sim.client().state(), State::Connected { transport: Transport::WebSocket });
    let traffic = sim.traffic();
    let at = |line: &str| traffic.iter().position(|it| *it == line).unwrap_or_else(|| panic!("{line}"));
    assert!(at("> send 2 2probe") < at("< received 2 3probe"));
    assert!(at("< received 2 3probe") < at("> close 1"));
    assert!(at("> close 1") < at("> send 2 5"));
}

#[test]
fn traffic_stays_on_polling_while_the_probe_is_under_way() {
    // P-61, F053
    let (mut sim, socket) = start();
    sim.server.probe_answer = Some(String::new());
    run_to(&mut sim, "> send 2 2probe");
    sim.emit(socket, "a", &1);
    sim.run_for(Duration::from_millis(100));
    assert!(sim.traffic().contains(&"> post 1 42[\"a\",1]"));
}

#[test]
fn what_is_emitted_while_pausing_leaves_behind_the_upgrade_packet() {
    // P-62, P-63, ORD-1: nothing lost, doubled or out of order (F054)
    let (mut sim, socket) = start();
    sim.network.latency = Duration::from_millis(50);
    for number in 0..400 {
        sim.emit(socket, "n", &number);
        sim.run_for(Duration::from_millis(1));
    }
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), QUIET);
    let expected: Vec<_> = (0..400).map(|it| format!("2[\"n\",{it}]")).collect();
    assert_eq!(sim.server.received()[1..], expected);
    let over_websocket =
        sim.traffic().iter().filter(|it| it.starts_with("> send 2 ") && it.contains(" 42")).count();
    let over_polling = sim.traffic().iter().filter(|it| it.contains("> post 1 42")).count();
    assert!(over_websocket > 0 && over_polling > 0, "{}", sim.transcript());
}

#[test]
fn what_is_asked_for_while_pausing_leaves_over_the_new_transport() {
    // P-62, F053: not only events wait for the switch
    let (mut sim, _) = pausing();
    sim.joined("/b");
    assert!(sim.take_events().contains(&"/b connect".into()));
    assert!(!sim.traffic().contains(&"> post 1 40/b,"), "{}", sim.transcript());
}

#[test]
fn events_arrive_in_order_across_the_switch() {
    // P-63, F053, ORD-1
    let (mut sim, _) = start();
    sim.network.jitter = Duration::from_millis(40);
    for number in 0..200 {
        sim.server.emit("/", &format!("[\"n\",{number}]"));
        sim.run_for(Duration::from_millis(5));
    }
    sim.run_for(Duration::from_secs(1));
    let events = sim.take_events();
    let numbers: Vec<u32> = events
        .iter()
        .filter_map(|it| it.strip_prefix("/ event [\"n\",")?.strip_suffix(']')?.parse().ok())
        .collect();
    assert!(numbers.windows(2).all(|pair| pair[1] == pair[0] + 1) && numbers.len() > 150, "{numbers:?}");
    assert!(events.contains(&"upgrade websocket".into()));
}

#[test]
fn a_ping_while_pausing_is_answered_over_the_new_transport() {
    // P-42, F053
    let (mut sim, _) = pausing();
    sim.server.answer_polls("2");
    run_to(&mut sim, "> close 1");
    assert!(sim.traffic().contains(&"> send 2 5 | 3"), "{}", sim.transcript());
}

#[test]
fn a_post_in_flight_is_waited_for() {
    // P-62
    let (mut sim, socket) = start();
    sim.server.probe_answer = Some(String::new());
    run_to(&mut sim, "> send 2 2probe");
    sim.run_for(Duration::from_millis(50));
    let on = TransportId::from_u32(2);
    sim.emit(socket, "a", &1);
    sim.run_for(Duration::ZERO);
    sim.tell(Input::Received { on, frame: Frame::Text("3probe".into()) });
    sim.server.answer_polls("6");
    let lines = |sim: &Sim| sim.traffic().into_iter().map(String::from).collect::<Vec<_>>();
    run_to(&mut sim, "> close 1");
    let traffic = lines(&sim);
    let last = |line: &str| traffic.iter().rposition(|it| it == line).unwrap_or_else(|| panic!("{line}"));
    assert!(last("> post 1 42[\"a\",1]") < last("< posted 1"), "{}", sim.transcript());
    assert!(last("< posted 1") < last("> close 1"));
}

#[test]
fn a_wrong_answer_ends_the_probe_and_polling_goes_on() {
    // P-64, Q-20, F052
    for answer in ["3", "3prob", "3probed", "2probe", "4", "6", "zzz", "40"] {
        let (mut sim, socket) = start();
        sim.server.probe_answer = Some(answer.into());
        sim.run_for(Duration::from_secs(1));
        let error = "upgrade error: protocol UnexpectedPacket";
        assert_eq!(sim.take_events(), ["open", "/ connect", error], "{answer}");
        assert!(sim.traffic().contains(&"> close 2"));
        sim.ask(socket, "a", &1);
        sim.run_for(Duration::from_secs(1));
        assert_eq!(sim.take_events(), ["/ ack 1 [1]"]);
    }
}

#[test]
fn an_answer_to_no_question_ends_the_probe() {
    // P-64, F052: it came before the question was written
    let (mut sim, _) = start();
    run_to(&mut sim, "> open 2");
    sim.tell(Input::Received { on: TransportId::from_u32(2), frame: Frame::Text("3probe".into()) });
    let events = sim.take_events();
    assert!(events.iter().any(|it| it.starts_with("upgrade error")), "{events:?}");
    assert!(sim.traffic().contains(&"> close 2"));
}

#[test]
fn silence_ends_the_probe() {
    // P-65, F052: after 10 s
    let (mut sim, _) = start();
    sim.server.probe_answer = Some(String::new());
    run_to(&mut sim, "> open 2");
    sim.run_for(Duration::from_secs(11));
    assert_eq!(sim.take_events(), ["open", "/ connect", "upgrade error: timeout"]);
}

#[test]
fn a_blocked_websocket_leaves_everything_on_polling() {
    // F051
    let (mut sim, socket) = start();
    sim.network.websockets_blocked = true;
    for number in 0..20 {
        sim.emit(socket, "n", &number);
        sim.run_for(Duration::from_millis(20));
    }
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), ["open", "upgrade error: io Proxy", "/ connect"]);
    assert_eq!(sim.server.received().len(), 21);
}

#[test]
fn a_probe_that_closes_while_pausing_lets_polling_go_on() {
    // P-64, F052
    let (mut sim, socket) = pausing();
    let details = CloseDetails::WebSocket { code: 1006, reason: String::new() };
    sim.tell(Input::Closed { on: TransportId::from_u32(2), details });
    sim.ask(socket, "a", &1);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), ["upgrade error: closed", "/ ack 1 [1]"]);
}

#[test]
fn when_polling_dies_the_probe_is_let_go_of() {
    // P-64, F055: one close
    let (mut sim, _) = start();
    sim.server.probe_answer = Some(String::new());
    run_to(&mut sim, "> send 2 2probe");
    sim.run_for(Duration::from_millis(100));
    sim.take_events();
    sim.server.answer_polls("1");
    sim.run_for(Duration::from_millis(100));
    let closes = sim.take_events().iter().filter(|it| it.starts_with("close")).count();
    assert_eq!(closes, 1);
    assert!(sim.traffic().contains(&"> close 1") && sim.traffic().contains(&"> close 2"));
}

#[test]
fn when_polling_breaks_the_probe_is_let_go_of_at_once() {
    // F055: not only after the goodbye that polling says
    let (mut sim, _) = start();
    sim.server.probe_answer = Some(String::new());
    run_to(&mut sim, "> send 2 2probe");
    let error = IoError { kind: IoErrorKind::Connect, message: String::new() };
    sim.tell(Input::Failed { on: TransportId::from_u32(1), error });
    assert!(sim.traffic().contains(&"> close 2"), "{}", sim.transcript());
}

#[test]
fn a_connection_that_breaks_at_the_switch_comes_back() {
    // F056
    let (mut sim, socket) = start();
    run_to(&mut sim, "> close 1");
    sim.emit(socket, "a", &1);
    sim.lose_connection();
    sim.run_for(Duration::from_millis(100));
    let events = sim.take_events();
    assert!(events.iter().any(|it| it.starts_with("close: transport")), "at once: {events:?}");
    assert!(sim.run_until("/ connect"));
}

#[test]
fn it_is_not_tried_when_it_is_not_wanted_or_not_offered() {
    // O-10, P-60
    for (wanted, offered) in [(false, true), (true, false)] {
        let mut config = Config::new("http://h");
        config.upgrade = wanted;
        let mut sim = Sim::new(config);
        sim.server.upgrades = offered;
        sim.joined("/");
        assert!(!sim.traffic().contains(&"> open 2"));
    }
}
