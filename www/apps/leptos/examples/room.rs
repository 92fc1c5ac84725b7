//! All of a small chat: what everybody says, and a line to say something.

#[path = "../src/socket.rs"]
// #region all
mod socket;

use leptos::{ev::SubmitEvent, html::Input, prelude::*};

use socket::{use_events, use_socket};

fn main() {
    mount_to_body(Room);
}

#[component]
fn Room() -> impl IntoView {
    let socket = use_socket("/");
    let said = RwSignal::new(Vec::<String>::new());
    use_events(socket.on("chat message"), move |message| {
        if let Ok(text) = message.data() {
            said.update(|all| all.push(text));
        }
    });
    let connection = RwSignal::new("connecting");
    use_events(socket.lifecycle(), {
        let socket = socket.clone();
        move |_| connection.set(if socket.connected() { "connected" } else { "not connected" })
    });

    let line = NodeRef::<Input>::new();
    let say = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(line) = line.get() {
            // What is said while there is no connection waits for it.
            match socket.emit("chat message", &line.value()) {
                Ok(()) => line.set_value(""),
                Err(error) => {
                    line.set_custom_validity(&error.to_string());
                    line.report_validity();
                }
            }
        }
    };
    view! {
        <main>
            <p role="status">{connection}</p>
            <ul>{move || said.get().into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
            <form on:submit=say novalidate><label>"Message " <input node_ref=line /></label></form>
        </main>
    }
}
// #endregion
