//! The chat in Leptos.

mod admin;
mod chat;
mod composer;
mod footer;
mod header;
mod login;
mod messages;
mod outbox;
mod side;
mod socket;
mod stale;

use admin::Admin;
use chat::use_chat;
use composer::Composer;
use footer::Footer;
use header::Header;
use leptos::{mount::mount_to_body, prelude::*};
use login::Login;
use messages::Messages;
use outbox::Outbox;
use side::{People, Rooms};
use sockeye_chat::{Target, typing};
use stale::Stale;

fn main() {
    mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    let chat = use_chat();
    let target = RwSignal::new(Target::default());
    let has_joined = chat.memo(|chat| chat.name.is_some());
    let typists = chat.memo(|chat| typing(&chat.typists));
    view! {
        <Header chat />
        <Stale chat />
        <main>
            <Show when=move || has_joined.get() fallback=move || view! { <Login chat /> }>
                <div id="chat">
                    <div id="side">
                        <People chat target />
                        <Rooms chat target />
                        <Admin chat />
                    </div>
                    <div id="room">
                        <Messages chat />
                        <Outbox chat />
                        <p id="typing" role="status">{typists}</p>
                        <Composer chat target />
                    </div>
                </div>
            </Show>
        </main>
        <Footer />
    }
}
