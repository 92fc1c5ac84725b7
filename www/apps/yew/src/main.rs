//! The chat in Yew.

mod admin;
mod composer;
mod footer;
mod header;
mod login;
mod messages;
mod outbox;
mod side;
mod stale;
mod use_chat;
mod use_socket;

use admin::Admin;
use composer::Composer;
use footer::Footer;
use header::Header;
use login::Login;
use messages::Messages;
use outbox::Outbox;
use side::{People, Rooms};
use sockeye_chat::{Target, typing};
use stale::Stale;
use use_chat::use_chat;
use yew::prelude::*;

fn main() {
    yew::Renderer::<App>::new().render();
}

#[component]
fn App() -> Html {
    let chat = use_chat();
    let target = use_state(Target::default);
    let shown = &chat.shown.0;
    let session = &chat.session;
    let on_target = use_callback((), {
        let target = target.setter();
        move |chosen: Target, ()| target.set(chosen)
    });
    let on_retry = {
        let session = session.clone();
        Callback::from(move |()| session.retry())
    };
    let on_join = {
        let session = session.clone();
        Callback::from(move |name| session.join(name))
    };
    html! {
        <>
            <Header connection={chat.connection.clone()} {on_retry} />
            <Stale is_stale={shown.is_stale} />
            <main>
            if shown.name.is_none() {
                <Login refusal={shown.refusal.clone()} {on_join} />
            } else {
                <div id="chat">
                    <div id="side">
                        <People users={shown.users.clone()} my_id={shown.my_id.clone()} on_target={on_target.clone()} />
                        <Rooms rooms={shown.rooms.clone()} problem={shown.room_problem.clone()} session={session.clone()} on_target={on_target.clone()} />
                        <Admin socket={chat.socket.clone()} others={shown.others().cloned().collect::<Vec<_>>()} />
                    </div>
                    <div id="room">
                        <Messages lines={shown.lines.clone()} />
                        <Outbox items={shown.outbox.clone()} session={session.clone()} />
                        <p id="typing" role="status">{ typing(&shown.typists) }</p>
                        <Composer chat={chat.shown.clone()} session={session.clone()} target={(*target).clone()} {on_target} />
                    </div>
                </div>
            }
            </main>
            <Footer />
        </>
    }
}
