//! What the server does not have yet.

use std::rc::Rc;

use sockeye_chat::{Outgoing, Sending, Session};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct OutboxProps {
    pub items: Vec<Outgoing>,
    pub session: Rc<Session>,
}

#[component]
pub fn Outbox(OutboxProps { items, session }: &OutboxProps) -> Html {
    html! {
        <ul id="outbox" aria-label="Not yet sent">
            { for items.iter().map(|item| show(item, session)) }
        </ul>
    }
}

fn show(item: &Outgoing, session: &Rc<Session>) -> Html {
    let (class, told) = match &item.sending {
        Sending::Waits => ("waits", "waits for the connection"),
        Sending::Sends => ("", "sending"),
        Sending::Failed(why) => ("failed", why.as_str()),
    };
    let again = {
        let (item, session) = (item.clone(), session.clone());
        move |_| session.deliver(item.clone())
    };
    let drop = {
        let (key, session) = (item.key, session.clone());
        move |_| session.drop_outgoing(key)
    };
    html! {
        <li key={item.key} {class}>
            <span>{ item.words() }</span>
            <small>
                { told }
                if class == "failed" {
                    { " " }<button type="button" onclick={again}>{ "Send again" }</button>
                    { " " }<button type="button" onclick={drop}>{ "Drop" }</button>
                }
            </small>
        </li>
    }
}
