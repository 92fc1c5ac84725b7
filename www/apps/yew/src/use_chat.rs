//! The chat: what is shown, and the session that changes it.

use std::rc::Rc;

use sockeye_chat::{Change, Chat, Connection, Session, Watch};
use sockeye_wasm::Socket;
use yew::prelude::*;

use crate::use_socket::{use_events, use_socket};

/// What the components show, and with what they act.
#[derive(Clone, PartialEq)]
pub struct UseChat {
    pub shown: UseReducerHandle<Shown>,
    pub session: Rc<Session>,
    pub connection: Connection,
    pub socket: SharedSocket,
}

/// The chat, as Yew changes it.
#[derive(Clone, Default, PartialEq)]
pub struct Shown(pub Chat);

/// The same socket is the same property.
#[derive(Clone)]
pub struct SharedSocket(pub Rc<Socket>);

#[hook]
pub fn use_chat() -> UseChat {
    let socket = use_socket("/");
    let shown = use_reducer(Shown::default);
    let session = use_memo((), |()| {
        let dispatcher = shown.dispatcher();
        Session::new(&socket, move |change| dispatcher.dispatch(change))
    });
    let connection = use_state(Connection::default);

    let watch = {
        let (socket, connection) = (Rc::clone(&socket), connection.setter());
        move |change: &dyn Watch| {
            if let Some(now) = change.connection(&socket) {
                connection.set(now);
            }
        }
    };
    use_events(|| socket.on_any(), {
        let session = Rc::clone(&session);
        Callback::from(move |message| session.hears(&message))
    });
    use_events(|| socket.lifecycle(), {
        let (session, watch) = (Rc::clone(&session), watch.clone());
        Callback::from(move |change| {
            watch(&change);
            session.becomes(&change);
        })
    });
    use_events(|| socket.manager().events(), Callback::from(move |event| watch(&event)));
    UseChat { shown, session, connection: (*connection).clone(), socket: SharedSocket(socket) }
}

impl Reducible for Shown {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut shown = Rc::unwrap_or_clone(self);
        shown.0.change(change);
        Rc::new(shown)
    }
}

impl PartialEq for SharedSocket {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
