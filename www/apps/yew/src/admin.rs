//! The namespace with a door: refused with a reason, let in when the token is mended.

use sockeye_chat::{Admin as Namespace, Door, User};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{login::focus, use_chat::SharedSocket, use_socket::use_events};

#[derive(PartialEq, Properties)]
pub struct AdminProps {
    pub socket: SharedSocket,
    /// Who can be sent away.
    pub others: Vec<User>,
}

#[component]
pub fn Admin(AdminProps { socket, others }: &AdminProps) -> Html {
    let admin = use_memo(socket.clone(), |socket| Namespace::new(&socket.0));
    let door = use_state(Door::default);
    use_events(|| admin.socket().lifecycle(), {
        let (admin, door) = (admin.clone(), door.setter());
        Callback::from(move |change| {
            let (admin, door) = (admin.clone(), door.clone());
            spawn_local(async move {
                if let Some(now) = admin.door(&change).await {
                    door.set(now);
                }
            });
        })
    });
    let (token, announcement) = (use_node_ref(), use_node_ref());
    use_effect_with(door.is_inside, {
        let announcement = announcement.clone();
        // The form that goes has the focus of who has just sent it.
        move |is_inside| {
            if *is_inside {
                focus(&announcement);
            }
        }
    });
    let enter = {
        let (admin, token) = (admin.clone(), token.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(input) = token.cast::<HtmlInputElement>() {
                admin.enter(input.value().trim());
            }
        }
    };
    let announce = {
        let (admin, announcement) = (admin.clone(), announcement.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = announcement.cast::<HtmlInputElement>() else { return };
            if !input.value().trim().is_empty() {
                admin.announce(input.value().trim());
            }
            input.set_value("");
        }
    };
    let on_kick = {
        let (admin, door) = (admin.clone(), door.setter());
        Callback::from(move |user: User| {
            let (admin, door) = (admin.clone(), door.clone());
            spawn_local(async move { door.set(admin.kick(&user).await) });
        })
    };
    html! {
        <details id="admin">
            <summary>{ "Admin" }</summary>
            <form id="admin-form" class="row" autocomplete="off" hidden={door.is_inside} onsubmit={enter}>
                <input id="admin-token" ref={token} type="password" placeholder="Token" aria-label="Token" aria-describedby="admin-state" />
                <button>{ "Enter" }</button>
            </form>
            <p id="admin-state" class="hint" role="status">{ &door.words }</p>
            <form id="announce-form" class="row" autocomplete="off" hidden={!door.is_inside} onsubmit={announce}>
                <input id="announcement" ref={announcement} placeholder="Say to all" aria-label="Announcement" />
                <button>{ "Announce" }</button>
            </form>
            <ul id="kicks" aria-label="Send away" hidden={!door.is_inside}>
                { for others.iter().map(|user| person(user, &on_kick)) }
            </ul>
        </details>
    }
}

fn person(user: &User, on_kick: &Callback<User>) -> Html {
    let User { username, id } = user;
    let onclick = {
        let user = user.clone();
        on_kick.reform(move |_| user.clone())
    };
    html! {
        <li key={id.clone()}>
            <span>{ username }</span>
            <button type="button" aria-label={format!("Kick {username}")} {onclick}>{ "Kick" }</button>
        </li>
    }
}
