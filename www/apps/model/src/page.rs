//! What a page has.

use js_sys::{Array, Date, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, Url};

use crate::facts::Image;
use crate::words::IMAGES;

/// An image that can be shown, for as long as this is there. The bytes of others become an image and nothing else.
#[derive(Debug, PartialEq, Eq)]
pub struct Picture {
    pub url: String,
    pub name: String,
}

impl Picture {
    pub fn new(image: &Image) -> Option<Self> {
        let kind = IMAGES.iter().find(|kind| **kind == image.kind).unwrap_or(&"image/png");
        let parts = Array::of1(&Uint8Array::from(image.bytes.as_slice()));
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
        Some(Self { url: Url::create_object_url_with_blob(&blob).ok()?, name: image.name.clone() })
    }
}

impl Drop for Picture {
    fn drop(&mut self) {
        // It refuses nothing that it made.
        let _ = Url::revoke_object_url(&self.url);
    }
}

/// Whether there is room beside the log.
pub fn is_wide() -> bool {
    let query = web_sys::window().and_then(|window| window.match_media("(min-width: 48rem)").ok().flatten());
    query.is_some_and(|query| query.matches())
}

/// Of a time in milliseconds since 1970, as people here write it.
pub fn time_of_day(milliseconds: f64) -> String {
    let options = js_sys::Object::new();
    // A plain object takes every property.
    let _ = js_sys::Reflect::set(&options, &"timeStyle".into(), &"short".into());
    let date = Date::new(&JsValue::from_f64(milliseconds));
    date.to_locale_time_string_with_options("default", &options).into()
}
