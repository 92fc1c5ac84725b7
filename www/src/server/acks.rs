//! Acknowledgements: those the client asks for, and those the server asks for.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::StreamExt;
use rmpv::Value;
use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::adapter::Adapter;
use socketioxide::extract::{AckSender, Data, SocketRef, State, TryData};
use socketioxide::{AckError, SocketIo};

use super::args::Args;
use super::{limits, patience};

/// How many messages were saved: the last id given.
#[derive(Debug, Clone, Default)]
pub(super) struct Saved(Arc<AtomicU64>);

#[derive(Deserialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    timed_out: bool,
    args: Vec<Value>,
}

pub(super) fn install<A: Adapter>(socket: &SocketRef<A>) {
    socket.on(
        "save-message",
        async |TryData(message): TryData<Message>, State(saved): State<Saved>, ack: AckSender<A>| {
            let answer = match message {
                Ok(message) if !message.text.is_empty() => {
                    json!({ "status": "ok", "id": saved.0.fetch_add(1, Ordering::Relaxed) + 1 })
                }
                _ => json!({ "status": "error", "error": "Text is required" }),
            };
            ack.send(&answer).ok();
        },
    );
    socket.on("late-ack", async |socket: SocketRef<A>, Data(args): Data<Args>, ack: AckSender<A>| {
        let (wait, args) = args.split_first();
        if patience::wait(&socket, limits::wait(&wait)).await {
            ack.send(&args).ok();
        }
    });
    socket.on("never-ack", async || {});
    // The library gives one answer per question; a second cannot be sent.
    socket.on("double-ack", async |ack: AckSender<A>| {
        ack.send("first").ok();
    });
    socket.on("ask-me", ask_me);
    socket.on("ask-everyone", ask_everyone);
}

async fn ask_me<A: Adapter>(socket: SocketRef<A>, Data(args): Data<Args>) {
    let (wait, question) = args.split_first();
    let Ok(asked) = socket.timeout(limits::wait(&wait)).emit_with_ack::<_, Args>("question", &question)
    else {
        return;
    };
    let answer = match asked.await {
        Ok(Args(args)) => Answer { timed_out: false, args },
        Err(AckError::Timeout) => Answer { timed_out: true, args: Vec::new() },
        Err(_) => return,
    };
    socket.emit("question-answered", &answer).ok();
}

async fn ask_everyone<A: Adapter>(io: SocketIo<A>, socket: SocketRef<A>, Data(args): Data<Args>) {
    let (wait, question) = args.split_first();
    let Ok(asked) = io.timeout(limits::wait(&wait)).emit_with_ack::<_, Args>("question", &question).await
    else {
        return;
    };
    let all: Vec<_> = asked.map(|(_, answer)| answer).collect().await;
    let answers: Vec<_> = all.iter().filter_map(|answer| answer.as_ref().ok()).map(|args| &args.0).collect();
    let missing = all.len() - answers.len();
    socket.emit("everyone-answered", &json!({ "answers": answers, "missing": missing })).ok();
}
