//! The state of the connection.

use sockeye_chat::Connection;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct HeaderProps {
    pub connection: Connection,
    pub on_retry: Callback<()>,
}

#[component]
pub fn Header(HeaderProps { connection, on_retry }: &HeaderProps) -> Html {
    let onclick = on_retry.reform(|_| ());
    html! {
        <header>
            <h1>{ "Sockeye " }<span>{ "chat in Yew" }</span></h1>
            <p id="connection" role="status" data-is={connection.is()}>{ connection.words() }</p>
            if !connection.remedy().is_empty() {
                <button id="retry" type="button" {onclick}>{ connection.remedy() }</button>
            }
        </header>
    }
}
