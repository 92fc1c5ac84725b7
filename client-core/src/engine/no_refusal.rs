//! The host has the body, and reads it.

use core::marker::PhantomData;

use crate::{config::Span, error::ConnectError, wire::Wire};

pub(crate) fn parse<W: Wire>(
    status: u16,
    _: &W::Text,
    _: Option<Span>,
    _: Option<&W::Text>,
) -> ConnectError<W> {
    ConnectError::Http { status, code: None, message: PhantomData, retry_after: None }
}
