//! A polite goodbye: what was written leaves first.

use core::time::Duration;

use sockeye_core::{Config, Frame, Input, Io, State, Transport, TransportId, sim::Sim};

fn connected(transport: Transport) -> (Sim, sockeye_core::SocketKey) {
    let mut sim = Sim::over(transport);
    let socket = sim.joined("/");
    sim.take_events();
    sim.server.clear_received();
    (sim, socket)
}

/// As the reference has it: the connection that nobody needs closes first (A-27).
const LEFT: [&str; 2] = ["close: forced close", "/ disconnect: io client disconnect"];
const GOODBYE: [&str; 2] = ["/ disconnect: io client disconnect", "close: forced close"];

#[test]
fn over_polling_a_packet_says_it() {
    // P-70
    let (mut sim, socket) = connected(Transport::Polling);
    sim.emit(socket, "last", &());
    sim.disconnect(socket);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), LEFT);
    let traffic = sim.traffic();
    // In bodies of their own: a server reads a body at once and looks at its events a moment later.
    let posts: Vec<_> = traffic
        .iter()
        .filter_map(|it| it.strip_prefix("> post 1 4").or(it.strip_prefix("> post ")))
        .collect();
    assert_eq!(posts[posts.len() - 3..], ["2[\"last\"]", "1", "1 1"], "{traffic:?}");
    assert_eq!(traffic.last(), Some(&"> close 1"));
    assert_eq!((sim.server.sessions(), sim.server.received()), (0, vec!["2[\"last\"]", "1"]));
}

#[test]
fn over_websocket_the_close_itself_says_it() {
    // P-71
    let (mut sim, socket) = connected(Transport::WebSocket);
    sim.emit(socket, "last", &());
    sim.disconnect(socket);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), LEFT);
    assert_eq!(
        sim.traffic()[sim.traffic().len() - 3..],
        ["> send 1 42[\"last\"] | 41", "< sent 1", "> close 1"]
    );
    assert_eq!((sim.server.sessions(), sim.server.received().len()), (0, 2));
}

#[test]
fn a_full_post_in_flight_is_waited_for() {
    // P-70, P-72
    let (mut sim, socket) = connected(Transport::Polling);
    sim.emit(socket, "one", &());
    sim.run_for(Duration::from_millis(1));
    sim.emit(socket, "two", &());
    sim.close();
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received(), ["2[\"one\"]", "2[\"two\"]", "1"]);
    assert_eq!(sim.server.sessions(), 0);
}

#[test]
fn a_close_before_the_handshake_leaves_no_ghost() {
    // P-70: the reference leaves a session that nobody ends
    let mut sim = Sim::over(Transport::Polling);
    let socket = sim.socket("/");
    sim.connect(socket);
    sim.run_for(Duration::from_millis(5));
    sim.disconnect(socket);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.sessions(), 0);
    assert_eq!(sim.client().poll_timeout(), None);
}

#[test]
fn a_session_over_polling_that_broke_is_ended_as_well() {
    // P-70: otherwise the server keeps it until its own heartbeat times out
    let says_goodbye = |sim: &Sim| {
        assert!(sim.traffic().contains(&"> post 1 1"), "{}", sim.transcript());
        assert_eq!(sim.server.sessions(), 0);
    };
    // B-02: what was received is no payload
    let (mut sim, _) = connected(Transport::Polling);
    sim.server.answer_polls("<html>no</html>");
    sim.run_for(Duration::from_millis(100));
    assert_eq!(sim.take_events()[0], "close: transport error (UnknownPacket)");
    says_goodbye(&sim);
    // P-40: the server forgets to ping
    let (mut sim, _) = connected(Transport::Polling);
    sim.server.ping_interval = Duration::from_hours(1);
    assert!(sim.run_until("close: ping timeout"));
    sim.run_for(Duration::from_millis(100));
    says_goodbye(&sim);
}

#[test]
fn a_session_that_the_server_ended_hears_no_goodbye() {
    // P-53
    let (mut sim, _) = connected(Transport::Polling);
    sim.server.answer_polls("1");
    assert!(sim.run_until("close: transport close"));
    sim.run_for(Duration::from_millis(100));
    assert!(!sim.traffic().contains(&"> post 1 1"), "{}", sim.transcript());
}

#[test]
fn a_goodbye_that_nobody_takes_ends_all_the_same() {
    // Config::close_timeout
    for transport in [Transport::Polling, Transport::WebSocket] {
        let (mut sim, socket) = connected(transport);
        sim.network.partitioned = true;
        sim.network.stalled = true;
        sim.emit(socket, "last", &());
        sim.close();
        sim.run_for(Duration::from_millis(1_999));
        assert_ne!(sim.traffic().last(), Some(&"> close 1"));
        sim.run_for(Duration::from_millis(1));
        assert_eq!(sim.traffic().last(), Some(&"> close 1"));
        assert_eq!(sim.client().poll_timeout(), None);
    }
}

