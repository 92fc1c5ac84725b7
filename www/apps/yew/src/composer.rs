//! Where a person types, or chooses an image.

use std::rc::Rc;

use sockeye_chat::{IMAGES, Image, Session, Target, problem_of_image, targets};
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::{login::focus, use_chat::Shown};

#[derive(PartialEq, Properties)]
pub struct ComposerProps {
    pub chat: UseReducerHandle<Shown>,
    pub session: Rc<Session>,
    pub target: Target,
    pub on_target: Callback<Target>,
}

#[component]
pub fn Composer(ComposerProps { chat, session, target, on_target }: &ComposerProps) -> Html {
    let problem = use_state(String::new);
    let field = use_node_ref();
    use_effect_with((field.clone(), target.clone()), |(field, _)| focus(field));
    let options = targets(&chat.0, target);
    let onsubmit = {
        let (field, session, whom) = (field.clone(), session.clone(), target.whom.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = field.cast::<HtmlInputElement>() else { return };
            let text = input.value().trim().to_owned();
            input.set_value("");
            if !text.is_empty() {
                session.say(text, whom.clone());
            }
        }
    };
    let oninput = {
        let session = session.clone();
        move |_| session.types()
    };
    let choose = {
        let (options, on_target) = (options.clone(), on_target.clone());
        move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            let chosen = usize::try_from(select.selected_index()).ok().and_then(|index| options.get(index));
            if let Some(chosen) = chosen {
                on_target.emit(chosen.clone());
            }
        }
    };
    let send_image = {
        let (session, whom, problem) = (session.clone(), target.whom.clone(), problem.setter());
        move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
            input.set_value("");
            let file = gloo_file::File::from(file);
            let found = problem_of_image(&file.name(), &file.raw_mime_type(), file.size());
            if found.is_empty() {
                let (session, whom, problem) = (session.clone(), whom.clone(), problem.clone());
                spawn_local(async move {
                    match gloo_file::futures::read_as_bytes(&file).await {
                        Ok(bytes) => {
                            session.show(Image::new(&file.name(), file.raw_mime_type(), bytes), whom);
                        }
                        Err(error) => problem.set(format!("{} cannot be read: {error}", file.name())),
                    }
                });
            }
            problem.set(found);
        }
    };
    html! {
        <>
            <p id="image-problem" class="problem" role="alert">{ &*problem }</p>
            <form id="composer" class="row" autocomplete="off" {onsubmit}>
                <select id="target" aria-label="Who is to hear it" onchange={choose}>
                    { for options.iter().map(|it| html! {
                        <option selected={it.whom == target.whom}>{ &it.label }</option>
                    }) }
                </select>
                <input id="message-input" ref={field} placeholder="Type a message..." aria-label="Message" enterkeyhint="send" {oninput} />
                <label class="button">
                    { "Image" }
                    <input id="image" type="file" accept={IMAGES.join(",")} aria-label="Send an image" onchange={send_image} />
                </label>
                <button>{ "Send" }</button>
            </form>
        </>
    }
}
