//! The namespace with a door: refused with a reason, let in when the token is mended.

use leptos::{ev::SubmitEvent, html::Input, prelude::*};
use sockeye_chat::{Admin as Namespace, Door, User};
use wasm_bindgen_futures::spawn_local;

use crate::{chat::UseChat, login::focus, socket::use_events};

#[component]
pub fn Admin(chat: UseChat) -> impl IntoView {
    let admin = StoredValue::new(chat.socket.with_value(Namespace::new));
    let door = RwSignal::new(Door::default());
    use_events(admin.with_value(|admin| admin.socket().lifecycle()), move |change| {
        let admin = admin.get_value();
        spawn_local(async move {
            if let Some(now) = admin.door(&change).await {
                door.set(now);
            }
        });
    });
    let (token, announcement) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let enter = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(input) = token.get_untracked() {
            admin.with_value(|admin| admin.enter(input.value().trim()));
        }
    };
    let announce = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(input) = announcement.get_untracked() else { return };
        if !input.value().trim().is_empty() {
            admin.with_value(|admin| admin.announce(input.value().trim()));
        }
        input.set_value("");
    };
    let kick = Callback::new(move |user: User| {
        let admin = admin.get_value();
        spawn_local(async move { door.set(admin.kick(&user).await) });
    });
    let others = chat.memo(|chat| chat.others().cloned().collect::<Vec<_>>());
    let is_inside = move || door.with(|door| door.is_inside);
    let has_entered = Memo::new(move |_| is_inside());
    Effect::new(move || {
        // The form that goes has the focus of who has just sent it.
        if has_entered.get() {
            focus(announcement);
        }
    });
    view! {
        <details id="admin">
            <summary>"Admin"</summary>
            <form id="admin-form" class="row" autocomplete="off" hidden=is_inside on:submit=enter>
                <input
                    id="admin-token"
                    node_ref=token
                    type="password"
                    placeholder="Token"
                    aria-label="Token"
                    aria-describedby="admin-state"
                />
                <button>"Enter"</button>
            </form>
            <p id="admin-state" class="hint" role="status">
                {move || door.with(|door| door.words.clone())}
            </p>
            <form id="announce-form" class="row" autocomplete="off" hidden=move || !is_inside() on:submit=announce>
                <input id="announcement" node_ref=announcement placeholder="Say to all" aria-label="Announcement" />
                <button>"Announce"</button>
            </form>
            <ul id="kicks" aria-label="Send away" hidden=move || !is_inside()>
                <For
                    each=move || others.get()
                    key=|user| (user.id.clone(), user.username.clone())
                    children=move |user| view! { <Person user kick /> }
                />
            </ul>
        </details>
    }
}

#[component]
fn Person(user: User, kick: Callback<User>) -> impl IntoView {
    let (name, label) = (user.username.clone(), format!("Kick {}", user.username));
    view! {
        <li>
            <span>{name}</span>
            <button type="button" aria-label=label on:click=move |_| kick.run(user.clone())>
                "Kick"
            </button>
        </li>
    }
}
