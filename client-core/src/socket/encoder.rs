//! From a packet to frames (P-80).

use super::packet;
use crate::{
    queue::Queue,
    wire::{Encoded, Frame, Text, Wire},
};

/// An event or an answer, followed by its attachments without anything in between (F089).
pub(crate) fn push_data<W: Wire>(
    frames: &mut Queue<Frame<W>>,
    kind: u8,
    namespace: Option<&W::Text>,
    id: Option<u64>,
    args: &W::Args,
) {
    if kind == packet::EVENT
        && id.is_none()
        && namespace.is_none()
        && let Some(text) = W::framed(args)
    {
        return frames.push(Frame::Text(text));
    }
    let data: Encoded<W> = W::encode(args);
    let text = W::packet(kind, data.attachments.len(), namespace, id, Some(data.text));
    frames.push(Frame::Text(text));
    for bytes in data.attachments {
        frames.push(Frame::Binary(bytes));
    }
}

/// CONNECT, which asks for a lost session if there is one to find (P-103).
pub(crate) fn connect<W: Wire>(
    namespace: Option<&W::Text>,
    lost: Option<(&W::Text, Option<&W::Text>)>,
    auth: Option<W::Text>,
) -> Frame<W> {
    // Only an object may go along: a `null` makes the server drop the connection (F103).
    let auth = auth.filter(|auth| auth.ascii(0) == b'{');
    let payload = match lost {
        Some((pid, offset)) => Some(W::claim(pid, offset, auth)),
        None => auth,
    };
    Frame::Text(W::packet(packet::CONNECT, 0, namespace, None, payload))
}

pub(crate) fn disconnect<W: Wire>(namespace: Option<&W::Text>) -> Frame<W> {
    Frame::Text(W::packet(packet::DISCONNECT, 0, namespace, None, None))
}
