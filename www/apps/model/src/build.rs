//! A page that stays open while another build takes its place on the server.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response, Window};

/// Whether the server has another build than this page, which it names in its first element. Another server than that of
/// the chat does not, and nobody knows while there is none.
pub(crate) async fn is_stale() -> bool {
    let Some(window) = web_sys::window() else { return false };
    let page = window.document().and_then(|document| document.document_element());
    let Some(mine) = page.and_then(|page| page.get_attribute("data-build")) else { return false };
    now(&window).await.is_ok_and(|now| now.is_some_and(|now| now != mine))
}

/// For the button that is shown then.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        // A browser that refuses shows the page as it is.
        let _ = window.location().reload();
    }
}

/// None from a server that knows of no builds.
async fn now(window: &Window) -> Result<Option<String>, JsValue> {
    let anew = RequestInit::new();
    anew.set_cache(RequestCache::NoStore);
    let response = JsFuture::from(window.fetch_with_str_and_init("build", &anew)).await?;
    let response: Response = response.dyn_into()?;
    if !response.ok() {
        return Ok(None);
    }
    Ok(JsFuture::from(response.text()?).await?.as_string())
}
