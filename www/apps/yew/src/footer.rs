//! What else the server has.

use yew::prelude::*;

#[component]
pub fn Footer() -> Html {
    html! {
        <footer>
            <nav aria-label="More of Sockeye">
                <a href="/guide/">{ "Guide" }</a>
                <a href="/inspector/">{ "Inspector" }</a>
            </nav>
        </footer>
    }
}
