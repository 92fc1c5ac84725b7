//! What an HTTP error says (P-20).

#![allow(clippy::arithmetic_side_effects, reason = "of a digit that the pattern has seen")]

use crate::{
    config::Span,
    error::ConnectError,
    wire::{Text, Wire},
};

/// A body such as `{"code":1,"message":"Session ID unknown"}`, with the code as a number or, from other
/// servers, as a string (F001); or any text, of which the start is kept. What it repeats of our secret is not.
pub(crate) fn parse<W: Wire>(
    status: u16,
    body: &W::Text,
    retry_after: Option<Span>,
    sid: Option<&W::Text>,
) -> ConnectError<W> {
    let body = without(body.slice(0, MAX_BODY), sid);
    let text = W::string(&body, Some("code")).filter(|it| it.units() == 1);
    let code = match text.map(|it| it.ascii(0)) {
        Some(digit @ b'0'..=b'9') => Some(digit - b'0'),
        _ => u8::try_from(W::number(&body, "code")).ok(),
    };
    let message = W::string(&body, Some("message")).unwrap_or(body);
    ConnectError::Http { status, code, message, retry_after }
}

/// python-engineio names the session that it does not know, and another node may (F122).
fn without<T: Text>(body: T, sid: Option<&T>) -> T {
    match sid.map(Text::to_str) {
        Some(sid) if body.to_str().contains(sid) => T::from_str(&body.to_str().replace(sid, "…")),
        _ => body,
    }
}

/// Units of a body that are kept.
const MAX_BODY: usize = 1_024;
