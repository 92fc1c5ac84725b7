//! From frames to packets.
//!
//! ```text
//!   5 2 - / a d m i n , 1 3 [ … ]
//!   │ │   │             │   └ payload, read by the wire
//!   │ │   │             └ ack id
//!   │ │   └ namespace, without one: /
//!   │ └ attachments that follow
//!   └ type
//! ```

#![allow(
    clippy::arithmetic_side_effects,
    reason = "positions in a text that only grow, and digits that the patterns have seen; numbers are checked"
)]

use alloc::vec::Vec;

use super::{Socket, packet};
use crate::{
    config::{Limits, millis},
    error::ParseError,
    time::Instant,
    wire::{Frame, Shape, Text, Wire},
};

/// What a server sent, and to which namespace.
pub(crate) struct Packet<W: Wire> {
    /// `None` is `/`.
    pub(crate) namespace: Option<W::Text>,
    pub(crate) content: Content<W>,
}

pub(crate) enum Content<W: Wire> {
    /// The answer to CONNECT: `{sid, pid?}`, if there was one.
    Connect(Option<W::Text>),
    Disconnect,
    Event(W::Args, Option<u64>),
    Ack(W::Args, u64),
    ConnectError(Option<W::Text>),
}

impl<W: Wire> Packet<W> {
    /// Which of these namespaces it is for.
    pub(crate) fn place(&self, sockets: &[Socket<W>]) -> Option<usize> {
        let name = self.namespace.as_ref().filter(|it| !it.is("/"));
        sockets.iter().position(|it| it.name() == name)
    }
}

/// One for each connection: attachments follow their packet whatever the namespace.
///
/// ```text
///              text without attachments ──▶ packet
///   Ready ──┤
///     ▲        text that announces n      ──▶ Collecting(n) ── binary × n ──▶ packet
///     └───────────────────────────────────────────┘
/// ```
pub(crate) struct Decoder<W: Wire> {
    collecting: Option<Collecting<W>>,
}

struct Collecting<W: Wire> {
    header: Header<W>,
    text: W::Text,
    attachments: Vec<W::Binary>,
    bytes: usize,
    deadline: Instant,
}

struct Header<W: Wire> {
    kind: u8,
    attachments: usize,
    namespace: Option<W::Text>,
    id: Option<u64>,
    /// Where the payload starts.
    payload: usize,
}

impl<W: Wire> Decoder<W> {
    pub(crate) fn new() -> Self {
        Self { collecting: None }
    }

    /// A Socket.IO packet, whose text starts at unit 1, or an attachment; `None` while attachments are awaited.
    pub(crate) fn frame(
        &mut self,
        frame: Frame<W>,
        limits: &Limits,
        now: Instant,
    ) -> Result<Option<Packet<W>>, ParseError> {
        match frame {
            Frame::Text(text) => self.text(text, limits, now),
            Frame::Binary(bytes) => self.binary(bytes, limits),
        }
    }

    fn text(
        &mut self,
        text: W::Text,
        limits: &Limits,
        now: Instant,
    ) -> Result<Option<Packet<W>>, ParseError> {
        if self.collecting.is_some() {
            return Err(ParseError::UnexpectedText);
        }
        let header = Reader::<W> { text: &text, at: 1 }.header(limits)?;
        if header.attachments == 0 {
            return packet(header, text, Vec::new()).map(Some);
        }
        if header.payload >= text.units() {
            return Err(ParseError::Payload);
        }
        let deadline = now.plus(millis(limits.attachment_time));
        self.collecting = Some(Collecting { header, text, attachments: Vec::new(), bytes: 0, deadline });
        Ok(None)
    }

    fn binary(&mut self, bytes: W::Binary, limits: &Limits) -> Result<Option<Packet<W>>, ParseError> {
        let Some(mut it) = self.collecting.take() else { return Err(ParseError::UnexpectedBinary) };
        it.bytes = it.bytes.saturating_add(W::binary_len(&bytes));
        if it.bytes > limits.attachment_bytes {
            return Err(ParseError::AttachmentsTooLarge);
        }
        it.attachments.push(bytes);
        if it.attachments.len() < it.header.attachments {
            self.collecting = Some(it);
            return Ok(None);
        }
        packet(it.header, it.text, it.attachments).map(Some)
    }

