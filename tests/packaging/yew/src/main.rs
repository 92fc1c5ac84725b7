//! A chat: what was said, and a line to say something.

#[cfg(not(feature = "online"))]
#[path = "alone.rs"]
mod room;
#[cfg(feature = "online")]
#[path = "online.rs"]
mod room;

use std::rc::Rc;

use room::use_room;
use web_sys::HtmlInputElement;
use yew::prelude::*;

fn main() {
    yew::Renderer::<Chat>::new().render();
}

#[component]
fn Chat() -> Html {
    let said = use_reducer(Said::default);
    let hear = {
        let said = said.dispatcher();
        use_callback((), move |text: String, ()| said.dispatch(text))
    };
    let say = use_room(hear);
    let line = use_node_ref();
    let onsubmit = {
        let line = line.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(line) = line.cast::<HtmlInputElement>() {
                say.emit(line.value());
                line.set_value("");
            }
        }
    };
    html! {
        <main>
            <ul>{ for said.0.iter().map(|text| html! { <li>{ text }</li> }) }</ul>
            <form {onsubmit}><input ref={line} autofocus=true /></form>
        </main>
    }
}

#[derive(Default)]
struct Said(Vec<String>);

impl Reducible for Said {
    type Action = String;

    fn reduce(self: Rc<Self>, text: String) -> Rc<Self> {
        Rc::new(Self(self.0.iter().cloned().chain([text]).collect()))
    }
}
