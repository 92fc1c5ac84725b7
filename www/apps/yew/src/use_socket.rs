//! The hooks: copy this file.

use std::rc::Rc;

use futures_util::future::abortable;
use sockeye_wasm::{Events, Socket, io};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// A socket that connects with the component, and leaves with it.
///
/// Put the listeners in place in the same component: they hear from the first event on.
#[hook]
pub fn use_socket(url: &'static str) -> Rc<Socket> {
    let socket = use_memo(url, |url| io(url).expect("this page came from a server"));
    use_effect_with(url, {
        let socket = Rc::clone(&socket);
        move |_| {
            drop(socket.connect());
            move || socket.disconnect()
        }
    });
    socket
}

/// Calls back for each event of a stream: `|| socket.on("news")`, `|| socket.lifecycle()`, `|| socket.manager().events()`.
/// The stream is opened with the first render, and ends with the component.
#[hook]
pub fn use_events<T: 'static>(open: impl FnOnce() -> Events<T>, each: Callback<T>)
where
    Events<T>: futures_util::Stream<Item = T>,
{
    // The callback of the newest render, without listening anew.
    let latest = use_mut_ref(|| each.clone());
    latest.replace(each);
    // Before any effect runs, the one that connects among them.
    let events = use_state(|| std::cell::RefCell::new(Some(open())));
    use_effect_with((), move |()| {
        let events = events.take();
        let (listening, end) = abortable(async move {
            let Some(mut events) = events else { return };
            while let Some(event) = futures_util::StreamExt::next(&mut events).await {
                let each = latest.borrow().clone();
                each.emit(event);
            }
        });
        spawn_local(async move {
            // Ended or aborted: there is nothing left to do.
            let _ = listening.await;
        });
        move || end.abort()
    });
}
