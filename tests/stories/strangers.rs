//! What answers is not what was looked for. A browser does not tell a page how a WebSocket was refused.

use sockeye::{ConnectError, IoErrorKind, ManagerEvent, ParseError, Socket, State};
use sockeye_tests::{http::Stranger, within};

use crate::setting::{IN_A_PAGE, Setting, Transports, join, until_event};

stories!(everywhere: refused_at_the_door, the_wrong_path);
stories!(rust: a_page, nobody);

async fn error(socket: &Socket) -> ConnectError {
    within("the attempt to fail", socket.connect()).await.unwrap_err()
}

/// The server's own words reach the application, and it is not asked again and again (F001).
async fn refused_at_the_door(at: Setting) {
    let manager =
        at.builder().config(|it| it.query.push(("refuse".into(), "not today".into()))).build().unwrap();
    let socket = manager.socket("/");
    let (status, code) = match (error(&socket).await, at.transports) {
        (ConnectError::Http { status, code, message, .. }, _) => {
            assert_eq!(message, "not today");
            (status, code)
        }
        (ConnectError::Io(_), Transports::WebSocketOnly) if IN_A_PAGE => return,
        (other, _) => panic!("{other:?} is not what the server said"),
    };
    if at.server.is_node() && at.transports == Transports::WebSocketOnly {
        // The official server answers a WebSocket with 400 and the bare words, whatever the reason is; that is
        // no word of finality, so it is tried again.
        assert_eq!((status, code), (400, None));
        assert!(socket.active());
        return;
    }
    assert_eq!((status, code), (403, Some(4)));
    until_idle(&manager).await;
}

async fn the_wrong_path(at: Setting) {
    let manager = at.builder().config(|it| it.path = "/nowhere".into()).build().unwrap();
    match (error(&manager.socket("/")).await, at.transports) {
        // What express says of it is not for pages of another origin.
        (ConnectError::Io(_), _) if at.server.is_node() && IN_A_PAGE => return,
        // The official server leaves a WebSocket for nobody without an answer, and cuts it after a second.
        (ConnectError::Io(_), Transports::WebSocketOnly) if at.server.is_node() || IN_A_PAGE => return,
        (ConnectError::Http { status: 404, .. }, _) => {}
        (other, _) => panic!("{other:?} is not what the server said"),
    }
    until_idle(&manager).await;
}

async fn until_idle(manager: &sockeye::Manager) {
    sockeye_tests::deadline::until("the end of trying", || manager.state() == State::Idle).await;
}

/// A page where Socket.IO should be (F002): told in words, and tried again, as pages come and go.
async fn a_page(at: Setting) {
    let stranger = Stranger::start("200 OK", "text/html", "<!doctype html><title>Welcome</title>").await;
    let manager = at.builder_to(&stranger.url()).build().unwrap();
    let mut events = manager.events();
    let socket = manager.socket("/");
    match (error(&socket).await, at.transports) {
        (ConnectError::Io(_), Transports::WebSocketOnly) if IN_A_PAGE => {}
        (ConnectError::Http { status: 200, .. }, Transports::WebSocketOnly)
        | (ConnectError::Protocol(ParseError::Handshake), _) => {}
        (other, _) => panic!("{other:?} is not what is wrong"),
    }
    until_event(&mut events, "the next attempt", |it| {
        matches!(it, ManagerEvent::ReconnectAttempt(1)).then_some(())
    })
    .await;
    socket.disconnect();
}

async fn nobody(at: Setting) {
    let nobody = Stranger::start("200 OK", "text/plain", "").await;
    let url = nobody.url();
    drop(nobody);
    let manager = at.builder_to(&url).config(|it| it.reconnection = false).build().unwrap();
    let socket = manager.socket("/");
    match error(&socket).await {
        ConnectError::Io(error) => assert_eq!(error.kind, IoErrorKind::Connect, "{error:?}"),
        other => panic!("{other:?} is not what is wrong"),
    }
    assert_eq!(manager.state(), State::Idle);
    // Another server on another connection is not touched by that.
    join(&at.manager().socket("/")).await;
}
