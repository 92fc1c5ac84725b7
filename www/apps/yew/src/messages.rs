//! The log.

use std::sync::Arc;

use sockeye_chat::{Line, What, time_of_day, words};
use web_sys::Element;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct MessagesProps {
    pub lines: Vec<Arc<Line>>,
}

#[component]
pub fn Messages(MessagesProps { lines }: &MessagesProps) -> Html {
    let list = use_node_ref();
    // Whoever reads further up is left there.
    let follows_end = use_mut_ref(|| true);
    let follow = {
        let (list, follows_end) = (list.clone(), follows_end.clone());
        Callback::from(move |()| {
            if let (true, Some(list)) = (*follows_end.borrow(), list.cast::<Element>()) {
                list.set_scroll_top(list.scroll_height());
            }
        })
    };
    use_effect_with(lines.last().map(|line| line.key), {
        let follow = follow.clone();
        move |_| follow.emit(())
    });
    let onscroll = {
        let list = list.clone();
        move |_| {
            if let Some(list) = list.cast::<Element>() {
                let left = list.scroll_height() - list.scroll_top() - list.client_height();
                follows_end.replace(left < 40);
            }
        }
    };
    html! {
        <div id="messages" role="log" aria-label="Messages" tabindex="0" ref={list} {onscroll}>
            <ul>
                { for lines.iter().map(|line| html! { <LineView key={line.key} line={line.clone()} on_load={follow.clone()} /> }) }
            </ul>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct LineProps {
    line: Arc<Line>,
    on_load: Callback<()>,
}

#[component]
fn LineView(LineProps { line, on_load }: &LineProps) -> Html {
    let (said, picture, place) = match &line.what {
        What::System(text) => return html! { <li class="system">{ text }</li> },
        What::Lost(text) => return html! { <li class="system lost">{ text }</li> },
        What::Said { said, picture, is_mine } => (said, picture, said.place(*is_mine)),
    };
    let onload = on_load.reform(|_| ());
    html! {
        <li class="message">
            <b>{ words(&said.user) }</b>{ " " }
            if let Some(place) = place {
                <small class="place">{ place }</small>{ " " }
            }
            <time>{ time_of_day(said.timestamp) }</time>{ " " }
            if let Some(picture) = picture {
                <img class="picture" src={picture.url.clone()} alt={picture.name.clone()} {onload} />
            } else {
                <span>{ words(&said.text) }</span>
            }
        </li>
    }
}
