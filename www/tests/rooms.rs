//! Rooms that anybody may name do not lead to what is for somebody else.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[allow(dead_code, reason = "another test asks for more")]
mod support;

use serde_json::{Value, json};
use support::Session;
use www::{Server, ServerConfig};

/// The answer to an event.
fn ask(session: &mut Session, id: u32, event: &str, data: &Value) -> Value {
    session.send(&format!("42{id}{}", json!([event, data])));
    let answer = session.expect(&format!("43{id}["));
    let answer: Value = serde_json::from_str(&answer[2 + id.to_string().len()..]).unwrap();
    answer[0].clone()
}

fn id(session: &mut Session) -> String {
    let answer = ask(session, 0, "whoami", &Value::Null);
    answer["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_is_for_one_person_or_a_room_is_not_overheard() {
    let server = Server::bind(ServerConfig::default()).await.unwrap();
    let mut ann = Session::connected(server.addr());
    let mut bob = Session::connected(server.addr());
    let mut eve = Session::connected(server.addr());
    let (anns, bobs) = (id(&mut ann), id(&mut bob));
    ask(&mut ann, 1, "user-join", &json!("ann"));
    ask(&mut bob, 1, "user-join", &json!("bob"));
    for session in [&mut ann, &mut bob] {
        ask(session, 2, "room-join", &json!("fish"));
    }

    // As the adapter calls them, and as people do.
    let marked = format!("room:{bobs}");
    for room in [&anns, &bobs, "fish", "#fish", "room:fish", &marked] {
        for event in ["joinRoom", "join-team-room"] {
            let answer = ask(&mut eve, 3, event, &json!(room));
            assert_eq!(answer.get("error"), None, "{event} {room}: {answer}");
        }
    }

    ann.send(&format!("42{}", json!(["direct-message", bobs, "between us"])));
    assert!(bob.expect(r#"42["direct-message""#).contains("between us"));
    for content in [
        json!({ "text": "between us", "to": bobs }),
        json!({ "text": "between fish", "room": "fish" }),
        json!({ "text": "for all" }),
    ] {
        assert_eq!(ask(&mut ann, 4, "chat-message", &content)["status"], "ok");
        assert!(bob.expect(r#"42["chat-message""#).contains(content["text"].as_str().unwrap()));
    }
    // What comes first of all that starts so.
    let first = eve.expect_any(&[r#"42["chat-message""#, r#"42["direct-message""#]);
    assert!(first.contains("for all"), "{first}");
    server.shutdown().await;
}

#[tokio::test]
async fn nobody_becomes_a_person_by_the_name_of_a_room() {
    let server = Server::bind(ServerConfig::default()).await.unwrap();
    let mut eve = Session::connected(server.addr());
    let own = id(&mut eve);
    let answer = ask(&mut eve, 1, "joinRoom", &json!(format!("\u{1}5 {own} king")));
    assert_eq!(answer, json!({ "error": "The name of the room holds control characters" }));
    let answer = ask(&mut eve, 2, "joinRoom", &json!(format!("5 {own} king")));
    assert_eq!(answer, json!({ "rooms": [format!("5 {own} king")] }));
    ask(&mut eve, 3, "user-join", &json!("eve"));
    let mut bob = Session::connected(server.addr());
    bob.send(r#"42["user-join","bob"]"#);
    let list = bob.expect(r#"42["user-list""#);
    let list: Value = serde_json::from_str(&list[2..]).unwrap();
    let names: Vec<_> =
        list[1].as_array().unwrap().iter().map(|it| it["username"].as_str().unwrap()).collect();
    assert_eq!(names, ["eve", "bob"]);
    server.shutdown().await;
}

#[tokio::test]
async fn names_and_their_number_are_bounded() {
    let server = Server::bind(ServerConfig::default()).await.unwrap();
    let mut one = Session::connected(server.addr());
    for (name, why) in [
        (json!("  "), "The name of the room is empty"),
        (json!("é".repeat(41)), "The name of the room has 41 characters; choose one of at most 40"),
        (json!("a\u{1b}b"), "The name of the room holds control characters"),
        (json!({ "room": "x" }), "The name of the room is no text"),
        (Value::Null, "The name of the room is no text"),
    ] {
        for event in ["joinRoom", "join-team-room"] {
            assert_eq!(ask(&mut one, 1, event, &name), json!({ "error": why }), "{event} {name}");
        }
    }
    for number in 0..20 {
        ask(&mut one, 2, "joinRoom", &json!(format!("room {number}")));
    }
    let full = json!({ "error": "You are in 20 rooms: leave one first" });
    assert_eq!(ask(&mut one, 3, "joinRoom", &json!("one more")), full);
    assert_eq!(ask(&mut one, 4, "join-team-room", &json!("one more")), full);
    let rooms = |answer: &Value| answer["rooms"].as_array().unwrap().len();
    assert_eq!(rooms(&ask(&mut one, 5, "joinRoom", &json!("room 7"))), 20);
    assert_eq!(rooms(&ask(&mut one, 6, "leaveRoom", &json!("room 7"))), 19);
    assert_eq!(rooms(&ask(&mut one, 7, "joinRoom", &json!("é".repeat(40)))), 20);
    server.shutdown().await;
}
