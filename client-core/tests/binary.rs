//! Attachments: announced, collected, counted.

use core::time::Duration;

use bytes::Bytes;
use sockeye_core::{Config, Limits, SocketKey, Transport, sim::Sim};

const ONE: &str = r#"451-["b",{"_placeholder":true,"num":0}]"#;

fn connected_with(change: impl Fn(&mut Config)) -> (Sim, SocketKey) {
    let mut config = Config::new("http://h");
    config.transports = vec![Transport::WebSocket];
    config.randomization_factor = 0.0;
    change(&mut config);
    let mut sim = Sim::new(config);
    let socket = sim.joined("/");
    sim.take_events();
    sim.server.clear_received();
    (sim, socket)
}

fn connected() -> (Sim, SocketKey) {
    connected_with(|_| ())
}

fn events(sim: &mut Sim) -> Vec<String> {
    sim.run_for(Duration::from_millis(100));
    sim.take_events()
}

#[test]
fn bytes_travel_both_ways_over_both_transports() {
    // P-02, P-03, P-83, P-84, O-13
    for (transport, force_base64) in
        [(Transport::Polling, false), (Transport::WebSocket, false), (Transport::WebSocket, true)]
    {
        let (mut sim, socket) = connected_with(|config| {
            config.transports = vec![transport];
            config.force_base64 = force_base64;
        });
        sim.ask(socket, "b", &(Bytes::from_static(b"one"), 7, Bytes::from_static(b"")));
        let answer =
            r#"/ ack 1 [{"_placeholder":true,"num":0},7,{"_placeholder":true,"num":1}] <3 bytes> <0 bytes>"#;
        assert_eq!(events(&mut sim), [answer]);
        assert_eq!(sim.server.received()[1..], ["<3 bytes>", "<0 bytes>"]);
    }
}

#[test]
fn base64_in_a_text_frame_is_an_attachment() {
    // P-03, F019, F047: and nothing at all is one of no bytes
    let (mut sim, _) = connected();
    sim.server.send_raw(ONE);
    sim.server.send_raw("bAQID");
    sim.server.send_raw(ONE);
    sim.server.send_raw("b");
    sim.server.send_raw(ONE);
    sim.server.send_raw_binary(b"");
    let sizes: Vec<_> = events(&mut sim).iter().map(|it| it[it.len() - 9..].to_string()).collect();
    assert_eq!(sizes, ["<3 bytes>", "<0 bytes>", "<0 bytes>"]);
}

#[test]
fn heartbeats_may_come_between_attachments() {
    // F082
    let (mut sim, _) = connected();
    sim.server.send_raw(ONE);
    sim.server.send_raw("2");
    sim.server.send_raw("6");
    sim.server.send_raw_binary(b"abc");
    assert_eq!(events(&mut sim).len(), 2);
}

#[test]
fn bytes_out_of_place_are_parse_errors() {
    // B-17, F080, F081
    let cases: [(&[&str], bool, &str); 3] = [
        (&[], true, "UnexpectedBinary"),
        (&[ONE, "42[\"a\"]"], false, "UnexpectedText"),
        (&[ONE, ONE], false, "UnexpectedText"),
    ];
    for (texts, binary, error) in cases {
        let (mut sim, _) = connected();
        for text in texts {
            sim.server.send_raw(text);
        }
        if binary {
            sim.server.send_raw_binary(b"abc");
        }
        assert_eq!(events(&mut sim)[0], format!("close: parse error ({error})"), "{texts:?}");
    }
}

#[test]
fn counts_are_digits_from_one_to_the_limit() {
    // B-15, B-16, P-85, F064, F065, F066
    for (packet, error) in [
        ("45[\"a\"]", "IllegalAttachments"),
        ("45-[\"a\"]", "IllegalAttachments"),
        ("450-[\"a\"]", "IllegalAttachments"),
        ("4501-[\"a\"]", "IllegalAttachments"),
        ("45 1-[\"a\"]", "IllegalAttachments"),
        ("451e0-[\"a\"]", "IllegalAttachments"),
        ("450x1-[\"a\"]", "IllegalAttachments"),
        ("45-1-[\"a\"]", "IllegalAttachments"),
        ("451.0-[\"a\"]", "IllegalAttachments"),
        ("4599999999999999999999-[\"a\"]", "IllegalAttachments"),
        ("4511-[\"a\"]", "TooManyAttachments"),
        ("454294967296-[\"a\"]", "TooManyAttachments"),
        ("451-", "Payload"),
        ("461-[]", "Id"),
    ] {
        let (mut sim, _) = connected();
        sim.server.send_raw(packet);
        sim.server.send_raw_binary(b"abc");
        assert_eq!(events(&mut sim)[0], format!("close: parse error ({error})"), "{packet}");
    }
}

