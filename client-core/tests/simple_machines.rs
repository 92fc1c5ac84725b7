//! Every edge of the diagrams that can be seen through the public door: the tables are the diagrams.

use core::time::Duration;

use sockeye_core::{
    Config, SocketKey, SocketOptions, State, Transport,
    sim::{Policy, Sim},
};

type Step = fn(&mut Sim, SocketKey);

fn start(auth: bool) -> (Sim, SocketKey) {
    let mut config = Config::new("http://h");
    config.transports = vec![Transport::WebSocket];
    config.randomization_factor = 0.0;
    config.reconnection_attempts = 1;
    let mut sim = Sim::new(config);
    let other = sim.socket("/other");
    let socket = sim.socket_with("/", SocketOptions { auth, ..SocketOptions::default() });
    if auth {
        // The connection is there already, and stays whatever becomes of the socket.
        sim.connect(other);
        sim.run_for(Duration::from_secs(1));
        sim.take_events();
    }
    (sim, socket)
}

fn run(sim: &mut Sim, millis: u64) {
    sim.run_for(Duration::from_millis(millis));
}

fn connection(sim: &Sim) -> &'static str {
    match sim.client().state() {
        State::Idle => "Idle",
        State::Connecting { .. } => "Connecting",
        State::Connected { .. } => "Connected",
        State::Reconnecting { .. } => "Reconnecting",
    }
}

#[test]
fn the_connection() {
    // client/reconnect.rs, client/facts.rs
    let connect: Step = |sim, socket| {
        sim.connect(socket);
        run(sim, 1);
    };
    let open: Step = |sim, _| run(sim, 100);
    let lose: Step = |sim, _| {
        sim.lose_connection();
        run(sim, 1);
    };
    let refuse: Step = |sim, _| {
        sim.network.refusing = true;
        sim.lose_connection();
        run(sim, 100);
    };
    let due: Step = |sim, _| assert!(sim.run_until("reconnect attempt"));
    let time_out: Step = |sim, _| {
        sim.server.mute = true;
        run(sim, 20_000);
    };
    let close: Step = |sim, _| {
        sim.close();
        run(sim, 100);
    };
    let veto: Step = |sim, _| sim.reconnect_in(None);
    let now: Step = |sim, _| {
        sim.reconnect_now();
        run(sim, 1);
    };
    let paths: [&[(Step, &str)]; 10] = [
        &[(connect, "Connecting"), (open, "Connected"), (close, "Idle"), (connect, "Connecting")],
        &[(connect, "Connecting"), (open, "Connected"), (lose, "Reconnecting"), (due, "Connecting")],
        &[(connect, "Connecting"), (refuse, "Reconnecting"), (due, "Connecting"), (open, "Idle")],
        &[(connect, "Connecting"), (close, "Idle")],
        &[(connect, "Connecting"), (time_out, "Reconnecting"), (close, "Idle")],
        &[(connect, "Connecting"), (refuse, "Reconnecting"), (veto, "Idle"), (now, "Connecting")],
        &[(connect, "Connecting"), (refuse, "Reconnecting"), (now, "Connecting")],
        &[(connect, "Connecting"), (refuse, "Reconnecting"), (connect, "Reconnecting")],
        &[(now, "Connecting"), (open, "Connected"), (now, "Connected"), (connect, "Connected")],
        &[(veto, "Idle"), (lose, "Idle"), (close, "Idle")],
    ];
    for (number, path) in paths.iter().enumerate() {
        let (mut sim, socket) = start(false);
        for (at, (step, state)) in path.iter().enumerate() {
            step(&mut sim, socket);
            assert_eq!(connection(&sim), *state, "path {number}, step {at}:\n{}", sim.transcript());
        }
    }
}

