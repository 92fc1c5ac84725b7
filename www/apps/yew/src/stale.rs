//! Said when the server has another build than this page.

use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct StaleProps {
    pub is_stale: bool,
}

#[component]
pub fn Stale(StaleProps { is_stale }: &StaleProps) -> Html {
    html! {
        <p id="stale" class="notice" role="alert" hidden={!is_stale}>
            { "The server has a newer build than this page. " }
            <button type="button" onclick={|_| sockeye_chat::reload()}>{ "Reload" }</button>
        </p>
    }
}
