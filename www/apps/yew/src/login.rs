//! Who are you?

use sockeye_chat::problem_of_name;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct LoginProps {
    /// Why the server did not take the name that was given before.
    pub refusal: String,
    pub on_join: Callback<String>,
}

#[component]
pub fn Login(LoginProps { refusal, on_join }: &LoginProps) -> Html {
    let problem = use_state(|| refusal.clone());
    let field = use_node_ref();
    use_effect_with(field.clone(), focus);
    let onsubmit = {
        let (field, problem, on_join) = (field.clone(), problem.setter(), on_join.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = field.cast::<HtmlInputElement>() else { return };
            let name = input.value().trim().to_owned();
            let found = problem_of_name(&name);
            if found.is_empty() {
                on_join.emit(name);
            } else {
                focus(&field);
            }
            problem.set(found);
        }
    };
    html! {
        <form id="login" autocomplete="off" novalidate=true {onsubmit}>
            <label for="username">{ "Your name" }</label>
            <div class="row">
                <input id="username" ref={field} placeholder="Enter your name" autocapitalize="words"
                    aria-describedby="login-problem" aria-invalid={(!problem.is_empty()).then_some("true")} />
                <button>{ "Join Chat" }</button>
            </div>
            <p id="login-problem" class="problem" role="alert">{ &*problem }</p>
            <p class="hint">{ "Whoever opens this page is in the same room, with a bot and the terminal client." }</p>
        </form>
    }
}

/// It may be gone already.
pub fn focus(field: &NodeRef) {
    if let Some(input) = field.cast::<HtmlInputElement>() {
        let _ = input.focus();
    }
}
