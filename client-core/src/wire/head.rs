//! What goes before the JSON of a packet, and into the JSON of a CONNECT.

#![allow(clippy::arithmetic_side_effects, reason = "lengths and digits")]

use alloc::string::String;

use bytestring::ByteString;

use super::Text;

/// Everything before the JSON, with the Engine.IO type of a message before it, so that it is copied once.
pub(super) fn head(kind: u8, attachments: usize, namespace: Option<&ByteString>, id: Option<u64>) -> String {
    let mut head = String::with_capacity(namespace.map_or(0, |it| it.len()) + 24);
    head.push('4');
    push_number(&mut head, u64::from(if attachments == 0 { kind } else { kind + WITH_ATTACHMENTS }));
    if attachments > 0 {
        push_number(&mut head, attachments as u64);
        head.push('-');
    }
    if let Some(namespace) = namespace {
        head.push_str(namespace);
        head.push(',');
    }
    if let Some(id) = id {
        push_number(&mut head, id);
    }
    head
}

/// An object of `pid` and `offset`, and the members of `auth`.
pub(super) fn claim(pid: &str, offset: Option<&ByteString>, auth: Option<ByteString>) -> ByteString {
    let mut head = String::from("{");
    push_member(&mut head, "pid", pid);
    if let Some(offset) = offset {
        head.push(',');
        push_member(&mut head, "offset", offset);
    }
    match auth {
        None => {
            head.push('}');
            head.into()
        }
        Some(auth) => {
            if auth.ascii(1) != b'}' {
                head.push(',');
            }
            auth.slice(1, auth.units()).prefixed(&head)
        }
    }
}

/// Both are plain: nothing in them needs escaping (F130).
fn push_member(text: &mut String, key: &str, value: &str) {
    text.push('"');
    text.push_str(key);
    text.push_str("\":\"");
    text.push_str(value);
    text.push('"');
}

/// In decimal, without the machinery of `fmt`.
fn push_number(text: &mut String, number: u64) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

/// From a packet's kind to the one with attachments.
const WITH_ATTACHMENTS: u8 = 3;
