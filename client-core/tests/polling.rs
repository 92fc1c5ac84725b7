//! HTTP long-polling: one GET and one POST at a time, bodies cut to what the server takes.

use core::time::Duration;

use sockeye_core::{Config, Input, Limits, SocketKey, Transport, TransportId, sim::Sim};

fn connected() -> (Sim, SocketKey) {
    connected_with(|_| (), |_| ())
}

fn connected_with(config: impl Fn(&mut Config), world: impl Fn(&mut Sim)) -> (Sim, SocketKey) {
    let mut its = Config::new("http://h");
    its.transports = vec![Transport::Polling];
    its.randomization_factor = 0.0;
    config(&mut its);
    let mut sim = Sim::new(its);
    world(&mut sim);
    let socket = sim.joined("/");
    assert_eq!(sim.take_events(), ["open", "/ connect"]);
    sim.server.clear_received();
    (sim, socket)
}

fn posts(sim: &Sim) -> Vec<String> {
    let posts = sim.traffic().into_iter().filter_map(|line| line.strip_prefix("> post 1 "));
    posts.map(String::from).collect()
}

fn events_after_body(body: &str) -> Vec<String> {
    let (mut sim, _) = connected();
    sim.server.answer_polls(body);
    sim.run_for(Duration::from_millis(500));
    sim.take_events()
}

