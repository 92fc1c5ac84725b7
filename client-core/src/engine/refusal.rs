//! What an HTTP error says (P-20).

use core::time::Duration;

use crate::{
    error::ConnectError,
    wire::{Member, Text, Wire},
};

/// A body such as `{"code":1,"message":"Session ID unknown"}`, with the code as a number or, from other
/// servers, as a string (F001); or any text, of which the start is kept.
pub(crate) fn parse<W: Wire>(status: u16, body: &W::Text, retry_after: Option<Duration>) -> ConnectError<W> {
    let body = body.slice(0, MAX_BODY);
    let code = match W::member(&body, Some("code")) {
        Some(Member::Number(code)) => u8::try_from(code).ok(),
        Some(Member::Text(code)) => match code.as_bytes() {
            [digit @ b'0'..=b'9'] => Some(digit - b'0'),
            _ => None,
        },
        _ => None,
    };
    let message = match W::member(&body, Some("message")) {
        Some(Member::Text(message)) => message,
        _ => body.to_str().into_owned(),
    };
    ConnectError::Http { status, code, message, retry_after }
}

/// Units of a body that are kept.
const MAX_BODY: usize = 1_024;
