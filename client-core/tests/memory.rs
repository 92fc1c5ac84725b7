//! Whatever a server sends and an application says: the bytes that a client holds stay below what its limits allow (law 7
//! of `docs`: F066, F084, F095, F101, F113), over a thousand seeds, and none is left when it is dropped.
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "memory/count.rs"]
mod count;
mod dice;
#[path = "memory/peer.rs"]
mod peer;

use peer::{MESSAGE, NAMES, Run, UNTAKEN};
use sockeye_core::{Limits, SocketOptions};

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
