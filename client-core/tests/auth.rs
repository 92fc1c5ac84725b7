//! Who the application says it is: asked for before each CONNECT.

use core::time::Duration;
use std::collections::BTreeMap;

use sockeye_core::{
    Args, SocketKey, SocketOptions, State, Transport,
    sim::{Policy, Sim},
};

fn asked() -> (Sim, SocketKey) {
    let mut sim = Sim::over(Transport::WebSocket);
    sim.server.recovery = true;
    let socket = sim.socket_with("/a", SocketOptions { auth: true, ..SocketOptions::default() });
    sim.connect(socket);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), ["open", "/a auth required"]);
    assert_eq!(sim.server.received(), [""; 0], "nothing is sent before the answer");
    (sim, socket)
}

fn token(value: &str) -> Args {
    Args::auth(&BTreeMap::from([("token", value)])).expect("an object")
}

#[test]
fn an_object_is_sent_as_it_is() {
    // O-60, A-52
    let (mut sim, socket) = asked();
    sim.authenticate(socket, Some(&token("x")));
    sim.run_for(Duration::from_secs(1));
    assert_eq!(
        (sim.take_events(), sim.server.received()),
        (vec!["/a connect".into()], vec!["0/a,{\"token\":\"x\"}"])
    );
}

#[test]
fn what_is_no_object_is_not_sent() {
    // F103: servers fall over it
    let (mut sim, socket) = asked();
    sim.authenticate(socket, Some(&Args::ack(&("a", 1)).expect("an array")));
    assert!(sim.run_until("/a connect"));
    assert_eq!(sim.server.received(), ["0/a,"]);
}

#[test]
fn nothing_is_sent_as_nothing() {
    // F103: a null would cost the connection
    let (mut sim, socket) = asked();
    sim.authenticate(socket, None);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received(), ["0/a,"]);
}

#[test]
fn the_claim_of_a_lost_session_comes_before_it() {
    // P-103: so that the application's own keys win
    let (mut sim, socket) = asked();
    sim.authenticate(socket, Some(&token("x")));
    sim.run_for(Duration::from_secs(1));
    sim.server.emit("/a", "[\"seen\"]");
    sim.run_for(Duration::from_millis(100));
    sim.lose_connection();
    assert!(sim.run_until("auth required"), "it is asked for each CONNECT (F112)");
    sim.authenticate(socket, Some(&token("y")));
    assert!(sim.run_until("/a connect (Recovered)"));
    let claim = "0/a,{\"pid\":\"pid2\",\"offset\":\"Pf00003\",\"token\":\"y\"}";
    assert_eq!(sim.server.received().last(), Some(&claim));
}

#[test]
fn who_has_none_is_not_joined() {
    // F103
    let (mut sim, socket) = asked();
    sim.refuse_auth(socket);
    assert_eq!(sim.take_events(), ["/a connect error: auth", "close: forced close"]);
    sim.run_for(Duration::from_secs(1));
    assert_eq!((sim.client().state(), sim.server.sessions()), (State::Idle, 0));
}

#[test]
fn who_says_nothing_for_too_long_is_not_joined() {
    // F103
    let (mut sim, socket) = asked();
    sim.run_for(Duration::from_secs(10));
    assert_eq!(sim.take_events(), ["/a connect error: auth", "close: forced close"]);
    sim.authenticate(socket, None);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received(), [""; 0]);
}

#[test]
fn an_answer_counts_once_and_only_when_asked() {
    //
    let (mut sim, socket) = asked();
    for _ in 0..3 {
        sim.authenticate(socket, Some(&token("x")));
    }
    sim.run_for(Duration::from_secs(1));
    sim.authenticate(socket, None);
    sim.refuse_auth(socket);
    sim.run_for(Duration::from_secs(1));
    assert_eq!((sim.server.received().len(), sim.take_events()), (1, vec!["/a connect".into()]));
}

#[test]
fn an_answer_for_a_connection_that_is_gone_is_asked_again() {
    // the answer may come late
    let (mut sim, socket) = asked();
    sim.lose_connection();
    sim.run_for(Duration::from_millis(10));
    sim.authenticate(socket, Some(&token("late")));
    assert!(sim.run_until("auth required"));
    assert_eq!(sim.server.received(), [""; 0]);
    sim.authenticate(socket, Some(&token("x")));
    assert!(sim.run_until("/a connect"));
}

#[test]
fn a_token_that_expired_is_a_refusal_and_connect_asks_again() {
    // F112, A-53
    let (mut sim, socket) = asked();
    sim.server.namespace("/a", Policy::Refuse("{\"message\":\"expired\"}".into()));
    sim.authenticate(socket, Some(&token("old")));
    assert!(sim.run_until("/a connect error: refused: expired"));
    sim.run_for(Duration::from_mins(1));
    assert_eq!(sim.server.received().len(), 1, "not by itself");
    sim.server.namespace("/a", Policy::Accept);
    sim.connect(socket);
    assert!(sim.run_until("auth required"));
    sim.authenticate(socket, Some(&token("new")));
    assert!(sim.run_until("/a connect"));
}

#[test]
fn leaving_while_it_is_asked_sends_nothing() {
    //
    let (mut sim, socket) = asked();
    sim.disconnect(socket);
    sim.authenticate(socket, None);
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received(), [""; 0]);
    assert_eq!(sim.client().poll_timeout(), None);
}