#[test]
fn the_limit_is_an_option() {
    // F066
    let (mut sim, socket) = connected_with(|config| config.limits.attachments = 1);
    sim.server.send_raw("452-[\"a\"]");
    assert_eq!(events(&mut sim)[0], "close: parse error (TooManyAttachments)");
    let two = (Bytes::new(), Bytes::new());
    let refused = sim.emit_with(socket, "b", &two, sockeye_core::Emit::default());
    assert!(matches!(refused, Err(sockeye_core::EmitError::TooManyAttachments(_))));
}

#[test]
fn a_connection_lost_in_mid_attachments_forgets_the_packet() {
    // F083
    let (mut sim, _) = connected();
    sim.server.send_raw("452-[\"b\"]");
    sim.server.send_raw_binary(b"abc");
    sim.run_for(Duration::from_millis(100));
    sim.lose_connection();
    sim.run_until("/ connect");
    sim.take_events();
    sim.server.send_raw("42[\"a\"]");
    assert_eq!(events(&mut sim), ["/ event [\"a\"]"]);
}

#[test]
fn a_packet_that_is_forgotten_has_no_deadline_any_more() {
    // F083, F084: it would end what comes next
    let (mut sim, _) = connected_with(|config| config.limits.attachment_time = Duration::from_millis(300));
    sim.server.send_raw("452-[\"b\"]");
    sim.run_for(Duration::from_millis(100));
    sim.network.refusing = true;
    sim.lose_connection();
    sim.run_for(Duration::from_millis(100));
    sim.take_events();
    sim.run_for(Duration::from_secs(10));
    let events = sim.take_events();
    assert!(!events.iter().any(|it| it.starts_with("close")), "{events:?}");
}

#[test]
fn attachments_have_a_limit_in_bytes_and_in_time() {
    // F084
    let limits =
        Limits { attachment_bytes: 10, attachment_time: Duration::from_secs(5), ..Limits::default() };
    let (mut sim, _) = connected_with(|config| config.limits = limits.clone());
    sim.server.send_raw("452-[\"b\"]");
    sim.server.send_raw_binary(&[0; 6]);
    sim.server.send_raw_binary(&[0; 6]);
    assert_eq!(events(&mut sim)[0], "close: parse error (AttachmentsTooLarge)");
    let (mut sim, _) = connected_with(|config| config.limits = limits.clone());
    sim.server.send_raw("452-[\"b\"]");
    sim.run_for(Duration::from_millis(4_900));
    assert_eq!(sim.take_events(), [""; 0]);
    sim.run_for(Duration::from_millis(200));
    assert_eq!(sim.take_events()[0], "close: parse error (AttachmentsTooLarge)");
}

#[test]
fn attachments_that_nobody_refers_to_and_placeholders_in_text_are_left_alone() {
    // P-84, F087, F088
    let (mut sim, _) = connected();
    sim.server.send_raw("451-[\"b\",1]");
    sim.server.send_raw_binary(b"abc");
    sim.server.send_raw(r#"42["b",{"_placeholder":true,"num":0}]"#);
    let expected = [r#"/ event ["b",1] <3 bytes>"#, r#"/ event ["b",{"_placeholder":true,"num":0}]"#];
    assert_eq!(events(&mut sim), expected);
}

#[test]
fn a_packet_and_its_attachments_stay_together() {
    // F089: whoever emits in between, and however small the writes are
    let (mut sim, socket) = connected_with(|config| {
        config.transports = vec![Transport::Polling, Transport::WebSocket];
        config.limits.write_batch = 30;
    });
    let other = sim.socket("/a");
    sim.connect(other);
    for number in 0..50 {
        sim.emit(socket, "b", &(number, Bytes::from(vec![1; 40]), Bytes::from(vec![2; 40])));
        sim.emit(other, "c", &(number, Bytes::from(vec![3; 40])));
        sim.run_for(Duration::from_millis(3));
    }
    sim.run_for(Duration::from_secs(10));
    assert_eq!(sim.server.offences(), [""; 0]);
    assert_eq!(sim.server.received().iter().filter(|it| it.starts_with("<40")).count(), 150);
}
