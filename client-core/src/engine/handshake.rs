//! The body of an OPEN packet (P-30).

use alloc::string::String;

use crate::{
    config::Transport,
    error::ParseError,
    wire::{Member, Text, Wire},
};

/// What the server says at the start of a session.
pub(crate) struct Handshake {
    /// A secret: whoever has it has the session (P-33).
    pub(crate) sid: String,
    /// How long the server may stay silent, in milliseconds: `pingInterval + pingTimeout` (P-40).
    pub(crate) silence: u64,
    /// How long it waits for a pong, and how long we let a write take (F049).
    pub(crate) ping_timeout: u64,
    /// The longest body or message it takes, in bytes.
    pub(crate) max_payload: usize,
    /// What it offers to upgrade to, as JSON; empty when it offers nothing that can be read.
    upgrades: String,
}

impl Handshake {
    /// `text` starts with the packet's type.
    pub(crate) fn parse<W: Wire>(text: &W::Text, max_sid: usize) -> Result<Self, ParseError> {
        let body = text.slice(1, text.units());
        let member = |key| W::member(&body, Some(key)).ok_or(ParseError::Handshake);
        let beat = |key| match member(key)? {
            Member::Number(millis @ 1..) => Ok(clamp(millis)),
            _ => Err(ParseError::HandshakeHeartbeat),
        };
        let sid = match member("sid")? {
            Member::Text(sid) if !sid.is_empty() && sid.len() <= max_sid => sid,
            _ => return Err(ParseError::HandshakeSid),
        };
        let (interval, ping_timeout) = (beat("pingInterval")?, beat("pingTimeout")?);
        let max_payload = match member("maxPayload")? {
            Member::Absent => usize::MAX,
            Member::Number(max @ 1..) => usize::try_from(max).unwrap_or(usize::MAX),
            _ => return Err(ParseError::HandshakeMaxPayload),
        };
        // Anything but a list that names it means that there is nothing to upgrade to (F007).
        let upgrades = match member("upgrades")? {
            Member::Other(list) if list.starts_with('[') => list,
            _ => String::new(),
        };
        Ok(Self { sid, silence: interval + ping_timeout, ping_timeout, max_payload, upgrades })
    }

    pub(crate) fn offers(&self, transport: Transport) -> bool {
        match transport {
            Transport::Polling => false,
            Transport::WebSocket => has(&self.upgrades, "\"websocket\""),
            Transport::WebTransport => has(&self.upgrades, "\"webtransport\""),
        }
    }

    /// An Engine.IO 3 server prefixes each packet with its length: `97:0{"sid":…` (F003).
    pub(crate) fn is_from_older_server(text: &impl Text) -> bool {
        let mut at = 0;
        while text.ascii(at).is_ascii_digit() {
            at += 1;
        }
        at > 0 && text.ascii(at) == b':' && text.ascii(at + 1) == b'0' && text.ascii(at + 2) == b'{'
    }
}

/// A server that asks for less than a second would have us spin, one that asks for more than 2³¹−1 ms would
/// overflow a browser's timer (F005, F006).
fn clamp(millis: u64) -> u64 {
    millis.clamp(1_000, 0x7fff_ffff)
}

/// `str::contains` brings a whole search algorithm into a page; a list of upgrades is short.
fn has(list: &str, name: &str) -> bool {
    list.as_bytes().windows(name.len()).any(|window| window == name.as_bytes())
}

#[cfg(all(test, feature = "json"))]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Handshake, ParseError> {
        Handshake::parse::<crate::wire::Json>(&alloc::format!("0{text}").into(), 256)
    }

    #[test]
    fn the_usual_one() {
        let text = r#"{"sid":"a","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#;
        let it = parse(text).expect("valid");
        assert_eq!((it.sid.as_str(), it.silence, it.max_payload), ("a", 45_000, 1_000_000));
        assert!(it.offers(Transport::WebSocket) && !it.offers(Transport::Polling));
    }

    #[test]
    fn what_is_missing_is_named() {
        // B-03, B-05, F004, F005, F008
        for (text, error) in [
            ("", ParseError::Handshake),
            ("null", ParseError::Handshake),
            ("[]", ParseError::Handshake),
            ("{}", ParseError::HandshakeSid),
            (r#"{"sid":1}"#, ParseError::HandshakeSid),
            (r#"{"sid":""}"#, ParseError::HandshakeSid),
            (r#"{"sid":"a"}"#, ParseError::HandshakeHeartbeat),
            (r#"{"sid":"a","pingInterval":0,"pingTimeout":1}"#, ParseError::HandshakeHeartbeat),
            (r#"{"sid":"a","pingInterval":-5,"pingTimeout":1}"#, ParseError::HandshakeHeartbeat),
            (r#"{"sid":"a","pingInterval":"5","pingTimeout":1}"#, ParseError::HandshakeHeartbeat),
            (
                r#"{"sid":"a","pingInterval":5,"pingTimeout":5,"maxPayload":0}"#,
                ParseError::HandshakeMaxPayload,
            ),
        ] {
            assert_eq!(parse(text).err(), Some(error), "{text}");
        }
    }

    #[test]
    fn extreme_heartbeats_are_clamped() {
        // F005, F006
        let short = parse(r#"{"sid":"a","pingInterval":1,"pingTimeout":1}"#).expect("valid");
        assert_eq!(short.silence, 2_000);
        let long = parse(r#"{"sid":"a","pingInterval":1099511627776,"pingTimeout":1}"#).expect("valid");
        assert_eq!(long.silence, 0x7fff_ffff + 1_000);
    }

    #[test]
    fn odd_upgrades_are_none() {
        // B-04, F007
        for upgrades in
            ["", r#""upgrades":"websocket","#, r#""upgrades":null,"#, r#""upgrades":["carrier pigeon"],"#]
        {
            let text = alloc::format!(r#"{{{upgrades}"sid":"a","pingInterval":25000,"pingTimeout":20000}}"#);
            assert!(!parse(&text).expect("valid").offers(Transport::WebSocket), "{text}");
        }
    }
}
