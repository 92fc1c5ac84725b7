//! Said when the server has another build than this page.

use leptos::prelude::*;

use crate::chat::UseChat;

#[component]
pub fn Stale(chat: UseChat) -> impl IntoView {
    let is_stale = chat.memo(|chat| chat.is_stale);
    view! {
        <p id="stale" class="notice" role="alert" hidden=move || !is_stale.get()>
            "The server has a newer build than this page. "
            <button type="button" on:click=|_| sockeye_chat::reload()>
                "Reload"
            </button>
        </p>
    }
}
