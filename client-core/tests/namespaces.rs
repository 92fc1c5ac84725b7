//! Joining, leaving, being thrown out.

use core::time::Duration;

use sockeye_core::{
    Config, Limits, SocketKey, SocketOptions, State, Transport,
    sim::{Policy, Sim},
};

fn sim() -> Sim {
    Sim::over(Transport::WebSocket)
}

/// Joined to `/`, and to what else is named.
fn joined(names: &[&str]) -> (Sim, Vec<SocketKey>) {
    let mut sim = sim();
    let sockets: Vec<_> = names.iter().map(|name| sim.socket(name)).collect();
    for socket in &sockets {
        sim.connect(*socket);
    }
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events().len(), 1 + names.len());
    sim.server.clear_received();
    (sim, sockets)
}

#[test]
fn they_join_in_the_order_in_which_they_were_named() {
    // ORD-3, law 5: with one write
    let mut sim = sim();
    let (b, a) = (sim.socket("/b"), sim.socket("/a"));
    sim.connect(a);
    sim.connect(b);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), ["open", "/b connect", "/a connect"]);
    assert!(sim.traffic().contains(&"> send 1 40/b, | 40/a,"));
}

#[test]
fn nothing_is_sent_before_the_reply() {
    // P-88, F090
    let mut sim = sim();
    let socket = sim.socket("/a");
    sim.server.namespace("/a", Policy::Hold);
    sim.emit(socket, "early", &1);
    sim.connect(socket);
    sim.emit(socket, "early", &2);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received(), ["0/a,"]);
    sim.server.answer_pending();
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received(), ["0/a,", "2/a,[\"early\",1]", "2/a,[\"early\",2]"]);
    assert_eq!(sim.server.offences(), [""; 0]);
}

#[test]
fn connecting_twice_sends_one_connect() {
    // Q-03, F094
    let mut sim = sim();
    let socket = sim.socket("/a");
    for _ in 0..5 {
        sim.connect(socket);
        sim.run_for(Duration::from_millis(7));
    }
    sim.run_for(Duration::from_secs(1));
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), ["open", "/a connect"]);
    assert_eq!(sim.server.received(), ["0/a,"]);
}

/// `/a` was left, and wanted again or not, before the reply that comes now.
fn left_before_the_reply(again: bool) -> (Sim, SocketKey) {
    let (mut sim, _) = joined(&["/"]);
    let socket = sim.socket("/a");
    sim.server.namespace("/a", Policy::Hold);
    sim.connect(socket);
    sim.run_for(Duration::from_millis(100));
    sim.disconnect(socket);
    if again {
        sim.connect(socket);
    }
    sim.server.namespace("/a", Policy::Accept);
    sim.server.answer_pending();
    (sim, socket)
}

#[test]
fn leaving_while_the_reply_is_pending_leaves_no_ghost() {
    // Q-04
    for again in [false, true] {
        let (mut sim, _) = left_before_the_reply(again);
        sim.run_for(Duration::from_secs(1));
        assert_eq!(sim.server.members("/a"), usize::from(again));
        assert_eq!(sim.server.offences(), [""; 0]);
        let expected: &[&str] = if again { &["0/a,", "1/a,", "0/a,"] } else { &["0/a,", "1/a,"] };
        assert_eq!(sim.server.received(), expected);
        assert_eq!(sim.take_events().len(), usize::from(again));
    }
}

#[test]
fn a_reply_that_never_comes_is_a_timeout() {
    // F013: and the late reply is met with DISCONNECT
    let (mut sim, _) = joined(&["/"]);
    let socket = sim.socket("/a");
    sim.server.namespace("/a", Policy::Hold);
    sim.connect(socket);
    sim.run_for(Duration::from_secs(46));
    assert!(sim.take_events().contains(&"/a connect error: timeout".into()));
    assert!(!sim.client().active(socket));
    // Wanted again, it waits for that reply, but not for ever.
    sim.connect(socket);
    sim.run_for(Duration::from_secs(46));
    assert!(sim.take_events().contains(&"/a connect error: timeout".into()));
    sim.server.answer_pending();
    sim.run_for(Duration::from_secs(1));
    assert_eq!((sim.server.members("/a"), sim.server.members("/")), (0, 1));
    assert_eq!(sim.server.offences(), [""; 0]);
}

#[test]
fn one_that_comes_back_at_once_is_not_read_together_with_its_leaving() {
    // Q-04: the official server takes a CONNECT that it reads with the DISCONNECT for a mistake, and closes everything
    let (mut sim, sockets) = joined(&["/", "/a"]);
    for _ in 0..3 {
        sim.disconnect(sockets[1]);
        sim.connect(sockets[1]);
    }
    sim.run_for(Duration::from_millis(49));
    assert_eq!(sim.server.received(), ["1/a,"]);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received(), ["1/a,", "0/a,"]);
    assert!(sim.client().connected(sockets[1]));
    // On another connection nothing has to be waited for.
    sim.disconnect(sockets[1]);
    sim.lose_connection();
    sim.connect(sockets[1]);
    sim.run_for(Duration::from_secs(2));
    assert_eq!((sim.server.members("/a"), sim.server.offences().len()), (1, 0));
}

#[test]
fn one_that_comes_back_is_not_read_together_with_the_leaving_that_its_late_reply_was_met_with() {
    // Q-04
    for meanwhile in [false, true] {
        let (mut sim, socket) = left_before_the_reply(meanwhile);
        while sim.server.received().len() < 2 {
            sim.run_for(Duration::from_millis(1));
        }
        sim.connect(socket);
        sim.run_for(Duration::from_millis(40));
        assert_eq!(sim.server.received(), ["0/a,", "1/a,"]);
        sim.run_for(Duration::from_secs(1));
        assert_eq!(sim.server.received(), ["0/a,", "1/a,", "0/a,"]);
        assert!(sim.client().connected(socket));
    }
}

