//! Law 4: news before alarms, alarms before wishes.

use core::time::Duration;

use sockeye_core::{SocketKey, Transport, sim::Sim};

fn connected() -> (Sim, SocketKey) {
    let mut sim = Sim::over(Transport::WebSocket);
    let socket = sim.joined("/");
    sim.take_events();
    sim.server.clear_received();
    (sim, socket)
}

#[test]
fn an_emit_after_the_sleep_is_kept_and_not_written_to_a_dead_connection() {
    // P-41, F059: once
    let (mut sim, socket) = connected();
    sim.sleep(Duration::from_hours(8));
    sim.emit(socket, "morning", &());
    assert_eq!(
        sim.take_events(),
        ["close: ping timeout", "/ disconnect: ping timeout", "reconnect 1 in 1000 ms"]
    );
    assert!(!sim.traffic().iter().any(|it| it.contains("morning")));
    assert!(sim.run_until("/ connect"));
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.server.received().last(), Some(&"2[\"morning\"]"));
}

#[test]
fn any_wish_notices() {
    for wish in 0..5 {
        let (mut sim, socket) = connected();
        sim.sleep(Duration::from_hours(8));
        match wish {
            0 => sim.reconnect_now(),
            1 => sim.disconnect(socket),
            2 => sim.connect(socket),
            3 => sim.close(),
            _ => sim.drain(Duration::from_secs(1)),
        }
        assert_eq!(sim.take_events()[0], "close: ping timeout", "wish {wish}");
    }
}

#[test]
fn a_ping_that_came_during_the_sleep_counts() {
    // F059, F062: the timer is late, but the packet is heard first
    let (mut sim, socket) = connected();
    // The ping comes at 25 s; the deadline is at 45 s; this server is more patient than it says.
    sim.server.ping_timeout = Duration::from_hours(1);
    sim.sleep(Duration::from_mins(1));
    sim.run_for(Duration::from_secs(40));
    assert!(sim.client().connected(socket), "{}", sim.transcript());
    assert!(!sim.take_events().iter().any(|it| it.starts_with("close")));
}

#[test]
fn a_sleep_past_the_deadline_with_a_ping_waiting_is_survived_by_the_client() {
    // The server has given up by then, and its close is heard right behind the ping.
    let (mut sim, _) = connected();
    sim.sleep(Duration::from_mins(10));
    sim.run_for(Duration::from_millis(1));
    assert_eq!(sim.take_events()[..2], ["ping", "close: transport close (1005)"]);
}

#[test]
fn timers_that_slept_fire_once_each() {
    // F062
    let (mut sim, _) = connected();
    sim.network.refusing = true;
    sim.lose_connection();
    sim.run_for(Duration::from_millis(10));
    sim.take_events();
    sim.sleep(Duration::from_hours(8));
    sim.run_for(Duration::ZERO);
    assert_eq!(sim.take_events(), ["reconnect attempt 1"]);
}

#[test]
fn answers_whose_time_was_up_in_the_sleep_are_late() {
    // but what came while it slept is heard first, so it counts
    let (mut sim, socket) = connected();
    let how = sockeye_core::Emit { ack: true, timeout: Some(Duration::from_secs(5)), ..Default::default() };
    assert!(sim.emit_with(socket, "a", &1, how).is_ok());
    sim.run_for(Duration::from_millis(1));
    sim.sleep(Duration::from_secs(20));
    sim.run_for(Duration::from_millis(1));
    assert_eq!(sim.take_events(), ["/ ack 1 [1]"]);
}
