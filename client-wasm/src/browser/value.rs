//! JavaScript's own values, in and out.

use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use serde::{Serialize, Serializer};
use serde_transcode::Transcoder;
use serde_wasm_bindgen::Deserializer;
use sockeye_core::{Args, handle::Message};
use wasm_bindgen::{JsCast, JsValue};

/// A value of JavaScript as an argument, or within one: `socket.emit("draw", &Js(value))`.
///
/// It is one argument, whatever it is. `ArrayBuffer` and `Uint8Array` go as bytes. Unlike in JavaScript nothing is asked
/// for `toJSON`, so make a text of a `Date` first; and what is neither data nor a plain object, such as a function or a
/// `Set`, is an error.
#[derive(Clone, Debug, PartialEq)]
pub struct Js(pub JsValue);

impl Serialize for Js {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = Transcoder::new(Deserializer::from(self.0.clone()));
        // Otherwise `undefined` would be no argument at all.
        serializer.serialize_newtype_struct("Js", &value)
    }
}

/// What arrived, as values of JavaScript.
///
/// ```no_run
/// # fn example(message: &sockeye_wasm::Message) -> Result<(), wasm_bindgen::JsValue> {
/// use sockeye_wasm::JsArguments;
///
/// let drawing = message.js_arguments()?.get(0);
/// # let _ = drawing; Ok(()) }
/// ```
pub trait JsArguments {
    /// All arguments, without the event's name; bytes are a `Uint8Array`. What the browser's own parser refuses is its
    /// exception.
    fn js_arguments(&self) -> Result<Array, JsValue>;
}

impl JsArguments for Message {
    fn js_arguments(&self) -> Result<Array, JsValue> {
        let all = whole(self.args())?;
        all.shift();
        Ok(all)
    }
}

/// Of an answer; an event's [`Message::args`] begin with its name.
impl JsArguments for Args {
    fn js_arguments(&self) -> Result<Array, JsValue> {
        whole(self)
    }
}

/// `JSON.parse` is several times as fast as building the same value from here, piece by piece.
fn whole(args: &Args) -> Result<Array, JsValue> {
    let value = JSON::parse(args.text())?;
    if !args.attachments().is_empty() {
        put_back(value.clone(), args);
    }
    Ok(value.unchecked_into())
}

/// Replaces placeholders by what they stand for (P-84). The peer decides how deep they are, so it is a list that grows and
/// not the stack (F071).
fn put_back(value: JsValue, args: &Args) {
    let mut unseen = vec![value];
    while let Some(value) = unseen.pop() {
        let Some(object) = value.dyn_ref::<Object>() else { continue };
        for key in Object::keys(object) {
            let Ok(inner) = Reflect::get(object, &key) else { continue };
            match attachment(&inner, args) {
                Some(bytes) => drop(Reflect::set(object, &key, &bytes)),
                None if inner.is_object() => unseen.push(inner),
                None => {}
            }
        }
    }
}

fn attachment(value: &JsValue, args: &Args) -> Option<Uint8Array> {
    if !value.is_object() || Reflect::get(value, &"_placeholder".into()).ok()? != JsValue::TRUE {
        return None;
    }
    let number = Reflect::get(value, &"num".into()).ok()?;
    let mut all = args.attachments().iter().enumerate();
    let (_, bytes) = all.find(|(at, _)| number == *at)?;
    Some(Uint8Array::from(&**bytes))
}