#[test]
fn the_only_one_that_left_before_the_reply_can_join_again() {
    // A-51, Q-04, F013: the connection went with it, and the reply with that
    for gives_up in [false, true] {
        let mut sim = sim();
        let socket = sim.socket("/a");
        sim.server.namespace("/a", Policy::Hold);
        sim.connect(socket);
        sim.run_for(Duration::from_secs(1));
        sim.server.send_raw(r#"42/a,["early"]"#);
        sim.run_for(Duration::from_secs(if gives_up { 46 } else { 1 }));
        sim.disconnect(socket);
        sim.run_for(Duration::from_secs(1));
        assert_eq!((sim.client().state(), sim.server.sessions()), (State::Idle, 0));
        sim.take_events();
        sim.server.namespace("/a", Policy::Accept);
        sim.connect(socket);
        sim.run_for(Duration::from_secs(1));
        assert_eq!(
            sim.take_events(),
            ["open", "/a connect"],
            "what the old session had sent is not this one's"
        );
        assert_eq!((sim.server.members("/a"), sim.server.offences().len()), (1, 0));
    }
}

#[test]
fn thrown_out_is_final_for_one_and_nothing_to_the_others() {
    // F108, P-90
    let (mut sim, sockets) = joined(&["/", "/a"]);
    sim.server.disconnect("/a");
    sim.run_for(Duration::from_mins(2));
    let events: Vec<_> = sim.take_events().into_iter().filter(|it| it != "ping").collect();
    assert_eq!(events, ["/a disconnect: io server disconnect"]);
    assert_eq!((sim.client().active(sockets[1]), sim.client().connected(sockets[0])), (false, true));
    // What is emitted now waits for a new connect: never sent to a namespace that is not joined (Q-08).
    sim.emit(sockets[1], "later", &());
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received(), [""; 0]);
    sim.connect(sockets[1]);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received(), ["0/a,", "2/a,[\"later\"]"]);
}

#[test]
fn an_emit_that_crosses_the_kick_costs_the_connection_and_others_recover() {
    // F091, Q-08: unavoidable
    let (mut sim, sockets) = joined(&["/", "/a"]);
    sim.server.disconnect("/a");
    sim.emit(sockets[1], "crossing", &());
    sim.run_for(Duration::from_secs(3));
    let events = sim.take_events();
    assert_eq!(events[0], "/a disconnect: io server disconnect");
    assert!(
        events.contains(&"/ connect (Disabled)".into()) && !events.iter().any(|it| it.contains("/a connect"))
    );
}

#[test]
fn a_second_reply_changes_nothing() {
    // B-27, F093
    let (mut sim, sockets) = joined(&["/"]);
    sim.server.send_raw("40{\"sid\":\"other\"}");
    sim.server.send_raw("44{\"message\":\"late\"}");
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), [""; 0]);
    assert_eq!(sim.client().id(sockets[0]), Some("id2"));
}

#[test]
fn events_for_one_that_was_left_are_dropped() {
    // F096: and counted
    let (mut sim, sockets) = joined(&["/", "/a"]);
    sim.disconnect(sockets[1]);
    sim.run_for(Duration::from_millis(100));
    sim.take_events();
    sim.server.send_raw("42/a,[\"late\"]");
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.take_events(), [""; 0]);
    assert_eq!(sim.client().socket_counters(sockets[1]).ignored, 1);
}

#[test]
fn packets_for_others_are_ignored() {
    // F079, F096, B-28, P-81
    let (mut sim, sockets) = joined(&["/", "/a"]);
    sim.disconnect(sockets[1]);
    sim.run_for(Duration::from_secs(1));
    sim.take_events();
    for packet in
        ["42/b,[\"a\"]", "43/b,1[]", "41/b", "40/b,{\"sid\":\"x\"}", "44/b,{}", "42/a,[\"late\"]", "41/a,"]
    {
        sim.server.send_raw(packet);
    }
    sim.server.send_raw("451-/b,[\"a\",{\"_placeholder\":true,\"num\":0}]");
    sim.server.send_raw_binary(b"xyz");
    sim.server.send_raw("42[\"mine\"]");
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), ["/ event [\"mine\"]"]);
    assert_eq!(sim.client().counters().ignored, 7, "six for nobody, one for who left");
}

#[test]
fn names_are_compared_as_they_are() {
    // F067, P-81
    let (mut sim, _) = joined(&["/", "/a"]);
    for packet in ["41/a", "42/,[\"root\"]", "42/A,[\"no\"]", "42/a?x=1,[\"no\"]"] {
        sim.server.send_raw(packet);
    }
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), ["/a disconnect: io server disconnect", "/ event [\"root\"]"]);
    sim.server.send_raw(&format!("42/{},[\"a\"]", "x".repeat(2_000)));
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.take_events()[0], "close: parse error (Namespace)");
}

#[test]
fn a_name_that_would_break_the_framing_is_none() {
    // P-80, F067, F101
    let mut config = Config::new("http://h");
    config.limits = Limits { namespaces: 2, ..Limits::default() };
    let mut client = sockeye_core::Client::<sockeye_core::Json>::new(config, sockeye_core::Instant::ZERO);
    let long = "/".repeat(2_000);
    for name in ["", "a", "/a,b", "/a\u{1e}b", &long] {
        assert!(client.socket(name, SocketOptions::default()).is_none(), "{name}");
    }
    let one = client.socket("/a", SocketOptions::default());
    assert_eq!(one, client.socket("/a", SocketOptions::default()));
    assert!(client.socket("/b", SocketOptions::default()).is_some());
    assert!(client.socket("/c", SocketOptions::default()).is_none());
}
