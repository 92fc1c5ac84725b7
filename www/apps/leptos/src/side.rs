//! Who is there, and which rooms.

use leptos::{ev::SubmitEvent, html::Input, prelude::*};
use sockeye_chat::{Target, is_wide, problem_of_name};

use crate::{chat::UseChat, login::focus};

#[component]
pub fn People(chat: UseChat, target: RwSignal<Target>) -> impl IntoView {
    let users = chat.memo(|chat| chat.users.clone());
    let my_id = chat.memo(|chat| chat.my_id.clone());
    let count =
        move || users.with(|it| it.as_ref().map_or_else(|| "?".into(), |users| users.len().to_string()));
    view! {
        <details id="people" open=is_wide()>
            <summary>"Online: " <span id="online-count">{count}</span></summary>
            <ul id="online">
                <For
                    each=move || users.get().unwrap_or_default()
                    key=|user| (user.id.clone(), user.username.clone())
                    children=move |user| {
                        let name = user.username.clone();
                        if my_id.with_untracked(|it| it.as_ref() == Some(&user.id)) {
                            return view! { <li>{name}<small>" (you)"</small></li> }.into_any();
                        }
                        let choose = move |_| target.set(Target::person(&user.username, &user.id));
                        view! {
                            <li>
                                <button type="button" title=format!("Write to {name} alone") on:click=choose>
                                    {name.clone()}
                                </button>
                            </li>
                        }
                        .into_any()
                    }
                />
            </ul>
        </details>
    }
}

#[component]
pub fn Rooms(chat: UseChat, target: RwSignal<Target>) -> impl IntoView {
    let rooms = chat.memo(|chat| chat.rooms.clone());
    let problem = chat.memo(|chat| chat.room_problem.clone());
    let own_problem = RwSignal::new(String::new());
    let field = NodeRef::<Input>::new();
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(input) = field.get_untracked() else { return };
        let name = input.value().trim().trim_start_matches('#').to_owned();
        let found = problem_of_name(&name);
        own_problem.set(found.clone());
        if !found.is_empty() {
            return focus(field);
        }
        input.set_value("");
        target.set(Target::room(&name));
        chat.act(|session| session.join_room(name));
    };
    view! {
        <details id="channels" open=is_wide()>
            <summary>"Rooms"</summary>
            <ul id="rooms">
                <For
                    each=move || rooms.get()
                    key=String::clone
                    children=move |name| view! { <Room chat target name /> }
                />
            </ul>
            <form id="room-form" class="row" autocomplete="off" on:submit=on_submit>
                <input
                    id="room-name"
                    node_ref=field
                    placeholder="Name of a room"
                    aria-label="Name of a room"
                    aria-describedby="room-problem"
                />
                <button>"Join"</button>
            </form>
            <p id="room-problem" class="problem" role="alert">
                {move || if own_problem.with(String::is_empty) { problem.get() } else { own_problem.get() }}
            </p>
        </details>
    }
}

#[component]
fn Room(chat: UseChat, target: RwSignal<Target>, name: String) -> impl IntoView {
    let (shown, left, label) = (name.clone(), name.clone(), format!("Leave #{name}"));
    view! {
        <li>
            <button type="button" on:click=move |_| target.set(Target::room(&name))>
                {format!("#{shown}")}
            </button>
            <button
                type="button"
                aria-label=label
                on:click=move |_| chat.act(|session| session.leave_room(left.clone()))
            >
                "Leave"
            </button>
        </li>
    }
}
