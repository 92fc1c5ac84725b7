//! The chat: what is shown, as signals, and the session that changes it.

use leptos::prelude::*;
use sockeye_chat::{Chat, Connection, Session, Watch};
use sockeye_wasm::Socket;

use crate::socket::{use_events, use_socket};

/// What the components show, and with what they act. Cheap to copy.
#[derive(Clone, Copy)]
pub struct UseChat {
    pub shown: RwSignal<Chat>,
    pub connection: RwSignal<Connection>,
    pub session: StoredValue<Session, LocalStorage>,
    pub socket: StoredValue<Socket>,
}

pub fn use_chat() -> UseChat {
    let socket = use_socket("/");
    let shown = RwSignal::new(Chat::default());
    let connection = RwSignal::new(Connection::default());
    let session = Session::new(&socket, move |change| shown.update(|chat| chat.change(change)));

    let watch = {
        let socket = socket.clone();
        move |change: &dyn Watch| {
            if let Some(now) = change.connection(&socket) {
                connection.set(now);
            }
        }
    };
    use_events(socket.on_any(), {
        let session = session.clone();
        move |message| session.hears(&message)
    });
    use_events(socket.lifecycle(), {
        let (session, watch) = (session.clone(), watch.clone());
        move |change| {
            watch(&change);
            session.becomes(&change);
        }
    });
    use_events(socket.manager().events(), move |event| watch(&event));
    UseChat { shown, connection, session: StoredValue::new_local(session), socket: StoredValue::new(socket) }
}

impl UseChat {
    /// A part of what is shown, which changes when it does.
    pub fn memo<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&Chat) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.shown.with(&part))
    }

    /// Does something as the person who is here.
    pub fn act(self, what: impl FnOnce(&Session)) {
        self.session.with_value(what);
    }
}