#[test]
fn what_is_emitted_before_the_driver_looks_goes_out_together() {
    // Law 5, P-17, P-55, F028: and what is emitted meanwhile with the next POST
    let (mut sim, socket) = connected();
    sim.emit(socket, "a", &1);
    sim.emit(socket, "b", &2);
    sim.run_for(Duration::from_millis(5));
    sim.emit(socket, "c", &3);
    sim.emit(socket, "d", &4);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(posts(&sim)[1..], [r#"42["a",1] | 42["b",2]"#, r#"42["c",3] | 42["d",4]"#]);
}

#[test]
fn the_next_get_follows_at_once() {
    // P-52
    let (mut sim, _) = connected();
    let before = sim.traffic().len();
    sim.server.emit("/", r#"["a"]"#);
    sim.run_for(Duration::from_millis(10));
    assert_eq!(sim.traffic()[before..], [r#"< polled 1 42["a"]"#, "> get 1"]);
}

#[test]
fn bodies_are_cut_at_max_payload() {
    // P-54, P-55, F030: each packet takes 20 bytes, and one more between two
    let (mut sim, socket) = connected_with(|_| (), |sim| sim.server.max_payload = 62);
    for number in 10..20 {
        sim.emit(socket, "abcdefgh", &(number, 1));
    }
    sim.run_for(Duration::from_secs(1));
    let bodies = posts(&sim);
    assert_eq!(bodies[1..].iter().map(|it| it.matches("42[").count()).collect::<Vec<_>>(), [3, 3, 3, 1]);
    assert_eq!((sim.server.received().len(), sim.server.offences()), (10, &[][..]));
}

#[test]
fn python_engineio_is_given_sixteen_packets_at_a_time() {
    // P-56: it says OK to more, and loses them; who names the interval first takes all
    for (heartbeat, expected) in [
        (r#""pingTimeout":20000,"pingInterval":25000"#, &[16, 16, 8][..]),
        (r#""pingInterval":25000,"pingTimeout":20000"#, &[40]),
    ] {
        let opening = format!(r#"0{{"sid":"sid1","upgrades":[],{heartbeat},"maxPayload":1000000}}"#);
        let (mut sim, socket) = connected_with(|_| (), |sim| sim.server.opening = Some(opening.clone()));
        for number in 0..40 {
            sim.emit(socket, "a", &number);
        }
        sim.run_for(Duration::from_secs(1));
        let sizes: Vec<_> = posts(&sim)[1..].iter().map(|it| it.split(" | ").count()).collect();
        assert_eq!(sizes, expected, "{opening}");
        assert_eq!(sim.server.received().len(), 40);
    }
}

#[test]
fn a_pong_does_not_push_a_body_over_the_limit() {
    // P-54, F030, F114: alone the event just fits
    let (mut sim, socket) = connected_with(|_| (), |sim| sim.server.max_payload = 100);
    sim.network.latency = Duration::from_millis(200);
    sim.emit(socket, "first", &());
    sim.run_for(Duration::from_millis(100));
    sim.emit(socket, "x", &"y".repeat(90));
    sim.server.send_raw("2");
    sim.run_for(Duration::from_secs(2));
    assert_eq!(sim.server.offences(), [""; 0]);
    assert_eq!(sim.take_events(), ["ping"]);
    assert_eq!(sim.server.received().len(), 2);
}

#[test]
fn base64_counts_in_full() {
    // P-54, F030: 76 bytes are 104 of base64 and one for the b
    let (mut sim, socket) = connected_with(|_| (), |sim| sim.server.max_payload = 100);
    let bytes = |count: usize| bytes::Bytes::from(vec![0; count]);
    let refused = sim.emit_with(socket, "b", &bytes(76), sockeye_core::Emit::default());
    assert!(matches!(refused, Err(sockeye_core::EmitError::TooLarge(_))));
    sim.emit(socket, "b", &bytes(72));
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received()[1..], ["<72 bytes>"]);
    // As bytes they would fit beside the packet that announces them; as text they are 66.
    sim.emit(socket, "b", &bytes(48));
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received().last(), Some(&"<48 bytes>"));
    assert_eq!(sim.server.offences(), [""; 0]);
    assert_eq!(sim.server.offences(), [""; 0]);
}

#[test]
fn a_broken_packet_ends_the_session_and_those_before_it_count() {
    // P-05, P-51, B-01, B-02, B-09, F015, F016, F018
    for (broken, error) in [
        ("", "EmptyPacket"),
        ("zzz", "UnknownPacket"),
        ("é", "UnknownPacket"),
        ("7", "UnknownPacket"),
        ("b=", "Base64"),
        ("b!!!!", "Base64"),
        ("bAA", "Base64"),
        ("bAB==", "Base64"),
        ("bA-_A", "Base64"),
        ("bAA\n==", "Base64"),
    ] {
        let events = events_after_body(&format!("42[\"a\"]\u{1e}{broken}\u{1e}42[\"b\"]"));
        let disconnect = format!("/ disconnect: transport error ({error})");
        assert_eq!(events[0], "/ event [\"a\"]", "{broken:?}");
        assert_eq!(events[2], disconnect, "{broken:?}");
        assert_eq!(events.len(), 4, "{broken:?}: {events:?}");
    }
}

#[test]
fn bodies_that_are_no_payload_end_the_session() {
    // B-02, F015
    for body in ["", "\u{1e}", "\u{1e}\u{1e}\u{1e}", "<html>", "6\u{1e}"] {
        assert!(events_after_body(body)[0].starts_with("close: transport error"), "{body:?}");
    }
}

#[test]
fn packets_in_one_body_are_capped() {
    // F015
    let limits = Limits { payload_packets: 3, ..Limits::default() };
    let (mut sim, _) = connected_with(|config| config.limits = limits.clone(), |_| ());
    sim.server.answer_polls("6\u{1e}6\u{1e}6\u{1e}6");
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.take_events()[0], "close: transport error (TooManyPackets)");
}

#[test]
fn a_message_without_content_is_a_parse_error() {
    // B-10, F017
    assert_eq!(events_after_body("4")[0], "close: parse error (EmptyMessage)");
}

#[test]
fn a_close_packet_ends_the_session_and_nothing_behind_it_counts() {
    // P-53, F025, Q-11
    let events = events_after_body("42[\"a\"]\u{1e}1\u{1e}42[\"b\"]");
    assert_eq!(
        events[..3],
        [
            "/ event [\"a\"]",
            "close: transport close (by server)",
            "/ disconnect: transport close (by server)"
        ]
    );
    assert_eq!(events.len(), 4);
}

#[test]
fn answers_that_bring_nothing_do_not_make_it_spin() {
    // F024
    let (mut sim, _) = connected();
    sim.network.latency = Duration::ZERO;
    let before = sim.traffic().len();
    for _ in 0..1_000 {
        sim.server.answer_polls("6");
        sim.run_for(Duration::from_millis(1));
    }
    let gets = sim.traffic()[before..].iter().filter(|it| it.starts_with("> get")).count();
    assert!((15..=21).contains(&gets), "{gets} in a second");
}

#[test]
fn packets_out_of_turn_are_ignored() {
    // B-28, F026
    assert_eq!(events_after_body("3\u{1e}3probe\u{1e}5\u{1e}6\u{1e}2x"), ["ping"]);
}

#[test]
fn a_session_that_is_unknown_ends_once() {
    // F033
    let (mut sim, socket) = connected();
    sim.server.restart();
    sim.emit(socket, "a", &1);
    sim.run_for(Duration::from_millis(900));
    assert_eq!(
        sim.take_events(),
        [
            "close: transport error (http 400, code 1)",
            "/ disconnect: transport error (http 400, code 1)",
            "reconnect 1 in 1000 ms"
        ]
    );
}

#[test]
fn the_answer_of_a_session_that_is_gone_is_dropped() {
    // F037, law 3
    let (mut sim, _) = connected();
    sim.lose_connection();
    assert!(sim.run_until("/ connect"));
    sim.take_events();
    let on = TransportId::from_u32(1);
    sim.tell(Input::Polled { on, body: "42[\"ghost\"]".into() });
    sim.tell(Input::Posted { on });
    assert_eq!(sim.take_events(), [""; 0]);
}

#[test]
fn answers_that_overtake_each_other_change_nothing() {
    // P-17: the answers to GET and POST are independent
    let (mut sim, socket) = connected();
    sim.network.jitter = Duration::from_millis(100);
    for number in 0..50 {
        sim.ask(socket, "n", &number);
        sim.run_for(Duration::from_millis(30));
    }
    sim.run_for(Duration::from_secs(1));
    let events = sim.take_events();
    let expected: Vec<_> = (0..50).map(|it| format!("/ ack {} [{it}]", it + 1)).collect();
    assert_eq!(events, expected);
}

#[test]
fn a_write_that_never_ends_is_a_dead_connection() {
    // F032, F049: the deadline is the ping timeout
    let (mut sim, socket) = connected();
    sim.server.mute = true;
    sim.emit(socket, "a", &1);
    sim.run_for(Duration::from_millis(20_010));
    assert_eq!(sim.take_events()[0], "close: ping timeout");
}
