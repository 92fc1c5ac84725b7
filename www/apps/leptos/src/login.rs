//! Who are you?

use leptos::{ev::SubmitEvent, html::Input, prelude::*};
use sockeye_chat::problem_of_name;

use crate::chat::UseChat;

#[component]
pub fn Login(chat: UseChat) -> impl IntoView {
    // Why the server did not take the name that was given before.
    let problem = RwSignal::new(chat.shown.with_untracked(|chat| chat.refusal.clone()));
    let field = NodeRef::<Input>::new();
    Effect::new(move || focus(field));
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(input) = field.get_untracked() else { return };
        let name = input.value().trim().to_owned();
        let found = problem_of_name(&name);
        problem.set(found.clone());
        if found.is_empty() {
            chat.act(|session| session.join(name));
        } else {
            focus(field);
        }
    };
    view! {
        <form id="login" autocomplete="off" novalidate on:submit=on_submit>
            <label for="username">"Your name"</label>
            <div class="row">
                <input
                    id="username"
                    node_ref=field
                    placeholder="Enter your name"
                    autocapitalize="words"
                    aria-describedby="login-problem"
                    aria-invalid=move || problem.with(|it| (!it.is_empty()).then_some("true"))
                />
                <button>"Join Chat"</button>
            </div>
            <p id="login-problem" class="problem" role="alert">{problem}</p>
            <p class="hint">"Whoever opens this page is in the same room, with a bot and the terminal client."</p>
        </form>
    }
}

/// It may be gone already.
pub fn focus(field: NodeRef<Input>) {
    if let Some(input) = field.get() {
        let _ = input.focus();
    }
}
