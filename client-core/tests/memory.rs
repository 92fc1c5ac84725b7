//! Whatever a server sends and an application says: the bytes that a client holds stay below what its limits allow (law 7
//! of `docs`: F066, F084, F095, F101, F113), over a thousand seeds, and none is left when it is dropped.
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "memory/count.rs"]
mod count;
mod dice;
#[path = "memory/peer.rs"]
mod peer;

use count::live;
use peer::{MESSAGE, NAMES, Run, UNTAKEN};
use sockeye_core::{
    Args, Client, Config, Event, Input, Instant, Io, Json, Limits, Output, SocketEvent, SocketOptions,
    Transport, TransportId,
};

const SEEDS: u64 = 1_000;

#[test]
fn a_client_holds_no_more_than_its_limits_allow_and_leaves_nothing() {
    let (limits, options) = (limits(), options());
    let bound = bound(&limits, &options);
    let mut most = 0;
    for seed in seeds() {
        let mut run = Run::new(seed, &limits, &options);
        run.go();
        assert!(run.most <= bound, "SEED={seed}: {} bytes; the limits allow {bound}", run.most);
        most = most.max(run.most);
        let left = run.end();
        assert_eq!(left, 0, "SEED={seed}: bytes that are left");
    }
    assert!(
        most * 3 > bound || std::env::var("SEED").is_ok(),
        "{most} bytes at most: {bound} is no bound to hold"
    );
}

#[test]
fn an_event_that_is_kept_does_not_keep_the_body_it_came_in() {
    // F117: a listener that is behind keeps what it is told, and how much that is, is known by its own size.
    let mut config = Config::new("http://h");
    config.transports = vec![Transport::Polling];
    let mut client = Client::new(config, Instant::ZERO);
    let socket = client.socket("/", SocketOptions::default()).unwrap();
    client.connect(socket, Instant::ZERO);
    while client.poll_output().is_some() {}
    let open = r#"0{"sid":"a","pingInterval":25000,"pingTimeout":20000,"upgrades":[]}"#;
    let mut kept = poll(&mut client, &format!("{open}\u{1e}40{{\"sid\":\"b\"}}"));
    kept.reserve(BODIES);
    let large = format!(r#"42["large","{}"]"#, "x".repeat(MESSAGE));
    let before = live();
    for number in 0..BODIES {
        let mut events = poll(&mut client, &format!("42[\"small\",{number}]\u{1e}{large}"));
        assert_eq!(events.len(), 2);
        kept.extend(events.drain(..1));
    }
    let each = (live() - before) / BODIES.cast_signed();
    assert!((12..64).contains(&each), "{each} bytes for each of the events, of at least 12");
    assert_eq!(kept[BODIES - 1].text(), r#"["small",99]"#);
}

const BODIES: usize = 100;

/// The arguments of the events in a body.
fn poll(client: &mut Client<Json>, body: &str) -> Vec<Args> {
    let mut events = Vec::new();
    client.handle_input(Input::Polled { on: TransportId::from_u32(1), body: body.into() }, Instant::ZERO);
    while let Some(output) = client.poll_output() {
        match output {
            Output::Event(Event::Socket { event: SocketEvent::Event { args, .. }, .. }) => events.push(args),
            Output::Io(Io::Post { on, .. }) => client.handle_input(Input::Posted { on }, Instant::ZERO),
            _ => {}
        }
    }
    events
}

fn seeds() -> core::ops::Range<u64> {
    let one = std::env::var("SEED").ok().and_then(|it| it.parse::<u64>().ok());
    one.map_or(0..SEEDS, |seed| seed..seed + 1)
}

/// Far below what a server can send in a few steps.
fn limits() -> Limits {
    Limits {
        attachments: 16,
        attachment_bytes: MESSAGE,
        payload_packets: 12,
        namespace: 64,
        id: 64,
        pending_acks: 8,
        namespaces: NAMES.len(),
        receive_buffer_events: 16,
        receive_buffer_bytes: 4_096,
        undelivered: 24,
        write_batch: 4_096,
        raw_bytes: 4_096,
        ..Limits::default()
    }
}

fn options() -> SocketOptions {
    SocketOptions { send_buffer_events: 16, send_buffer_bytes: 4_096, ..SocketOptions::default() }
}

/// From the named limits alone.
fn bound(limits: &Limits, options: &SocketOptions) -> isize {
    // The head of the queue of retries is counted twice while it is in flight.
    let sending = 2 * options.send_buffer_bytes + (options.send_buffer_events + 1) * ITEM;
    let waiting = limits.pending_acks * ITEM;
    let early = limits.receive_buffer_bytes + limits.receive_buffer_events * ITEM;
    let names = limits.namespace + 3 * limits.id;
    let socket = sending + waiting + early + names + limits.payload_packets * ITEM;
    // The packet that waits for the rest of them, and the one that is too long.
    let attachments = limits.attachment_bytes + limits.attachments * ITEM + 2 * MESSAGE;
    let leaving = limits.write_batch + limits.raw_bytes;
    let news = limits.undelivered * ITEM + UNTAKEN * MESSAGE;
    let all = limits.namespaces * socket + attachments + leaving + news + CLIENT;
    all.cast_signed()
}

/// More than an entry of any list takes, while the list doubles its room.
const ITEM: usize = 256;
/// A client with sessions that come and go, and nothing in them.
const CLIENT: usize = 16_384;
