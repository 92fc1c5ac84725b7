//! Signals of a socket: copy this file.

use futures_util::{Stream, StreamExt, future::abortable};
use leptos::prelude::*;
use sockeye_wasm::{Socket, io};
use wasm_bindgen_futures::spawn_local;

/// A socket that connects with the component, and leaves with it.
///
/// Put the listeners in place in the same component: they hear from the first event on.
pub fn use_socket(url: &str) -> Socket {
    let socket = io(url).expect("this page came from a server");
    // An effect runs when the component stands, after all of its listeners.
    Effect::new({
        let socket = socket.clone();
        move || drop(socket.connect())
    });
    on_cleanup({
        let socket = socket.clone();
        move || socket.disconnect()
    });
    socket
}

/// Calls back for each event of a stream: `socket.on("news")`, `socket.lifecycle()`, `socket.manager().events()`. It ends
/// with the component.
pub fn use_events<T: 'static>(
    mut events: impl Stream<Item = T> + Unpin + 'static,
    mut each: impl FnMut(T) + 'static,
) {
    let (listening, end) = abortable(async move {
        while let Some(event) = events.next().await {
            each(event);
        }
    });
    spawn_local(async move {
        // Ended or aborted: there is nothing left to do.
        let _ = listening.await;
    });
    on_cleanup(move || end.abort());
}
