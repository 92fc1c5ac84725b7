//! Runs of the machine in its simulator, drawn as they went.

use std::time::Duration;

use sockeye_core::{Config, Emit, SocketKey, SocketOptions, Transport, sim::Sim};

use super::sequence::Sequence;
use crate::Trouble;

/// Plays the story of that name and draws what the client and the server said to each other.
pub(crate) fn run(story: &str) -> Result<String, Trouble> {
    let sequence = match story {
        "upgrade" => upgrade(),
        "upgrade blocked" => upgrade_blocked(),
        "websocket only" => websocket_only(),
        "reconnect" => reconnect(),
        "recovery" => recovery(),
        "offline emit" => offline_emit(),
        "answer" => answer(),
        "no answer" => no_answer(),
        "retries" => retries(),
        "try all transports" => try_all_transports(),
        _ => return Err(Trouble::new(format!("run {story}"), "there is no story of that name")),
    };
    Ok(sequence.draw())
}

fn upgrade() -> Sequence {
    let (mut sim, socket) = world(|_| {});
    sim.connect(socket);
    sim.run_until("upgrade websocket");
    sim.emit(socket, "say", &"hello");
    sim.run_for(milliseconds(80));
    told(&sim, "An Engine.IO session that begins with polling and goes on with WebSocket")
}

fn upgrade_blocked() -> Sequence {
    let (mut sim, socket) = world(|_| {});
    sim.network.websockets_blocked = true;
    sim.connect(socket);
    sim.run_until("upgrade error");
    sim.emit(socket, "say", &"hello");
    sim.run_for(milliseconds(80));
    told(&sim, "An upgrade that a proxy refuses: the session stays on polling")
}

fn websocket_only() -> Sequence {
    let (mut sim, socket) = world(|config| config.transports = vec![Transport::WebSocket]);
    sim.connect(socket);
    sim.run_until("/ connect");
    told(&sim, "A connection by WebSocket at once")
}

fn reconnect() -> Sequence {
    let (mut sim, _) = on_websocket();
    sim.network.refusing = true;
    sim.lose_connection();
    sim.run_until("reconnect 3 in");
    sim.network.refusing = false;
    sim.run_until("/ connect");
    told(&sim, "A connection that is lost, two attempts that fail and a third that succeeds")
}

fn recovery() -> Sequence {
    let (mut sim, socket) = world(|config| config.transports = vec![Transport::WebSocket]);
    sim.server.recovery = true;
    sim.connect(socket);
    sim.run_until("/ connect");
    sim.server.emit("/", r#"["news",1]"#);
    sim.run_for(milliseconds(50));
    sim.lose_connection();
    sim.run_for(milliseconds(1));
    sim.server.emit("/", r#"["news",2]"#);
    sim.run_until("/ connect (Recovered)");
    told(&sim, "A session that is found again, with the event that was missed")
}

fn offline_emit() -> Sequence {
    let (mut sim, socket) = on_websocket();
    sim.lose_connection();
    sim.run_for(milliseconds(1));
    sim.emit(socket, "say", &"are you there?");
    sim.run_until("/ connect");
    sim.run_for(milliseconds(30));
    told(&sim, "An event that is emitted while there is no connection leaves with the next one")
}

fn answer() -> Sequence {
    let (mut sim, socket) = on_websocket();
    sim.ask(socket, "save", &"text");
    sim.run_for(milliseconds(60));
    told(&sim, "An event that asks for an answer, and gets it")
}

fn no_answer() -> Sequence {
    let (mut sim, socket) = on_websocket();
    sim.server.acknowledges = false;
    let how = Emit { ack: true, timeout: Some(milliseconds(1_000)), ..Emit::default() };
    // On an open connection the machine takes it.
    let _ = sim.emit_with(socket, "save", &"text", how);
    sim.run_for(milliseconds(1_010));
    told(&sim, "An event that asks for an answer within a second, and gets none")
}

fn retries() -> Sequence {
    let (mut sim, _) = world(|config| config.transports = vec![Transport::WebSocket]);
    let options =
        SocketOptions { retries: 2, ack_timeout: Some(milliseconds(1_000)), ..SocketOptions::default() };
    let socket = sim.socket_with("/orders", options);
    sim.connect(socket);
    sim.run_until("/orders connect");
    sim.server.acknowledges = false;
    sim.ask(socket, "order", &"tea");
    sim.run_for(milliseconds(900));
    sim.server.acknowledges = true;
    sim.run_for(milliseconds(200));
    told(&sim, "An event that is sent again, as nobody answered the first time")
}

fn try_all_transports() -> Sequence {
    let (mut sim, socket) = world(|config| {
        config.transports = vec![Transport::WebSocket, Transport::Polling];
        config.try_all_transports = true;
        config.upgrade = false;
    });
    sim.network.websockets_blocked = true;
    sim.connect(socket);
    sim.run_until("/ connect");
    told(&sim, "A WebSocket that is refused, and polling tried in the same attempt")
}

/// A network of 20 ms, and delays without chance, so that the picture is the same each time.
fn world(change: impl Fn(&mut Config)) -> (Sim, SocketKey) {
    let mut config = Config::new("http://localhost");
    config.randomization_factor = 0.0;
    change(&mut config);
    let mut sim = Sim::new(config);
    sim.network.latency = milliseconds(20);
    let socket = sim.socket("/");
    (sim, socket)
}

fn on_websocket() -> (Sim, SocketKey) {
    let (mut sim, socket) = world(|config| config.transports = vec![Transport::WebSocket]);
    sim.connect(socket);
    sim.run_until("/ connect");
    sim.run_for(milliseconds(100));
    (sim, socket)
}

fn told(sim: &Sim, what: &str) -> Sequence {
    Sequence::read(&sim.transcript(), what)
}

fn milliseconds(number: u64) -> Duration {
    Duration::from_millis(number)
}
