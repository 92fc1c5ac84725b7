//! Where a person types, or chooses an image.

use leptos::{
    ev::{Event, SubmitEvent},
    html::Input,
    prelude::*,
};
use sockeye_chat::{IMAGES, Image, Target, Whom, problem_of_image, targets};
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};

use crate::{chat::UseChat, login::focus};

#[component]
pub fn Composer(chat: UseChat, target: RwSignal<Target>) -> impl IntoView {
    let problem = RwSignal::new(String::new());
    let field = NodeRef::<Input>::new();
    Effect::new(move || {
        target.track();
        focus(field);
    });
    let options = Memo::new(move |_| chat.shown.with(|chat| target.with(|chosen| targets(chat, chosen))));
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(input) = field.get_untracked() else { return };
        let text = input.value().trim().to_owned();
        input.set_value("");
        if !text.is_empty() {
            chat.act(|session| session.say(text, target.get_untracked().whom));
        }
    };
    let choose = move |event: Event| {
        let select: HtmlSelectElement = event_target(&event);
        let index = usize::try_from(select.selected_index()).ok();
        let chosen = index.and_then(|index| options.with_untracked(|all| all.get(index).cloned()));
        if let Some(chosen) = chosen {
            target.set(chosen);
        }
    };
    let send_image = move |event: Event| {
        let input: HtmlInputElement = event_target(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        input.set_value("");
        let file = gloo_file::File::from(file);
        let found = problem_of_image(&file.name(), &file.raw_mime_type(), file.size());
        if found.is_empty() {
            let whom = target.get_untracked().whom;
            spawn_local(async move {
                match read(&file).await {
                    Ok(image) => chat.act(|session| session.show(image, whom)),
                    Err(why) => problem.set(why),
                }
            });
        }
        problem.set(found);
    };
    view! {
        <p id="image-problem" class="problem" role="alert">{problem}</p>
        <form id="composer" class="row" autocomplete="off" on:submit=on_submit>
            <select id="target" aria-label="Who is to hear it" on:change=choose>
                {move || options.get().into_iter().map(|it| option(it, target)).collect_view()}
            </select>
            <input
                id="message-input"
                node_ref=field
                placeholder="Type a message..."
                aria-label="Message"
                enterkeyhint="send"
                on:input=move |_| chat.act(|session| session.types())
            />
            <label class="button">
                "Image"
                <input
                    id="image"
                    type="file"
                    accept=IMAGES.join(",")
                    aria-label="Send an image"
                    on:change=send_image
                />
            </label>
            <button>"Send"</button>
        </form>
    }
}

fn option(it: Target, target: RwSignal<Target>) -> impl IntoView {
    let whom: Whom = it.whom;
    view! { <option prop:selected=move || target.with(|chosen| chosen.whom == whom)>{it.label}</option> }
}

async fn read(file: &gloo_file::File) -> Result<Image, String> {
    match gloo_file::futures::read_as_bytes(file).await {
        Ok(bytes) => Ok(Image::new(&file.name(), file.raw_mime_type(), bytes)),
        Err(error) => Err(format!("{} cannot be read: {error}", file.name())),
    }
}
