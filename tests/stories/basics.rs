//! Connecting, and being heard: by oneself, by others, by all.

use serde_json::{Value, json};
use sockeye::{Lifecycle, Recovery, State};
use sockeye_tests::{http::get, within};

use crate::setting::{Setting, Transports, ask, join, next, says, unique, until_event, value};

stories!(everywhere: connects_and_has_an_id, hello, a_name_of_the_transport, echo, to_all_and_to_others, to_one, error_is_an_event, beside_rest);

async fn connects_and_has_an_id(at: Setting) {
    let manager = at.manager();
    let socket = manager.socket("/");
    assert!(!socket.connected() && !socket.active() && socket.id().is_none());
    assert_eq!(manager.state(), State::Idle);

    let mut lifecycle = socket.lifecycle();
    join(&socket).await;
    assert!(socket.connected() && socket.active());
    let id = socket.id().unwrap();
    assert_eq!(ask(&socket, "whoami", &()).await["id"], *id);
    match next(&mut lifecycle, "the connect").await {
        Lifecycle::Connect { id: told, recovery } => {
            assert_eq!(told, id);
            assert_eq!(recovery, Recovery::New);
        }
        other => panic!("{other:?} before the connect"),
    }
    // Joined already: it says so at once, and nothing is sent (Q-03).
    join(&socket).await;
    assert_eq!(socket.id().unwrap(), id);
}

async fn hello(at: Setting) {
    let socket = at.client().await;
    let mut replies = socket.on("helloResponse");
    socket.emit("hello", "Hi").unwrap();
    let reply = next(&mut replies, "the reply").await;
    assert_eq!(reply.event(), "helloResponse");
    // Not a `&str`: python-socketio escapes whatever is not ASCII.
    assert_eq!(reply.data::<String>().unwrap(), "Hello from server 👋");
    assert!(!reply.wants_ack());
}

async fn a_name_of_the_transport(at: Setting) {
    let socket = at.settled().await;
    let expected = if at.transports == Transports::PollingOnly { "polling" } else { "websocket" };
    assert_eq!(ask(&socket, "whoami", &()).await["transport"], expected);
}

/// What JSON can say arrives as it was said, in one piece and in order.
async fn echo(at: Setting) {
    let socket = at.client().await;
    let mut echoes = socket.on("echo");
    let values =
        json!([null, true, -1, 0.5, "", "\u{1e}", "\"\\\n\u{2028}", "🦀", [], [[]], {}, {"": {"a": [1]}}]);
    for value in values.as_array().unwrap() {
        socket.emit("echo", value).unwrap();
    }
    for sent in values.as_array().unwrap() {
        assert_eq!(&value(&next(&mut echoes, "the echo").await), sent);
    }
    // A tuple is several arguments, `()` is none.
    socket.emit("echo", &(1, "two", [3])).unwrap();
    let several: (u8, String, [u8; 1]) = next(&mut echoes, "several arguments").await.data().unwrap();
    assert_eq!(several, (1, String::from("two"), [3]));
    socket.emit("echo", &()).unwrap();
    assert_eq!(next(&mut echoes, "no argument").await.args().text(), r#"["echo"]"#);
}

async fn to_all_and_to_others(at: Setting) {
    let (one, two, three) = (at.client().await, at.client().await, at.client().await);
    let mut heard = [&one, &two, &three].map(|it| it.on("chatMessage"));

    let text = unique("to all");
    one.emit("broadcast-all", &text).unwrap();
    for ears in &mut heard {
        says(ears, text.clone()).await;
    }

    let (text, after) = (unique("to others"), unique("after"));
    one.emit("broadcast-others", &text).unwrap();
    one.emit("broadcast-all", &after).unwrap();
    let [mine, others @ ..] = &mut heard;
    for ears in others {
        says(ears, json!({"user": one.id().unwrap(), "text": text})).await;
    }
    // Mine would have come before what was sent after it.
    until_event(mine, "what was sent after", |it| {
        assert_ne!(value(&it)["text"], *text);
        (value(&it) == after.as_str()).then_some(())
    })
    .await;
}

async fn to_one(at: Setting) {
    let (one, two, three) = (at.client().await, at.client().await, at.client().await);
    let mut private = one.on("private");
    one.emit("private", &()).unwrap();
    assert_eq!(value(&next(&mut private, "the private word").await), "Only you get this");

    let mut heard = two.on("direct-message");
    let mut overheard = three.on("direct-message");
    one.emit("direct-message", &(two.id().unwrap(), json!({"secret": 7}))).unwrap();
    let (data, sender): (Value, String) = next(&mut heard, "the direct message").await.data().unwrap();
    assert_eq!((data, sender), (json!({"secret": 7}), one.id().unwrap()));
    one.emit("direct-message", &(three.id().unwrap(), "yours")).unwrap();
    assert_eq!(value(&next(&mut overheard, "the first that is for this one").await), "yours");
}

/// Since version 3 `error` is a name like any other (P-82).
async fn error_is_an_event(at: Setting) {
    let socket = at.client().await;
    let mut errors = socket.on("error");
    socket.emit("server-error", "no coffee").unwrap();
    assert_eq!(value(&next(&mut errors, "the error").await), json!({"message": "no coffee"}));
    socket.emit("forbidden", &()).unwrap();
    assert_eq!(value(&next(&mut errors, "the middleware's error").await), json!({"message": "Forbidden"}));
    assert!(socket.connected());
}

/// The page's own requests and the socket's share a server.
async fn beside_rest(at: Setting) {
    let socket = at.client().await;
    let mut heard = socket.on("announcement");
    let body = within("the answer of REST", get(&at.server.shared(), "/api/health")).await;
    assert_eq!(serde_json::from_str::<Value>(&body).unwrap(), json!({"status": "ok"}));
    let text = unique("still here");
    socket.emit("announcement", &text).unwrap();
    says(&mut heard, text).await;
}
