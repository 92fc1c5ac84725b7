//! The state of the connection.

use leptos::prelude::*;

use crate::chat::UseChat;

#[component]
pub fn Header(chat: UseChat) -> impl IntoView {
    let remedy = Memo::new(move |_| chat.connection.with(|it| it.remedy()));
    view! {
        <header>
            <h1>"Sockeye " <span>"chat in Leptos"</span></h1>
            <p id="connection" role="status" data-is=move || chat.connection.with(|it| it.is())>
                {move || chat.connection.with(|it| it.words())}
            </p>
            <Show when=move || !remedy.get().is_empty()>
                <button id="retry" type="button" on:click=move |_| chat.act(|session| session.retry())>
                    {remedy}
                </button>
            </Show>
        </header>
    }
}
