//! What a client sends, packet by packet.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use bytes::Bytes;

use super::{Server, describe, session::Session};
use crate::{
    time::Instant,
    wire::{Json, Wire},
};

/// The head of a Socket.IO packet.
pub(super) struct Head<'a> {
    pub(super) kind: u8,
    pub(super) attachments: usize,
    pub(super) namespace: &'a str,
    pub(super) id: &'a str,
    pub(super) json: &'a str,
}

impl Server {
    /// An Engine.IO packet of the session `at`.
    pub(super) fn packet(&mut self, at: usize, packet: &str, now: Instant) {
        let Some(kind) = packet.chars().next() else { return self.offend(at, "an empty packet") };
        match (kind, packet.get(1..).unwrap_or_default()) {
            ('1', _) => {
                // By the client's own wish: nothing is kept, and the GET that waits is let go.
                let Session { link, .. } = self.sessions.remove(at);
                if let super::Link::Polling { on, get: true } = link {
                    self.out.push_back(crate::Input::Polled { on, body: "6".into() });
                }
            }
            ('3', _) => {
                let next = now.after(self.ping_interval);
                self.sessions[at].ponged(next);
            }
            ('4', packet) => self.message(at, packet, now),
            ('b', base64) => match Json::from_base64(&base64.into()) {
                Ok(bytes) => self.attachment(at, bytes, now),
                Err(_) => self.offend(at, "base64 that is none"),
            },
            ('2', _) => self.offend(at, "a ping"),
            (kind, _) => {
                let mut what = String::from("a packet of type ");
                what.push(kind);
                self.offend(at, &what);
            }
        }
    }

    /// Bytes belong to the packet before them.
    pub(super) fn attachment(&mut self, at: usize, bytes: Bytes, now: Instant) {
        let Some((packet, count, mut have)) = self.sessions[at].collecting.take() else {
            return self.offend(at, "bytes that nothing announced");
        };
        self.received.push(describe(&bytes));
        have.push(bytes);
        if have.len() < count {
            self.sessions[at].collecting = Some((packet, count, have));
        } else if let Some(head) = head(&packet) {
            self.act(at, &head, have, now);
        }
    }

    fn message(&mut self, at: usize, packet: &str, now: Instant) {
        if self.sessions[at].collecting.is_some() {
            return self.offend(at, "text in place of an attachment");
        }
        self.received.push(packet.to_string());
        let Some(head) = head(packet) else { return self.offend(at, "a packet that cannot be read") };
        if head.attachments > 0 {
            self.sessions[at].collecting = Some((packet.to_string(), head.attachments, Vec::new()));
        } else {
            self.act(at, &head, Vec::new(), now);
        }
    }
}

/// `<type>[<count>-][/namespace,][<id>]<json>`
fn head(packet: &str) -> Option<Head<'_>> {
    let kind = packet.bytes().next().filter(u8::is_ascii_digit)? - b'0';
    let mut rest = &packet[1..];
    let mut attachments = 0;
    if kind >= 5 {
        let (count, behind) = rest.split_once('-')?;
        attachments = count.parse().ok()?;
        rest = behind;
    }
    let mut namespace = "/";
    if rest.starts_with('/') {
        (namespace, rest) = rest.split_once(',').unwrap_or((rest, ""));
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (id, json) = rest.split_at(digits);
    Some(Head { kind, attachments, namespace, id, json })
}
