//! Who may come in, and what they bring along.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};
use sockeye::{Args, AuthError, ConnectError, EmitError, Lifecycle};
use sockeye_tests::{Which, within};

use crate::setting::{IN_A_PAGE, Setting, Transports, ask, join, left, until_event};

stories!(everywhere: refused_with_data_then_let_in, asked_at_each_connect, a_provider_that_has_none, a_slow_door, a_door_that_stays_shut, the_handshake);

async fn refused_with_data_then_let_in(at: Setting) {
    let socket = at.manager().socket("/secure");
    let refusal = within("the refusal", socket.connect()).await.unwrap_err();
    // The Rust server's library has no room for data in a refusal.
    let data = (at.server != Which::Rust).then(|| json!({"code": "no_token", "retry": false}));
    refused(&refusal, data.as_ref());
    // Refused is final until something is mended (A-53, F092).
    assert!(!socket.active() && !socket.connected());
    assert_eq!(socket.emit("secret", &()), Err(EmitError::NotConnected));

    socket.set_auth(&json!({"token": "wrong"})).unwrap();
    let refusal = within("the second refusal", socket.connect()).await.unwrap_err();
    let data = (at.server != Which::Rust).then(|| json!({"code": "bad_token", "retry": true}));
    refused(&refusal, data.as_ref());

    socket.set_auth(&json!({"token": "mysecrettoken"})).unwrap();
    join(&socket).await;
    assert_eq!(ask(&socket, "secret", &()).await, "the cake is a lie");
    // Another namespace of that connection was never in question.
    let main = socket.manager().socket("/");
    join(&main).await;
}

fn refused(error: &ConnectError, expected: Option<&Value>) {
    let ConnectError::Refused { message, .. } = error else { panic!("{error:?} is no refusal") };
    assert_eq!(message, "Unauthorized");
    assert_eq!(error.data::<Value>().transpose().unwrap().as_ref(), expected);
}

/// A token is fresh at every connect, not only at the first (O-60, F103).
async fn asked_at_each_connect(at: Setting) {
    let socket = at.manager().socket("/handshake");
    let asked = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&asked);
    socket.set_auth_provider(move || {
        let number = count.fetch_add(1, Ordering::Relaxed) + 1;
        async move {
            tokio::task::yield_now().await;
            Ok(Args::auth(&json!({"number": number}))?)
        }
    });
    let mut lifecycle = socket.lifecycle();
    join(&socket).await;
    assert_eq!(ask(&socket, "handshake", &()).await["auth"], json!({"number": 1}));

    // Lost and found again, by itself.
    socket.manager().close_engine();
    left(&mut lifecycle).await;
    until_event(&mut lifecycle, "the connect", |it| matches!(it, Lifecycle::Connect { .. }).then_some(()))
        .await;
    assert_eq!(ask(&socket, "handshake", &()).await["auth"], json!({"number": 2}));

    // Left and joined again.
    socket.disconnect();
    join(&socket).await;
    assert_eq!(ask(&socket, "handshake", &()).await["auth"], json!({"number": 3}));
    assert_eq!(asked.load(Ordering::Relaxed), 3);
}

async fn a_provider_that_has_none(at: Setting) {
    let socket = at.manager().socket("/secure");
    socket.set_auth_provider(|| async { Err(AuthError::Refused) });
    let error = within("the provider's error", socket.connect()).await.unwrap_err();
    assert!(matches!(error, ConnectError::Auth), "{error:?}");

    socket.set_auth_provider(|| async { Ok(Args::auth(&json!({"token": "123"}))?) });
    join(&socket).await;
    assert_eq!(ask(&socket, "secret", &()).await, "the cake is a lie");
    assert!(socket.set_auth("not an object").is_err());
}

async fn a_slow_door(at: Setting) {
    let manager =
        at.builder().config(|it| it.namespace_timeout = Duration::from_millis(500)).build().unwrap();
    let slow = manager.socket("/slow");
    let main = manager.socket("/");
    slow.set_auth(&json!({"delay": 2_000})).unwrap();
    join(&main).await;
    // Slower than its limit (F013); the neighbour is not disturbed.
    let error = within("the namespace's time-out", slow.connect()).await.unwrap_err();
    assert!(matches!(error, ConnectError::Timeout), "{error:?}");
    assert_eq!(ask(&main, "echo", &1).await, 1);

    slow.set_auth(&json!({"delay": 0})).unwrap();
    assert!(!slow.active());
    // The late answer to the first try is still under way, and is not taken for that of a later one. The
    // official server ends the connection of who leaves a namespace that it has not let him into yet.
    within("a try that comes late enough", async {
        while let Err(error) = slow.connect().await {
            assert!(matches!(error, ConnectError::Timeout | ConnectError::Closed), "{error:?}");
        }
    })
    .await;
    assert_eq!(ask(&slow, "ready", &()).await, true);
}

/// Each attempt has an end, also while the answer to an earlier one may still come (F013).
async fn a_door_that_stays_shut(at: Setting) {
    let manager =
        at.builder().config(|it| it.namespace_timeout = Duration::from_millis(100)).build().unwrap();
    let slow = manager.socket("/slow");
    slow.set_auth(&json!({"delay": 60_000})).unwrap();
    for _ in 0..3 {
        let error = within("the end of the attempt", slow.connect()).await.unwrap_err();
        assert!(matches!(error, ConnectError::Timeout), "{error:?}");
    }
}

async fn the_handshake(at: Setting) {
    let manager = at
        .builder_to(&format!("{}/ignored?from=url", at.server.shared()))
        .config(|it| it.query.push(("q".into(), "a b&c".into())))
        .net(|it| it.headers.push(("X-Story".into(), "handshake".into())))
        .build()
        .unwrap();
    let socket = manager.socket("/handshake");
    socket.set_auth(&json!({"user": {"name": "Ada"}})).unwrap();
    join(&socket).await;
    let seen = ask(&socket, "handshake", &()).await;
    assert_eq!(seen["auth"], json!({"user": {"name": "Ada"}}));
    assert_eq!(seen["query"]["from"], "url");
    assert_eq!(seen["query"]["q"], "a b&c");
    assert_eq!(seen["query"]["EIO"], "4");
    // A browser sends no headers of ours with a WebSocket (O-18).
    if !IN_A_PAGE || at.transports != Transports::WebSocketOnly {
        assert_eq!(seen["headers"]["x-story"], "handshake");
    }
}
