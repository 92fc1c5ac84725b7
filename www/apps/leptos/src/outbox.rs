//! What the server does not have yet.

use leptos::prelude::*;
use sockeye_chat::{Outgoing, Sending};

use crate::chat::UseChat;

#[component]
pub fn Outbox(chat: UseChat) -> impl IntoView {
    let items = chat.memo(|chat| chat.outbox.clone());
    view! {
        <ul id="outbox" aria-label="Not yet sent">
            {move || items.get().into_iter().map(|item| view! { <Item chat item /> }).collect_view()}
        </ul>
    }
}

#[component]
fn Item(chat: UseChat, item: Outgoing) -> impl IntoView {
    let (class, told) = match &item.sending {
        Sending::Waits => ("waits", "waits for the connection".into()),
        Sending::Sends => ("", "sending".into()),
        Sending::Failed(why) => ("failed", why.clone()),
    };
    let (key, words) = (item.key, item.words());
    let remedies = (class == "failed").then(|| {
        view! {
            " "
            <button type="button" on:click=move |_| chat.act(|session| session.deliver(item.clone()))>
                "Send again"
            </button>
            " "
            <button type="button" on:click=move |_| chat.act(|session| session.drop_outgoing(key))>
                "Drop"
            </button>
        }
    });
    view! { <li class=class><span>{words}</span><small>{told} {remedies}</small></li> }
}
