//! The body of an OPEN packet (P-30).

#![allow(clippy::arithmetic_side_effects, reason = "positions in a text, and two spans of 31 bits each")]

use super::heartbeat::bounded;
use crate::{
    config::Transport,
    error::ParseError,
    wire::{ABSENT, Text, WRONG, Wire},
};

/// What the server says at the start of a session.
pub(crate) struct Handshake<T> {
    /// A secret: whoever has it has the session (P-33).
    pub(crate) sid: T,
    /// How long the server may stay silent, in milliseconds: `pingInterval + pingTimeout` (P-40).
    pub(crate) silence: u64,
    /// How long it waits for a pong, and how long we let a write take (F049).
    pub(crate) ping_timeout: u64,
    /// The longest body or message it takes, in bytes.
    pub(crate) max_payload: usize,
    body: T,
}

impl<T: Text> Handshake<T> {
    /// `text` starts with the packet's type.
    pub(crate) fn parse<W: Wire<Text = T>>(text: &T, max_sid: usize) -> Result<Self, ParseError> {
        let body = text.slice(1, text.units());
        let beat = |key| match W::number(&body, key) {
            0 | ABSENT | WRONG => None,
            millis => Some(bounded(millis)),
        };
        let max_payload = match W::number(&body, "maxPayload") {
            0 | WRONG => Err(ParseError::HandshakeMaxPayload),
            // Absent is as large as can be.
            max => Ok(usize::try_from(max).unwrap_or(usize::MAX)),
        };
        let Some(sid) = W::string(&body, Some("sid")).filter(|sid| (1..=max_sid).contains(&sid.units()))
        else {
            return Err(if W::is_object(&body) { ParseError::HandshakeSid } else { ParseError::Handshake });
        };
        let (Some(interval), Some(ping_timeout)) = (beat("pingInterval"), beat("pingTimeout")) else {
            return Err(ParseError::HandshakeHeartbeat);
        };
        Ok(Self { sid, silence: interval + ping_timeout, ping_timeout, max_payload: max_payload?, body })
    }

    /// Anything but a list that names it means that there is nothing to upgrade to (F007).
    pub(crate) fn offers<W: Wire<Text = T>>(&self, transport: Transport) -> bool {
        W::lists(&self.body, "upgrades", transport.as_str())
    }

    /// Only python-engineio names the time-out first (P-56).
    pub(crate) fn is_from_python(&self) -> bool {
        let body = self.body.to_str();
        body.find("\"pingTimeout\"") < body.find("\"pingInterval\"")
    }

    /// An Engine.IO 3 server prefixes each packet with its length: `97:0{"sid":…` (F003).
    #[expect(clippy::extra_unused_type_parameters, reason = "where the host reads handshakes, it is asked")]
    pub(crate) fn is_from_older_server<W: Wire<Text = T>>(text: &T) -> bool {
        let mut at = 0;
        while text.ascii(at).is_ascii_digit() {
            at += 1;
        }
        at > 0 && text.ascii(at) == b':' && text.ascii(at + 1) == b'0' && text.ascii(at + 2) == b'{'
    }
}

#[cfg(all(test, feature = "json"))]
mod tests {
    use super::*;
    use crate::wire::Json;

    fn parse(text: &str) -> Result<Handshake<<Json as Wire>::Text>, ParseError> {
        Handshake::parse::<Json>(&alloc::format!("0{text}").into(), 256)
    }

    #[test]
    fn the_usual_one() {
        let text = r#"{"sid":"a","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#;
        let it = parse(text).expect("valid");
        assert_eq!((&*it.sid, it.silence, it.max_payload), ("a", 45_000, 1_000_000));
        assert!(it.offers::<Json>(Transport::WebSocket) && !it.offers::<Json>(Transport::Polling));
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
            assert!(!parse(&text).expect("valid").offers::<Json>(Transport::WebSocket), "{text}");
        }
    }
}
