//! Socket.IO packets that are not in order, and odd ones that are.

use core::time::Duration;

use sockeye_core::{Transport, sim::Sim};

fn connected() -> Sim {
    let mut sim = Sim::over(Transport::WebSocket);
    sim.joined("/");
    sim.take_events();
    sim
}

fn after(packet: &str) -> Vec<String> {
    let mut sim = connected();
    sim.server.send_raw(packet);
    sim.run_for(Duration::from_millis(100));
    sim.take_events()
}

#[test]
fn parse_errors() {
    // B-10 to B-13, B-19, B-20, B-23, F063, F068, F070, F072, F074, F078
    for (packet, error) in [
        ("4", "EmptyMessage"),
        ("47", "UnknownType"),
        ("49[]", "UnknownType"),
        ("4x", "UnknownType"),
        ("4é", "UnknownType"),
        ("42", "Payload"),
        ("42[]", "Payload"),
        ("42{}", "Payload"),
        ("42null", "Payload"),
        ("42\"a\"", "Payload"),
        ("42[true]", "Payload"),
        ("42[null]", "Payload"),
        ("42[{}]", "Payload"),
        ("42[[\"a\"]]", "Payload"),
        ("42[\"connect\"]", "Payload"),
        ("42[\"disconnecting\",1]", "Payload"),
        ("42[\"newListener\"]", "Payload"),
        ("42[\"a\"]x", "Payload"),
        ("42[\"a\"", "Payload"),
        ("42 1[\"a\"]", "Payload"),
        ("421e3[\"a\"]", "Payload"),
        ("4201[\"a\"]", "Id"),
        ("429007199254740992[\"a\"]", "Id"),
        ("4218446744073709551616[\"a\"]", "Id"),
        ("41{}", "Payload"),
        ("415", "Id"),
        ("405{\"sid\":\"x\"}", "Id"),
        ("40[]", "Payload"),
        ("44[]", "Payload"),
        ("447", "Id"),
        ("43[]", "Id"),
    ] {
        let events = after(packet);
        let reason = format!("parse error ({error})");
        let expected = [format!("close: {reason}"), format!("/ disconnect: {reason}")];
        assert_eq!(events[..2], expected, "{packet}");
        assert_eq!(events.len(), 3, "{packet}: it comes back");
    }
}

#[test]
fn odd_packets_that_are_in_order() {
    // B-14, B-28, F026, F067, F073
    for (packet, event) in [
        ("42[1,\"a\"]", "/ event [1,\"a\"]"),
        ("42[\"\"]", "/ event [\"\"]"),
        ("42/,[\"a\"]", "/ event [\"a\"]"),
        ("42[\"__proto__\",{\"constructor\":1}]", "/ event [\"__proto__\",{\"constructor\":1}]"),
        ("420[\"a\"]", "/ event [\"a\"] asks"),
        ("429007199254740991[\"a\"]", "/ event [\"a\"] asks"),
        ("41", "close: forced close"),
        ("2probe", "ping"),
    ] {
        assert_eq!(after(packet).first().map(String::as_str), Some(event), "{packet}");
    }
    for packet in ["3", "3probe", "5", "6", "42/b,[\"a\"]", "430[]"] {
        assert_eq!(after(packet), [""; 0], "{packet}");
    }
}

#[test]
fn an_empty_frame_is_an_error() {
    // B-01, F047
    assert_eq!(after("")[0], "close: transport error (EmptyPacket)");
}

#[test]
fn a_close_packet_counts_over_websocket_too() {
    // B-30 ignores it; F025 does not, and faults.md wins
    assert_eq!(after("1")[0], "close: transport close (by server)");
}

#[test]
fn close_codes_are_kept() {
    // F042, A-102
    for code in [1000, 1001, 1006, 1009, 1011, 3000, 4999] {
        let mut sim = connected();
        sim.server.close_sessions(code);
        sim.run_for(Duration::from_millis(100));
        assert_eq!(sim.take_events()[0], format!("close: transport close ({code})"));
    }
}

#[test]
fn ids_are_echoed_exactly() {
    // F068
    let mut sim = connected();
    sim.server.clear_received();
    for id in ["0", "7", "9007199254740991"] {
        sim.server.send_raw(&format!("42{id}[\"a\"]"));
        sim.run_for(Duration::from_millis(100));
        let token = sim.take_token().expect("a token");
        assert!(sim.answer(&token, &()));
        sim.run_for(Duration::from_millis(100));
        assert_eq!(sim.server.received().last(), Some(&format!("3{id}[]").as_str()));
    }
}

#[test]
fn a_poisonous_packet_that_comes_again_slows_down() {
    // F110: a connection that breaks at once does not reset the delays
    let mut sim = connected();
    let mut delays = Vec::new();
    for _ in 0..5 {
        sim.server.send_raw("42[]");
        sim.run_until("/ connect");
        delays.extend(
            sim.take_events().iter().filter_map(|it| it.split_once(" in ").map(|it| it.1.to_string())),
        );
    }
    assert_eq!(delays, ["1000 ms", "2000 ms", "4000 ms", "5000 ms", "5000 ms"]);
}

#[test]
fn deep_nesting_is_passed_on() {
    // B-31, F071: nothing here recurses
    let deep = format!("42[\"a\",{}{}]", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(after(&deep).len(), 1);
}