#[test]
fn the_namespace() {
    // socket/mod.rs: Idle, Waiting, Asking, Joining, Joined, Leaving
    let connect: Step = |sim, socket| {
        sim.connect(socket);
        run(sim, 100);
    };
    let answer: Step = |sim, socket| {
        sim.authenticate(socket, None);
        run(sim, 100);
    };
    let answer_held: Step = |sim, socket| {
        sim.server.namespace("/", Policy::Hold);
        sim.authenticate(socket, None);
        run(sim, 100);
    };
    let answer_refused: Step = |sim, socket| {
        sim.server.namespace("/", Policy::Refuse("{}".into()));
        sim.authenticate(socket, None);
        run(sim, 100);
    };
    let admit: Step = |sim, _| {
        sim.server.namespace("/", Policy::Accept);
        sim.server.answer_pending();
        run(sim, 100);
    };
    let leave: Step = |sim, socket| {
        sim.disconnect(socket);
        run(sim, 100);
    };
    let kick: Step = |sim, _| {
        sim.server.disconnect("/");
        run(sim, 100);
    };
    let lose: Step = |sim, _| {
        sim.lose_connection();
        run(sim, 1);
    };
    let back: Step = |sim, _| run(sim, 1_200);
    let wait: Step = |sim, _| run(sim, 46_000);
    let give_none: Step = |sim, socket| sim.refuse_auth(socket);

    // What it is then: inactive, active (waits, asks, joins), connected.
    let paths: [&[(Step, &str)]; 11] = [
        &[(connect, "active"), (answer, "connected"), (leave, "inactive"), (connect, "active")],
        &[
            (connect, "active"),
            (answer, "connected"),
            (kick, "inactive"),
            (connect, "active"),
            (answer, "connected"),
        ],
        &[
            (connect, "active"),
            (answer, "connected"),
            (lose, "active"),
            (back, "active"),
            (answer, "connected"),
        ],
        &[(connect, "active"), (lose, "active"), (back, "active"), (answer, "connected")],
        &[(connect, "active"), (wait, "inactive")],
        &[(connect, "active"), (give_none, "inactive"), (connect, "active")],
        &[(connect, "active"), (answer_refused, "inactive"), (connect, "active")],
        &[(connect, "active"), (answer_held, "active"), (wait, "inactive"), (admit, "inactive")],
        &[(connect, "active"), (answer_held, "active"), (leave, "inactive"), (admit, "inactive")],
        &[
            (connect, "active"),
            (answer_held, "active"),
            (leave, "inactive"),
            (connect, "active"),
            (leave, "inactive"),
            (connect, "active"),
            (admit, "active"),
            (answer, "connected"),
        ],
        &[
            (connect, "active"),
            (answer_held, "active"),
            (lose, "active"),
            (back, "active"),
            (admit, "active"),
        ],
    ];
    for (number, path) in paths.iter().enumerate() {
        let (mut sim, socket) = start(true);
        for (at, (step, expected)) in path.iter().enumerate() {
            step(&mut sim, socket);
            let state = match (sim.client().active(socket), sim.client().connected(socket)) {
                (_, true) => "connected",
                (true, false) => "active",
                (false, false) => "inactive",
            };
            assert_eq!(state, *expected, "path {number}, step {at}:\n{}", sim.transcript());
            assert_eq!(sim.client().id(socket).is_some(), state == "connected");
            assert_eq!(sim.server.members("/") == 1, state == "connected", "path {number}, step {at}");
        }
        assert_eq!(sim.server.offences(), [""; 0], "path {number}");
    }
}

#[test]
fn the_transport() {
    // engine/mod.rs, engine/polling.rs, engine/websocket.rs, engine/upgrade.rs: what is asked for, in order
    let mut sim = Sim::new(Config::new("http://h"));
    let socket = sim.socket("/");
    sim.connect(socket);
    run(&mut sim, 500);
    sim.emit(socket, "a", &());
    sim.disconnect(socket);
    run(&mut sim, 500);
    let asked: Vec<_> = sim
        .traffic()
        .into_iter()
        .filter_map(|it| it.strip_prefix("> "))
        .map(|it| it.split('{').next().unwrap_or(it))
        .collect();
    let walk = [
        "get 1",
        "post 1 40",
        "get 1",
        "open 2",
        "get 1",
        "send 2 2probe",
        "close 1",
        "send 2 5",
        "send 2 42[\"a\"] | 41",
        "close 2",
    ];
    assert_eq!(asked, walk);
}