#[test]
fn what_comes_during_the_goodbye_does_not_cut_it_short() {
    // An attachment is on its way while the last events leave.
    let (mut sim, socket) = connected(Transport::WebSocket);
    sim.network.stalled = true;
    sim.server.emit_binary("/", r#"["b",{"_placeholder":true,"num":0}]"#, &[b"xyz"]);
    sim.server.send_raw("2");
    sim.emit(socket, "last", &());
    sim.run_for(Duration::ZERO);
    sim.close();
    sim.run_for(Duration::from_millis(100));
    assert!(!sim.traffic().contains(&"> close 1"), "what was written has not left yet");
    assert_eq!(sim.take_events(), GOODBYE);
}

#[test]
fn closing_in_every_state_gives_one_terminal_event_and_leaves_nothing() {
    // F107
    for stop in 0..120 {
        let mut sim = Sim::new(Config::new("http://h"));
        let socket = sim.socket("/");
        sim.connect(socket);
        sim.run_for(Duration::from_millis(stop * 2));
        let opened = sim.client().state() != State::Idle;
        sim.close();
        sim.run_for(Duration::from_secs(5));
        let events = sim.take_events();
        let closes = events.iter().filter(|it| it.starts_with("close")).count();
        assert_eq!(closes, usize::from(opened), "after {} ms: {events:?}", stop * 2);
        assert_eq!(sim.server.sessions(), 0, "a ghost after {} ms:\n{}", stop * 2, sim.transcript());
        assert_eq!((sim.client().state(), sim.client().poll_timeout()), (State::Idle, None));
        assert_eq!(sim.server.offences(), [""; 0]);
        sim.connect(socket);
        sim.run_for(Duration::from_secs(1));
        let joined = (sim.client().connected(socket), sim.server.members("/"));
        assert_eq!(joined, (true, 1), "wanted again after {} ms:\n{}", stop * 2, sim.transcript());
    }
}

#[test]
fn closing_twice_says_so_once() {
    // F107
    let (mut sim, _) = connected(Transport::Polling);
    sim.close();
    sim.close();
    sim.run_for(Duration::from_secs(1));
    sim.close();
    assert_eq!(sim.take_events(), GOODBYE);
}

#[test]
fn connecting_while_the_goodbye_is_under_way_opens_anew() {
    // A-51, F107
    let (mut sim, socket) = connected(Transport::Polling);
    sim.disconnect(socket);
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events()[2..], ["open", "/ connect (Disabled)"]);
    assert_eq!((sim.server.sessions(), sim.server.members("/")), (1, 1));
}

#[test]
fn of_many_goodbyes_the_oldest_are_cut_short() {
    // F107, law 7: each waits for a write that never ends
    let mut sim = Sim::over(Transport::WebSocket);
    let socket = sim.socket("/");
    for _ in 0..6 {
        sim.network.stalled = false;
        sim.connect(socket);
        sim.run_for(Duration::from_millis(100));
        sim.network.stalled = true;
        sim.emit(socket, "a", &1);
        sim.run_for(Duration::ZERO);
        sim.close();
    }
    sim.run_for(Duration::ZERO);
    let closed: Vec<_> = sim.traffic().into_iter().filter(|it| it.starts_with("> close")).collect();
    assert_eq!(closed, ["> close 1", "> close 2"], "{}", sim.transcript());
}

#[test]
fn closing_while_the_next_attempt_waits_ends_it() {
    // F107
    let (mut sim, _) = connected(Transport::WebSocket);
    sim.network.refusing = true;
    sim.lose_connection();
    sim.run_for(Duration::from_millis(10));
    sim.close();
    sim.run_for(Duration::from_hours(1));
    assert_eq!(sim.client().state(), State::Idle);
    assert!(!sim.take_events().iter().any(|it| it.starts_with("reconnect attempt")));
}

#[test]
fn closing_the_engine_is_no_goodbye_to_the_sockets() {
    // A-101
    let (mut sim, _) = connected(Transport::WebSocket);
    sim.close_engine();
    assert_eq!(sim.take_events()[..2], ["close: forced close", "/ disconnect: forced close"]);
    assert!(sim.run_until("/ connect"));
}

#[test]
fn closing_the_engine_ends_an_attempt_that_is_under_way() {
    // A-101
    for transport in [Transport::WebSocket, Transport::Polling] {
        let mut sim = Sim::over(transport);
        let socket = sim.socket("/");
        sim.connect(socket);
        sim.close_engine();
        assert_eq!(sim.take_events(), ["close: forced close", "reconnect 1 in 1000 ms"]);
        assert!(sim.run_until("/ connect"));
    }
    let mut config = Config::new("http://h");
    config.reconnection = false;
    let mut sim = Sim::new(config);
    let socket = sim.socket("/");
    sim.connect(socket);
    sim.close_engine();
    sim.run_for(Duration::from_hours(1));
    assert_eq!(sim.take_events(), ["close: forced close"]);
    assert_eq!(sim.client().state(), State::Idle);
}

#[test]
fn a_close_right_after_the_switch_leaves_no_ghost() {
    // P-72: the server must know which transport it is that closes
    use sockeye_core::{Client, Instant, Json, Output};
    let now = Instant::ZERO;
    let mut client = Client::<Json>::new(Config::new("http://h"), now);
    let drain = |client: &mut Client<Json>| {
        let mut asked = Vec::new();
        while let Some(output) = client.poll_output() {
            if let Output::Io(io) = output {
                asked.push(io);
            }
        }
        asked
    };
    let (one, two) = (TransportId::from_u32(1), TransportId::from_u32(2));
    client.reconnect_now(now);
    drain(&mut client);
    let opening = r#"0{"sid":"a","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000}"#;
    client.handle_input(Input::Polled { on: one, body: opening.into() }, now);
    drain(&mut client);
    client.handle_input(Input::Opened { on: two }, now);
    drain(&mut client);
    client.handle_input(Input::Sent { on: two }, now);
    client.handle_input(Input::Received { on: two, frame: Frame::Text("3probe".into()) }, now);
    client.handle_input(Input::Polled { on: one, body: "6".into() }, now);
    // Before the driver looks, the application closes.
    client.close(now);
    let asked = drain(&mut client);
    let upgrade = |it: &Io<Json>| matches!(it, Io::Send { frames, .. } if matches!(&frames[..], [Frame::Text(it)] if it == "5"));
    assert!(asked.iter().any(upgrade), "{} asked", asked.len());
}
