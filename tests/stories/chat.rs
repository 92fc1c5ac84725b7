//! The chat application of the tutorials, from joining to leaving.

use serde_json::{Value, json};
use sockeye::{Events, Message, Socket};

use crate::setting::{Setting, ask, joined, left, next, says, unique, until_event, value};

stories!(everywhere: the_whole_application, the_tutorial);

async fn the_whole_application(at: Setting) {
    let (ada, bob) = (at.client().await, at.client().await);
    let (name, other) = (unique("Ada"), unique("Bob"));
    let mut ears = Ears::of(&ada);

    // Nobody speaks before they have said who they are.
    assert_eq!(ask(&ada, "chat-message", &json!({"text": "?"})).await, json!({"error": "Not authenticated"}));
    assert_eq!(ask(&ada, "user-join", &name).await, json!({"status": "ok"}));
    until_event(&mut ears.lists, "a list with Ada", |it| has(&it, &name).then_some(())).await;
    assert_eq!(ask(&bob, "user-join", &other).await, json!({"status": "ok"}));
    until_event(&mut ears.lists, "a list with both", |it| {
        (has(&it, &name) && has(&it, &other)).then_some(())
    })
    .await;
    ears.notice(&format!("{other} joined the chat")).await;

    let mut heard = bob.on("chat-message");
    for text in ["Hello", "How are you?", "🐟"] {
        let answer = ask(&ada, "chat-message", &json!({ "text": text })).await;
        assert_eq!(answer["status"], "ok");
        let message =
            until_event(&mut heard, "Ada's message", |it| (value(&it)["user"] == *name).then(|| value(&it)))
                .await;
        assert_eq!((&message["text"], &message["id"]), (&json!(text), &answer["id"]));
    }

    bob.emit("typing", &()).unwrap();
    says(&mut ears.typing, other.clone()).await;
    bob.emit("stop-typing", &()).unwrap();
    says(&mut ears.stopped, other.clone()).await;

    // One leaves with a word, the other without.
    assert_eq!(ask(&bob, "leave", &()).await, json!({"status": "ok"}));
    ears.notice(&format!("{other} left the chat")).await;
    ask(&bob, "user-join", &other).await;
    ears.notice(&format!("{other} joined the chat")).await;
    bob.disconnect();
    ears.notice(&format!("{other} left the chat")).await;

    // And comes back with a connection that broke: the server has forgotten who it was.
    let mut lifecycle = ada.lifecycle();
    ada.manager().close_engine();
    left(&mut lifecycle).await;
    joined(&mut lifecycle).await;
    assert_eq!(ask(&ada, "chat-message", &json!({"text": "?"})).await, json!({"error": "Not authenticated"}));
}

struct Ears {
    lists: Events<Message>,
    notices: Events<Message>,
    typing: Events<Message>,
    stopped: Events<Message>,
}

impl Ears {
    fn of(socket: &Socket) -> Self {
        Self {
            lists: socket.on("user-list"),
            notices: socket.on("system-message"),
            typing: socket.on("user-typing"),
            stopped: socket.on("user-stopped-typing"),
        }
    }

    async fn notice(&mut self, text: &str) {
        until_event(&mut self.notices, text, |it| (value(&it)["text"] == text).then_some(())).await;
    }
}

fn has(list: &Message, name: &str) -> bool {
    let users: Vec<Value> = list.data().unwrap();
    users.iter().any(|it| it["username"] == name)
}

async fn the_tutorial(at: Setting) {
    let one = at.manager().socket("/tutorial");
    let mut welcome = one.on("welcome");
    crate::setting::join(&one).await;
    let told = value(&next(&mut welcome, "the welcome").await);
    assert_eq!(told["message"], "Welcome to the chat!");

    let two = at.join("/tutorial").await;
    let (mut plain, mut full) = (one.on("new-chat-message"), one.on("chat-message"));
    let text = unique("text");
    two.emit("chat-message", &text).unwrap();
    says(&mut plain, text.clone()).await;
    two.emit("chat-message", &json!({"user": "Bob", "text": text})).unwrap();
    until_event(&mut full, "the whole message", |it| (value(&it)["text"] == *text).then_some(())).await;
    let mut typing = one.on("user-typing");
    two.emit("typing", &text).unwrap();
    says(&mut typing, text.clone()).await;
}
