//! Several namespaces on one connection.

use serde_json::json;
use sockeye::{ConnectError, DisconnectReason, Lifecycle, Manager, ManagerEvent, State};
use sockeye_tests::{Which, within};

use crate::setting::{Setting, ask, join, left, next, says, unique, until_event};

stories!(everywhere: multiplexed, unknown_and_dynamic, one_leaves_the_other_stays, removed_by_an_admin);

async fn multiplexed(at: Setting) {
    let manager = at.manager();
    let mut events = manager.events();
    let (main, chat, admin) = (manager.socket("/"), manager.socket("/chat"), manager.socket("/admin"));
    for socket in [&main, &chat, &admin] {
        join(socket).await;
    }
    // One connection for all three.
    assert_eq!(opened(&manager, &mut events), 1);
    let ids = [&main, &chat, &admin].map(|it| it.id().unwrap());
    // The Rust server gives a socket the connection's id in every namespace.
    assert_eq!(ids[0] != ids[1] && ids[1] != ids[2], at.server != Which::Rust);

    let text = unique("in chat");
    let (mut in_main, mut in_chat) = (main.on("message"), chat.on("message"));
    chat.send(&text).unwrap();
    says(&mut in_chat, text).await;
    crate::setting::quiet(&main, &main, &mut in_main).await;

    let mut announced = main.on("admin-announcement");
    let text = unique("to main");
    assert_eq!(ask(&admin, "announce", &text).await, true);
    says(&mut announced, text).await;
    assert!(ask(&admin, "count", &()).await.as_u64().unwrap() >= 1);
}

/// How often the connection opened so far.
fn opened(manager: &Manager, events: &mut sockeye::Events<ManagerEvent>) -> u32 {
    assert!(matches!(manager.state(), State::Connected { .. }));
    let mut count = 0;
    while let Some(Some(event)) = futures_util::FutureExt::now_or_never(events.next()) {
        count += u32::from(matches!(event, ManagerEvent::Open));
    }
    count
}

async fn unknown_and_dynamic(at: Setting) {
    let manager = at.manager();
    let unknown = manager.socket("/unknown");
    match within("the refusal", unknown.connect()).await {
        Err(ConnectError::Refused { message, .. }) => assert_eq!(message, at.server.nowhere()),
        other => panic!("{other:?} instead of a refusal"),
    }
    let (one, two) = (manager.socket("/dynamic-1"), manager.socket("/dynamic-2"));
    join(&one).await;
    join(&two).await;
    assert_eq!(ask(&one, "where", &()).await, "/dynamic-1");
    assert_eq!(ask(&two, "where", &()).await, "/dynamic-2");
    let text = unique("dynamic");
    let mut heard = two.on("message");
    one.send("in the other room").unwrap();
    two.send(&text).unwrap();
    says(&mut heard, text).await;
}

async fn one_leaves_the_other_stays(at: Setting) {
    let manager = at.manager();
    let (main, chat) = (manager.socket("/"), manager.socket("/chat"));
    join(&main).await;
    join(&chat).await;
    let mut lifecycle = chat.lifecycle();
    chat.disconnect();
    assert_eq!(left(&mut lifecycle).await, DisconnectReason::IoClientDisconnect);
    assert!(!chat.connected() && !chat.active() && chat.id().is_none());
    assert_eq!(ask(&main, "echo", "here").await, "here");

    join(&chat).await;
    let text = unique("again");
    let mut heard = chat.on("message");
    chat.send(&text).unwrap();
    says(&mut heard, text).await;

    // When the last one leaves the connection closes, and opens again when one comes back.
    let mut events = manager.events();
    main.disconnect();
    chat.disconnect();
    let reason = until_event(&mut events, "the end of the connection", |it| match it {
        ManagerEvent::Close { reason, .. } => Some(reason),
        _ => None,
    })
    .await;
    assert_eq!(reason, DisconnectReason::ForcedClose);
    assert_eq!(manager.state(), State::Idle);
    join(&main).await;
}

async fn removed_by_an_admin(at: Setting) {
    let (manager, admin) = (at.manager(), at.join("/admin").await);
    let (main, chat) = (manager.socket("/"), manager.socket("/chat"));
    join(&main).await;
    join(&chat).await;
    let mut lifecycle = main.lifecycle();
    assert_eq!(ask(&admin, "kick", &main.id().unwrap()).await, true);
    match next(&mut lifecycle, "the end").await {
        Lifecycle::Disconnect { reason, .. } => assert_eq!(reason, DisconnectReason::IoServerDisconnect),
        other => panic!("{other:?} instead of a disconnect"),
    }
    // It does not come back by itself (F108); its neighbour never left.
    assert!(!main.active());
    assert!(chat.connected());
    let mut heard = chat.on("message");
    let text = unique("still here");
    chat.send(&text).unwrap();
    says(&mut heard, text).await;
    join(&main).await;
    assert_eq!(ask(&main, "echo", &json!([1])).await, json!([1]));
}