    /// When the attachments have taken too long (F084).
    pub(crate) fn deadline(&self) -> Instant {
        self.collecting.as_ref().map_or(Instant::NEVER, |it| it.deadline)
    }
}

/// The payload must fit the type.
fn packet<W: Wire>(
    header: Header<W>,
    text: W::Text,
    attachments: Vec<W::Binary>,
) -> Result<Packet<W>, ParseError> {
    let at = header.payload;
    let starts_with = |with: &[u8]| with.contains(&text.ascii(at));
    let absent = at >= text.units();
    let body = || if absent { None } else { Some(text.slice(at, text.units())) };
    let content = match header.kind {
        packet::CONNECT if absent || starts_with(b"{") => Content::Connect(body()),
        packet::DISCONNECT if absent => Content::Disconnect,
        packet::CONNECT_ERROR if absent || starts_with(b"{\"") => Content::ConnectError(body()),
        packet::EVENT | packet::BINARY_EVENT => {
            Content::Event(W::decode(Shape::Event, text, at, attachments)?, header.id)
        }
        packet::ACK | packet::BINARY_ACK => {
            let id = header.id.ok_or(ParseError::Id)?;
            Content::Ack(W::decode(Shape::Ack, text, at, attachments)?, id)
        }
        _ => return Err(ParseError::Payload),
    };
    Ok(Packet { namespace: header.namespace, content })
}

/// Walks the header.
struct Reader<'a, W: Wire> {
    text: &'a W::Text,
    at: usize,
}

impl<W: Wire> Reader<'_, W> {
    fn header(&mut self, limits: &Limits) -> Result<Header<W>, ParseError> {
        let kind = match self.text.ascii(1) {
            byte @ b'0'..=b'6' => byte - b'0',
            _ if self.text.units() < 2 => return Err(ParseError::EmptyMessage),
            _ => return Err(ParseError::UnknownType),
        };
        self.at = 2;
        let attachments = if kind >= packet::BINARY_EVENT { self.attachments(limits)? } else { 0 };
        let namespace = if self.text.ascii(self.at) == b'/' { Some(self.namespace(limits)?) } else { None };
        let id = self.number(ParseError::Id)?;
        let takes_id = matches!(kind, packet::EVENT | packet::ACK) || kind >= packet::BINARY_EVENT;
        if id.is_some_and(|id| id > packet::MAX_ID || !takes_id) {
            return Err(ParseError::Id);
        }
        Ok(Header { kind, attachments, namespace, id, payload: self.at })
    }

    fn attachments(&mut self, limits: &Limits) -> Result<usize, ParseError> {
        let count = self.number(ParseError::IllegalAttachments)?;
        if self.text.ascii(self.at) != b'-' {
            return Err(ParseError::IllegalAttachments);
        }
        self.at += 1;
        match count {
            // None was announced, and something would be collected without end (F065).
            None | Some(0) => Err(ParseError::IllegalAttachments),
            Some(count) => match usize::try_from(count) {
                Ok(count) if count <= limits.attachments => Ok(count),
                _ => Err(ParseError::TooManyAttachments),
            },
        }
    }

    /// Up to a comma, or to the end (P-81).
    fn namespace(&mut self, limits: &Limits) -> Result<W::Text, ParseError> {
        let from = self.at;
        let to = self.text.find(b',', from);
        if to - from > limits.namespace {
            return Err(ParseError::Namespace);
        }
        self.at = to + 1;
        Ok(self.text.slice(from, to))
    }

    /// Digits, without a sign, a space or a leading zero (F064, F068).
    fn number(&mut self, error: ParseError) -> Result<Option<u64>, ParseError> {
        let from = self.at;
        let mut value = 0_u64;
        while let byte @ b'0'..=b'9' = self.text.ascii(self.at) {
            let digit = u64::from(byte - b'0');
            value = value.checked_mul(10).and_then(|it| it.checked_add(digit)).ok_or(error)?;
            self.at += 1;
        }
        let leading_zero = self.at - from > 1 && self.text.ascii(from) == b'0';
        if leading_zero { Err(error) } else { Ok((self.at > from).then_some(value)) }
    }
}
