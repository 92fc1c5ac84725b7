//! What else the server has.

use leptos::prelude::*;

#[component]
pub fn Footer() -> impl IntoView {
    view! {
        <footer>
            <nav aria-label="More of Sockeye">
                <a href="/guide/">"Guide"</a>
                <a href="/inspector/">"Inspector"</a>
            </nav>
        </footer>
    }
}
