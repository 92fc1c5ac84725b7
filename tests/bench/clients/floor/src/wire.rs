//! Packets from and to frames: serde straight over the frame's text, borrowed where the value can be.

use bench_common::{Result, payload::Item};
use serde::{Deserialize, Serialize, de};
use std::fmt;
use tokio_tungstenite::tungstenite::Message;

/// What the server sends once it is connected.
pub enum Packet<'a> {
    Tick(&'a str),
    Batch(Vec<Item>),
    Done(u64),
    Ack(u64, &'a str),
    /// Anything else.
    Other,
}

/// Reads a packet: the type by its first bytes, the rest in one pass of `serde_json`.
pub fn parse(text: &str) -> Result<Packet<'_>> {
    if text.starts_with("42[") {
        return Ok(serde_json::from_str(&text[2..])?);
    }
    let Some(rest) = text.strip_prefix("43") else { return Ok(Packet::Other) };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (id, json) = rest.split_at(digits);
    let (argument,): (&str,) = serde_json::from_str(json)?;
    Ok(Packet::Ack(id.parse()?, argument))
}

/// An event of one argument, serialized right behind its packet types. (One buffer shared by the messages of a burst
/// instead of one allocation each was tried: no difference.)
pub fn event<T: Serialize>(types: &str, name: &str, argument: &T) -> Result<Message> {
    let mut json = Vec::with_capacity(128);
    json.extend_from_slice(types.as_bytes());
    serde_json::to_writer(&mut json, &(name, argument))?;
    Ok(Message::text(String::from_utf8(json)?))
}

impl<'de> Deserialize<'de> for Packet<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_seq(Event)
    }
}

/// `["name", argument]`: the name decides what the argument is.
struct Event;

impl<'de> de::Visitor<'de> for Event {
    type Value = Packet<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an event")
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Packet<'de>, A::Error> {
        let missing = |at| de::Error::invalid_length(at, &"an event");
        let name: &str = seq.next_element()?.ok_or_else(|| missing(0))?;
        let packet = match name {
            "tick" => seq.next_element()?.map(Packet::Tick),
            "batch" => seq.next_element()?.map(Packet::Batch),
            "done" => seq.next_element()?.map(Packet::Done),
            _ => Some(Packet::Other),
        };
        packet.ok_or_else(|| missing(1))
    }
}
