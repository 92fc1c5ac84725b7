//! What an HTTP error says (P-20).

use alloc::string::String;
use core::time::Duration;

use crate::{
    error::ConnectError,
    json::{Object, number},
    wire::{Text, Wire},
};

/// A body such as `{"code":1,"message":"Session ID unknown"}`, with the code as a number or, from other
/// servers, as a string (F001); or any text, of which the start is kept.
pub(crate) fn parse<W: Wire>(status: u16, body: &W::Text, retry_after: Option<Duration>) -> ConnectError<W> {
    let body = body.slice(0, MAX_BODY);
    let text = body.to_str();
    let object = Object::new(&text);
    let code = object.as_ref().and_then(|it| it.raw("code")).and_then(|it| number(it.trim_matches('"')));
    let message = match object.and_then(|it| it.string("message")) {
        Some(message) => message,
        None => String::from(&*text),
    };
    ConnectError::Http { status, code: code.and_then(|it| u8::try_from(it).ok()), message, retry_after }
}

/// Units of a body that are kept.
const MAX_BODY: usize = 1_024;
