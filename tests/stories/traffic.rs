//! Much, and large.

use futures_util::future::join as together;
use sockeye::{EmitError, Manager, ManagerEvent, Transport};
use sockeye_tests::{Options, Server, Which};
use tokio::sync::Semaphore;

use crate::setting::{Setting, Transports, ask, join, next, until_event, value};

stories!(everywhere: ten_thousand_in_order, ten_thousand_out_and_back, large_events, a_slow_listener);
stories!(tells_max_payload: split_by_max_payload, larger_than_max_payload);

/// From the first moment, so that with an upgrade they come over both transports (ORD-1).
async fn ten_thousand_in_order(at: Setting) {
    let manager = at.manager();
    let mut events = manager.events();
    let socket = manager.socket("/");
    let mut ticks = socket.on("tick");
    // The Rust server never answers the probe of an upgrade that meets its full queue, of 4,096 packets.
    let burst = if at.server == Which::Rust { 2_500 } else { 10_000 };
    socket.emit("burst", &burst).unwrap();
    join(&socket).await;
    for bursts in 1..=10_000 / burst {
        for number in 1..=burst {
            assert_eq!(next(&mut ticks, "the tick").await.data::<u32>().unwrap(), number);
        }
        if bursts < 10_000 / burst {
            socket.emit("burst", &burst).unwrap();
        }
    }
    at.moved(&mut events).await;
    assert_eq!(ticks.missed(), 0);
}

/// The same in both directions at once; while it moves, nothing is lost, doubled or out of order (F054).
async fn ten_thousand_out_and_back(at: Setting) {
    let manager = at.manager();
    let mut events = manager.events();
    let socket = manager.socket("/");
    let mut echoes = socket.on("echo");
    join(&socket).await;
    // The Rust server drops what does not fit into its queue of 4,096 packets.
    let pace = Semaphore::new(if at.server == Which::Rust { 1_000 } else { 10_000 });
    let sending = async {
        for number in 0..10_000_u32 {
            pace.acquire().await.unwrap().forget();
            while socket.emit("echo", &number).is_err() {
                socket.writable().await;
            }
            if number % 100 == 0 {
                tokio::task::yield_now().await;
            }
        }
    };
    let hearing = async {
        for number in 0..10_000 {
            assert_eq!(next(&mut echoes, "the echo").await.data::<u32>().unwrap(), number);
            pace.add_permits(1);
        }
    };
    together(sending, hearing).await;
    at.moved(&mut events).await;
}

async fn large_events(at: Setting) {
    let socket = at.client().await;
    let mut big = socket.on("big");
    socket.emit("flood", &(20, 200_000)).unwrap();
    for number in 1..=20 {
        let message = next(&mut big, "a large event").await;
        let (index, text): (u32, &str) = message.data().unwrap();
        assert_eq!((index, text.len()), (number, 200_000));
    }
    let long = "y".repeat(400_000);
    assert_eq!(ask(&socket, "echo", &long).await, long);
}

/// Ears that are never asked do not keep others from hearing (F117).
async fn a_slow_listener(at: Setting) {
    let socket = at.client().await;
    let (mut asleep, mut awake) = (socket.on("tick"), socket.on("tick"));
    // More than waits for one listener.
    socket.emit("burst", &12_000).unwrap();
    for number in 1..=12_000 {
        assert_eq!(next(&mut awake, "the tick").await.data::<u32>().unwrap(), number);
    }
    assert_eq!(awake.missed(), 0);
    // Once it was waited for in vain, it misses what does not fit.
    socket.emit("burst", &12_000).unwrap();
    for number in 1..=12_000 {
        assert_eq!(next(&mut awake, "the tick").await.data::<u32>().unwrap(), number);
    }
    assert_eq!(awake.missed(), 0);
    let missed = asleep.missed();
    // It missed the oldest and gets the rest, in order.
    assert!(missed > 0, "it missed nothing of 24,000");
    for number in missed..24_000 {
        assert_eq!(next(&mut asleep, "the tick").await.data::<u64>().unwrap(), number % 12_000 + 1);
    }
    assert_eq!(ask(&socket, "echo", "awake").await, "awake");
}

/// More than one body may hold: as many bodies as it takes (P-16).
async fn split_by_max_payload(at: Setting) {
    let (_server, manager) = small(at).await;
    let socket = manager.socket("/");
    let mut echoes = socket.on("echo");
    let text = "x".repeat(1_000);
    for number in 0..200 {
        socket.emit("echo", &(number, &text)).unwrap();
    }
    join(&socket).await;
    for number in 0..200 {
        let (index, _): (u32, String) = next(&mut echoes, "the echo").await.data().unwrap();
        assert_eq!(index, number);
    }
}

/// What alone is larger is refused before it costs the connection (F030).
async fn larger_than_max_payload(at: Setting) {
    let (_server, manager) = small(at).await;
    let mut events = manager.events();
    let socket = manager.socket("/");
    join(&socket).await;
    assert_eq!(socket.emit("echo", &"x".repeat(10_001)), Err(EmitError::TooLarge));
    assert_eq!(ask(&socket, "echo", "fits").await, "fits");
    if at.transports == Transports::Upgrade {
        until_event(&mut events, "the upgrade", |it| {
            matches!(it, ManagerEvent::Upgrade(Transport::WebSocket)).then_some(())
        })
        .await;
        assert_eq!(socket.emit("echo", &"x".repeat(10_001)), Err(EmitError::TooLarge));
    }
    // As large as it may be: the packet around it counts.
    let fits = "x".repeat(9_900);
    let mut echoes = socket.on("echo");
    socket.emit("echo", &fits).unwrap();
    assert_eq!(value(&next(&mut echoes, "the largest").await), *fits);
}

/// A server of its own that takes 10,000 bytes at once.
async fn small(at: Setting) -> (Server, Manager) {
    let server = Server::start(at.server, Options { max_payload: Some(10_000), ..Options::default() }).await;
    let manager = at.builder_to(&server.url()).build().unwrap();
    (server, manager)
}
