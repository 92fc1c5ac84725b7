//! All of a small chat: what everybody says, and a line to say something.

#[path = "../src/use_socket.rs"]
// #region all
mod use_socket;

use std::rc::Rc;

use sockeye_wasm::Message;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use use_socket::{use_events, use_socket};

fn main() {
    yew::Renderer::<Room>::new().render();
}

#[component]
fn Room() -> Html {
    let socket = use_socket("/");
    let said = use_reducer(Said::default);
    let hear = {
        let said = said.dispatcher();
        move |message: Message| {
            if let Ok(text) = message.data() {
                said.dispatch(text);
            }
        }
    };
    use_events(|| socket.on("chat message"), hear.into());

    let line = use_node_ref();
    let onsubmit = {
        let line = line.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(line) = line.cast::<HtmlInputElement>() {
                // What is said while there is no connection waits for it.
                match socket.emit("chat message", &line.value()) {
                    Ok(()) => line.set_value(""),
                    Err(error) => {
                        line.set_custom_validity(&error.to_string());
                        line.report_validity();
                    }
                }
            }
        }
    };
    html! {
        <main>
            <ul>{ for said.0.iter().map(|text| html! { <li>{ text }</li> }) }</ul>
            <form {onsubmit} novalidate=true><label>{ "Message " }<input ref={line} /></label></form>
        </main>
    }
}

/// A dispatcher stays the same from render to render: no message is lost between two of them.
#[derive(Default)]
struct Said(Vec<String>);

impl Reducible for Said {
    type Action = String;

    fn reduce(self: Rc<Self>, text: String) -> Rc<Self> {
        Rc::new(Self(self.0.iter().cloned().chain([text]).collect()))
    }
}
// #endregion
