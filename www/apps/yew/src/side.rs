//! Who is there, and which rooms.

use std::rc::Rc;

use sockeye_chat::{Session, Target, User, is_wide, problem_of_name};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::login::focus;

#[derive(PartialEq, Properties)]
pub struct PeopleProps {
    pub users: Option<Vec<User>>,
    pub my_id: Option<String>,
    pub on_target: Callback<Target>,
}

#[component]
pub fn People(PeopleProps { users, my_id, on_target }: &PeopleProps) -> Html {
    let is_open = use_memo((), |()| is_wide());
    let count = users.as_ref().map_or_else(|| "?".into(), |users| users.len().to_string());
    html! {
        <details id="people" open={*is_open}>
            <summary>{ "Online: " }<span id="online-count">{ count }</span></summary>
            <ul id="online">
                { for users.iter().flatten().map(|user| person(user, my_id.as_ref(), on_target)) }
            </ul>
        </details>
    }
}

fn person(User { username, id }: &User, my_id: Option<&String>, on_target: &Callback<Target>) -> Html {
    if Some(id) == my_id {
        return html! { <li key={id.clone()}>{ username }<small>{ " (you)" }</small></li> };
    }
    let target = Target::person(username, id);
    let onclick = on_target.reform(move |_| target.clone());
    html! {
        <li key={id.clone()}>
            <button type="button" title={format!("Write to {username} alone")} {onclick}>{ username }</button>
        </li>
    }
}

#[derive(PartialEq, Properties)]
pub struct RoomsProps {
    pub rooms: Vec<String>,
    pub problem: String,
    pub session: Rc<Session>,
    pub on_target: Callback<Target>,
}

#[component]
pub fn Rooms(RoomsProps { rooms, problem, session, on_target }: &RoomsProps) -> Html {
    let is_open = use_memo((), |()| is_wide());
    let own_problem = use_state(String::new);
    let field = use_node_ref();
    let onsubmit = {
        let (field, own_problem) = (field.clone(), own_problem.setter());
        let (session, on_target) = (session.clone(), on_target.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = field.cast::<HtmlInputElement>() else { return };
            let name = input.value().trim().trim_start_matches('#').to_owned();
            let found = problem_of_name(&name);
            if found.is_empty() {
                input.set_value("");
                on_target.emit(Target::room(&name));
                session.join_room(name);
            } else {
                focus(&field);
            }
            own_problem.set(found);
        }
    };
    let told = if own_problem.is_empty() { problem } else { &*own_problem };
    html! {
        <details id="channels" open={*is_open}>
            <summary>{ "Rooms" }</summary>
            <ul id="rooms">
                { for rooms.iter().map(|name| room(name, session, on_target)) }
            </ul>
            <form id="room-form" class="row" autocomplete="off" {onsubmit}>
                <input id="room-name" ref={field} placeholder="Name of a room" aria-label="Name of a room" aria-describedby="room-problem" />
                <button>{ "Join" }</button>
            </form>
            <p id="room-problem" class="problem" role="alert">{ told }</p>
        </details>
    }
}

fn room(name: &str, session: &Rc<Session>, on_target: &Callback<Target>) -> Html {
    let target = Target::room(name);
    let choose = on_target.reform(move |_| target.clone());
    let leave = {
        let (name, session) = (name.to_owned(), session.clone());
        move |_| session.leave_room(name.clone())
    };
    html! {
        <li key={name.to_owned()}>
            <button type="button" onclick={choose}>{ format!("#{name}") }</button>
            <button type="button" aria-label={format!("Leave #{name}")} onclick={leave}>{ "Leave" }</button>
        </li>
    }
}
