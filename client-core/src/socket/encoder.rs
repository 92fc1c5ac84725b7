//! From a packet to frames (P-80).

use alloc::string::String;

use super::packet;
use crate::{
    queue::Queue,
    wire::{Encoded, Frame, Text, Wire},
};

/// An event or an answer, followed by its attachments without anything in between (F089).
pub(crate) fn push_data<W: Wire>(
    frames: &mut Queue<Frame<W>>,
    kind: u8,
    namespace: &str,
    id: Option<u64>,
    args: &W::Args,
) {
    if kind == packet::EVENT
        && id.is_none()
        && namespace == "/"
        && let Some(text) = W::framed(args)
    {
        return frames.push(Frame::Text(text));
    }
    let data: Encoded<W> = W::encode(args);
    let text = data.text.prefixed(&head(kind, data.attachments.len(), namespace, id));
    frames.push(Frame::Text(text));
    for bytes in data.attachments {
        frames.push(Frame::Binary(bytes));
    }
}

/// CONNECT, with the private id and the offset of a lost session before the application's own auth (P-103).
pub(crate) fn connect<W: Wire>(namespace: &str, lost: &str, auth: Option<W::Text>) -> Frame<W> {
    let mut head = head(packet::CONNECT, 0, namespace, None);
    // Only an object may go along: a `null` makes the server drop the connection (F103).
    let auth = auth.filter(|auth| auth.ascii(0) == b'{');
    let text = match auth {
        None if lost.is_empty() => W::Text::from_str(&head),
        None => {
            head.push('{');
            head.push_str(lost);
            head.push('}');
            W::Text::from_str(&head)
        }
        Some(auth) if lost.is_empty() => auth.prefixed(&head),
        Some(auth) => {
            head.push('{');
            head.push_str(lost);
            if auth.ascii(1) != b'}' {
                head.push(',');
            }
            auth.slice(1, auth.units()).prefixed(&head)
        }
    };
    Frame::Text(text)
}

pub(crate) fn disconnect<W: Wire>(namespace: &str) -> Frame<W> {
    Frame::Text(W::Text::from_str(&head(packet::DISCONNECT, 0, namespace, None)))
}

/// Everything before the JSON, with the Engine.IO type of a message before it, so that it is copied once.
fn head(kind: u8, attachments: usize, namespace: &str, id: Option<u64>) -> String {
    let mut head = String::with_capacity(namespace.len() + 24);
    head.push('4');
    push_number(&mut head, u64::from(if attachments == 0 { kind } else { kind + packet::BINARY }));
    if attachments > 0 {
        push_number(&mut head, attachments as u64);
        head.push('-');
    }
    if namespace != "/" {
        head.push_str(namespace);
        head.push(',');
    }
    if let Some(id) = id {
        push_number(&mut head, id);
    }
    head
}

/// In decimal. `fmt` would do it too, and cost a page 2.5 KB.
fn push_number(text: &mut String, number: u64) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}
