//! The room of the server that the page came from.

use sockeye_wasm::io;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Calls back with what is said, and gives what to say something with. The connection lives as long as the component.
#[hook]
pub fn use_room(hear: Callback<String>) -> Callback<String> {
    let socket = use_memo((), |()| io("/").expect("this page came from a server"));
    let listening = socket.clone();
    use_effect_with((), move |()| {
        let mut messages = listening.on("chat message");
        spawn_local(async move {
            while let Some(message) = messages.next().await {
                if let Ok(text) = message.data() {
                    hear.emit(text);
                }
            }
        });
        drop(listening.connect());
    });
    Callback::from(move |text: String| drop(socket.emit("chat message", &text)))
}
