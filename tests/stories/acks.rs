//! Answers, in both directions.

use std::time::Duration;

use futures_util::FutureExt;
use serde_json::{Value, json};
use sockeye::{AckError, AnswerData, AnswerError};
use sockeye_tests::{deadline::until, within};

use crate::setting::{Setting, ask, next, quiet, value};

stories!(everywhere: the_server_answers, in_any_order, no_answer_in_time, a_dropped_answer, twice, the_client_answers, the_client_is_silent, everyone_is_asked);

async fn the_server_answers(at: Setting) {
    let socket = at.client().await;
    assert_eq!(ask(&socket, "client-message", "hi").await, json!({"received": "hi"}));
    let saved = ask(&socket, "save-message", &json!({"text": "Hello"})).await;
    assert_eq!(saved["status"], "ok");
    let refused = json!({"status": "error", "error": "Text is required"});
    assert_eq!(ask(&socket, "save-message", &json!({"text": ""})).await, refused);

    // Several arguments, none, and a type that does not fit.
    let both: (u8, String) =
        within("both", socket.emit_with_ack("echo", &(1, "a")).unwrap().data()).await.unwrap();
    assert_eq!(both, (1, String::from("a")));
    let none = within("an empty answer", socket.emit_with_ack("echo", &()).unwrap()).await.unwrap();
    assert_eq!(none.text(), "[]");
    let wrong = within("the answer", socket.emit_with_ack("echo", "text").unwrap().data::<u8>()).await;
    assert!(matches!(wrong, Err(AnswerData::Data(_))), "{wrong:?}");
}

async fn in_any_order(at: Setting) {
    let socket = at.client().await;
    let late = socket.emit_with_ack("late-ack", &(300, "late")).unwrap();
    let soon = socket.emit_with_ack("late-ack", &(0, "soon")).unwrap();
    assert_eq!(within("the one that is soon", soon.data::<String>()).await.unwrap(), "soon");
    assert_eq!(within("the one that is late", late.data::<String>()).await.unwrap(), "late");
}

async fn no_answer_in_time(at: Setting) {
    // While the transport changes nothing leaves, and what has not left in time is never answered.
    let socket = at.settled().await;
    let limit = Duration::from_millis(300);
    let never = socket.timeout(limit).emit_with_ack("never-ack", &()).unwrap();
    assert_eq!(within("the time-out", never).await, Err(AckError::TimedOut));

    let late = socket.timeout(limit).emit_with_ack("late-ack", &(800, "late")).unwrap();
    assert_eq!(within("the time-out", late).await, Err(AckError::TimedOut));
    // The late answer is counted, and harms nobody.
    until("the late answer to be counted", || socket.counters().late_acks == 1).await;
    assert_eq!(socket.counters().timed_out, 2);
    assert_eq!(ask(&socket, "echo", "fine").await, "fine");
}

/// Who does not wait is not told; the event itself was sent.
async fn a_dropped_answer(at: Setting) {
    let socket = at.client().await;
    let mut echoes = socket.on("echo");
    drop(socket.emit_with_ack("echo", "heard").unwrap());
    assert_eq!(value(&next(&mut echoes, "the echo").await), "heard");
    until("the answer that nobody wants", || socket.counters().late_acks == 1).await;
    // Cancelled in the midst of waiting.
    let waiting = socket.emit_with_ack("never-ack", &()).unwrap();
    assert!(waiting.now_or_never().is_none(), "there is an answer from one that never answers");
    assert_eq!(ask(&socket, "echo", "on").await, "on");
}

/// The first answer counts. The Rust server keeps the second one to itself.
async fn twice(at: Setting) {
    let socket = at.client().await;
    assert_eq!(ask(&socket, "double-ack", &()).await, "first");
    ask(&socket, "whoami", &()).await;
    assert_eq!(socket.counters().late_acks, u64::from(at.server.is_node()));
}

async fn the_client_answers(at: Setting) {
    let socket = at.client().await;
    let mut questions = socket.on("question");
    let mut answered = socket.on("question-answered");
    socket.emit("ask-me", &(10_000, 40, 2)).unwrap();
    let question = next(&mut questions, "the question").await;
    assert!(question.wants_ack());
    let (one, two): (u8, u8) = question.data().unwrap();
    question.ack(&(one + two, "sum")).unwrap();
    // The clone shares the right to answer, and it is used up (F100).
    assert_eq!(question.clone().ack("again"), Err(AnswerError::Answered));
    let heard = value(&next(&mut answered, "what the server heard").await);
    assert_eq!(heard, json!({"timedOut": false, "args": [42, "sum"]}));

    // An event without a question cannot be answered.
    let mut echoes = socket.on("echo");
    socket.emit("echo", &()).unwrap();
    assert_eq!(next(&mut echoes, "the echo").await.ack(&()), Err(AnswerError::NotAsked));
}

async fn the_client_is_silent(at: Setting) {
    let socket = at.client().await;
    let mut questions = socket.on("question");
    let mut answered = socket.on("question-answered");
    socket.emit("ask-me", &(40, "?")).unwrap();
    let question = next(&mut questions, "the question").await;
    let heard = value(&next(&mut answered, "the server's patience to end").await);
    assert_eq!(heard, json!({"timedOut": true, "args": []}));
    // Too late for the server, but nothing that breaks.
    question.ack("late").unwrap();
    quiet(&socket, &socket, &mut answered).await;
}

async fn everyone_is_asked(at: Setting) {
    let (one, two) = (at.client().await, at.client().await);
    let answering = [&one, &two].map(|socket| {
        let id = socket.id().unwrap();
        socket.on_each("question", move |question| drop(question.ack(&id)))
    });
    let mut answered = one.on("everyone-answered");
    one.emit("ask-everyone", &(500, "who?")).unwrap();
    // Other stories' clients are asked as well, and do not answer.
    let heard = value(&next(&mut answered, "everyone's answers").await);
    let answers: Vec<Value> = heard["answers"].as_array().unwrap().iter().map(|it| it[0].clone()).collect();
    assert!([&one, &two].iter().all(|it| answers.contains(&json!(it.id().unwrap()))), "{answers:?}");
    drop(answering);
}
