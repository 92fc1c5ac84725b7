//! The log.

use std::sync::Arc;

use leptos::{html::Div, prelude::*};
use sockeye_chat::{Line, What, time_of_day, words};

use crate::chat::UseChat;

#[component]
pub fn Messages(chat: UseChat) -> impl IntoView {
    let list = NodeRef::<Div>::new();
    // Whoever reads further up is left there.
    let follows_end = StoredValue::new(true);
    // A frame that was asked for, and an image, may come when the log is gone.
    let follow = move || {
        if follows_end.try_get_value() == Some(true)
            && let Some(list) = list.get_untracked()
        {
            list.set_scroll_top(list.scroll_height());
        }
    };
    let last = chat.memo(|chat| chat.lines.last().map(|line| line.key));
    Effect::new(move || {
        last.track();
        // When the line is in the page.
        request_animation_frame(follow);
    });
    let on_scroll = move |_| {
        if let Some(list) = list.get_untracked() {
            follows_end.set_value(list.scroll_height() - list.scroll_top() - list.client_height() < 40);
        }
    };
    view! {
        <div id="messages" role="log" aria-label="Messages" tabindex="0" node_ref=list on:scroll=on_scroll>
            <ul>
                <For
                    each=move || chat.shown.with(|chat| chat.lines.clone())
                    key=|line| line.key
                    children=move |line| view! { <LineView line on_load=follow /> }
                />
            </ul>
        </div>
    }
}

#[component]
fn LineView(line: Arc<Line>, on_load: impl Fn() + Copy + 'static) -> impl IntoView {
    match &line.what {
        What::System(text) => view! { <li class="system">{text.clone()}</li> }.into_any(),
        What::Lost(text) => view! { <li class="system lost">{text.clone()}</li> }.into_any(),
        What::Said { said, picture, is_mine } => {
            let place = said.place(*is_mine).map(|place| view! { <small class="place">{place}</small> " " });
            let content = match picture {
                Some(picture) => {
                    let (url, name) = (picture.url.clone(), picture.name.clone());
                    view! { <img class="picture" src=url alt=name on:load=move |_| on_load() /> }.into_any()
                }
                None => view! { <span>{words(&said.text)}</span> }.into_any(),
            };
            view! {
                <li class="message">
                    <b>{words(&said.user)}</b>
                    " "
                    {place}
                    <time>{time_of_day(said.timestamp)}</time>
                    " "
                    {content}
                </li>
            }
            .into_any()
        }
    }
}
