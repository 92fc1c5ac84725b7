//! Rooms: the server's lists of who hears what.

use serde_json::json;

use crate::setting::{Setting, ask, next, quiet, says, unique, value};

stories!(everywhere: join_and_leave, a_room_without_its_speaker, several_rooms_once, teams);

async fn join_and_leave(at: Setting) {
    let (one, two) = (at.client().await, at.client().await);
    let room = unique("room");
    let mut heard = two.on("roomMessage");
    assert_eq!(ask(&two, "joinRoom", &room).await, json!({"rooms": [room]}));
    says(&mut heard, format!("{} joined {room}", two.id().unwrap())).await;

    one.emit("roomMessage", &(&room, "first")).unwrap();
    assert_eq!(value(&next(&mut heard, "the first word").await), "first");
    let mut other = two.on("room message");
    one.emit("room message", &(&room, "spelled otherwise")).unwrap();
    assert_eq!(value(&next(&mut other, "the other name").await), "spelled otherwise");
    let mut chat = two.on("chatMessage");
    one.emit("chatMessage", &json!({"room": room, "message": "as an object"})).unwrap();
    says(&mut chat, json!({"user": one.id().unwrap(), "text": "as an object"})).await;

    assert_eq!(ask(&two, "leaveRoom", &room).await, json!({"rooms": []}));
    one.emit("roomMessage", &(&room, "nobody there")).unwrap();
    quiet(&one, &two, &mut heard).await;
}

async fn a_room_without_its_speaker(at: Setting) {
    let (one, two) = (at.client().await, at.client().await);
    let room = unique("room");
    ask(&one, "joinRoom", &room).await;
    ask(&two, "joinRoom", &room).await;
    let (mut mine, mut theirs) = (one.on("room-event"), two.on("room-event"));
    one.emit("room-event", &(&room, [1, 2])).unwrap();
    assert_eq!(value(&next(&mut theirs, "the room's event").await), json!([1, 2]));
    quiet(&two, &one, &mut mine).await;
}

async fn several_rooms_once(at: Setting) {
    let (one, two, three) = (at.client().await, at.client().await, at.client().await);
    let (red, blue) = (unique("red"), unique("blue"));
    ask(&one, "joinRoom", &red).await;
    ask(&two, "joinRoom", &blue).await;
    ask(&three, "joinRoom", &red).await;
    let mut rooms = vec![red.clone(), blue.clone()];
    rooms.sort();
    assert_eq!(ask(&three, "joinRoom", &blue).await, json!({ "rooms": rooms }));
    let mut heard = [&one, &two, &three].map(|it| it.on("multi-room"));
    one.emit("multi-room", &([&red, &blue], "once")).unwrap();
    one.emit("multi-room", &([&red, &blue], "twice")).unwrap();
    for ears in &mut heard {
        assert_eq!(value(&next(ears, "the first").await), "once");
        assert_eq!(value(&next(ears, "the second").await), "twice");
    }
}

async fn teams(at: Setting) {
    let (one, two) = (at.client().await, at.client().await);
    let team = unique("team");
    let mut welcome = one.on("welcome-message");
    assert_eq!(ask(&one, "join-team-room", &team).await, json!({"joined": team}));
    assert_eq!(value(&next(&mut welcome, "the welcome").await), format!("Welcome to the {team} fan club!"));
    let mut scores = one.on("score-update");
    assert_eq!(ask(&two, "send-score-update", &(&team, json!({"us": 3}))).await, json!({"sent": true}));
    assert_eq!(value(&next(&mut scores, "the score").await), json!({"us": 3}));
}
