//! The address of a request (section 1.2).

use alloc::string::String;

use crate::{
    config::{Config, Transport},
    ground::Ground,
    time::Instant,
    wire::{Text, Wire},
};

/// Of a request over `transport`, in the session `sid` if there is one yet.
pub(crate) fn request<W: Wire>(ground: &mut Ground, transport: Transport, sid: Option<&W::Text>) -> String {
    build(ground, transport, sid.map_or("", Text::to_str))
}

fn build(ground: &mut Ground, transport: Transport, sid: &str) -> String {
    let stamped = ground.config.timestamp_requests.unwrap_or(transport == Transport::Polling);
    let chance = if stamped { ground.rng.next() } else { 0 };
    let config = &ground.config;
    let mut url = String::with_capacity(128);
    push_endpoint(&mut url, config, transport);
    if transport == Transport::WebTransport {
        // P-31
        return url;
    }
    url.push('?');
    for (key, value) in &config.query {
        push_pair(&mut url, key, value);
    }
    push_pair(&mut url, "EIO", "4");
    push_pair(&mut url, "transport", transport.as_str());
    if stamped {
        push_pair(&mut url, &config.timestamp_param, "");
        push_cache_buster(&mut url, ground.now, chance);
    }
    if !sid.is_empty() {
        push_pair(&mut url, "sid", sid);
    }
    // P-13
    if config.force_base64 && (transport == Transport::WebSocket || sid.is_empty()) {
        push_pair(&mut url, "b64", "1");
    }
    url
}

fn push_endpoint(url: &mut String, config: &Config, transport: Transport) {
    let origin = config.origin.as_str();
    match (transport, origin.strip_prefix("http")) {
        (Transport::WebSocket, Some(rest)) => {
            url.push_str("ws");
            url.push_str(rest);
        }
        _ => url.push_str(origin),
    }
    let path = config.path.strip_suffix('/').unwrap_or(&config.path);
    if !path.starts_with('/') {
        url.push('/');
    }
    url.push_str(path);
    if config.add_trailing_slash {
        url.push('/');
    }
}

fn push_pair(url: &mut String, key: &str, value: &str) {
    if !url.ends_with('?') {
        url.push('&');
    }
    push_encoded(url, key);
    url.push('=');
    push_encoded(url, value);
}

/// As `encodeURIComponent` does.
fn push_encoded(url: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')')
        {
            url.push(char::from(byte));
        } else {
            url.push('%');
            push_digit(url, u32::from(byte >> 4), HEX);
            push_digit(url, u32::from(byte & 15), HEX);
        }
    }
}

/// Eight characters: five of the clock, three of chance (P-12).
fn push_cache_buster(url: &mut String, now: Instant, chance: u32) {
    #[expect(clippy::cast_possible_truncation, reason = "the tail of the clock is what is wanted")]
    let mut rest = now.as_millis() as u32;
    for place in 0..8 {
        if place == 5 {
            rest = chance;
        }
        push_digit(url, rest % 36, BASE36);
        rest /= 36;
    }
}

fn push_digit(text: &mut String, digit: u32, digits: &[u8]) {
    if let Some(byte) = digits.get(digit as usize) {
        text.push(char::from(*byte));
    }
}

const HEX: &[u8] = b"0123456789ABCDEF";
const BASE36: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";

#[cfg(test)]
mod tests {
    use super::*;

    fn url(change: impl Fn(&mut Config), transport: Transport, sid: &str) -> String {
        let mut config = Config::new("https://example.com:8443");
        config.timestamp_requests = Some(false);
        change(&mut config);
        build(&mut Ground::new(config, Instant::ZERO), transport, sid)
    }

    #[test]
    fn keys_come_in_order() {
        // P-10, P-11, P-13, P-14
        let query = |c: &mut Config| {
            c.query.push((String::from("a b"), String::from("ü&")));
            c.force_base64 = true;
        };
        assert_eq!(
            url(query, Transport::Polling, ""),
            "https://example.com:8443/socket.io/?a%20b=%C3%BC%26&EIO=4&transport=polling&b64=1"
        );
        assert_eq!(
            url(query, Transport::WebSocket, "x/y"),
            "wss://example.com:8443/socket.io/?a%20b=%C3%BC%26&EIO=4&transport=websocket&sid=x%2Fy&b64=1"
        );
    }

    #[test]
    fn webtransport_has_no_query() {
        // P-31
        assert_eq!(url(|_| (), Transport::WebTransport, "x"), "https://example.com:8443/socket.io/");
    }

    #[test]
    fn slashes() {
        // P-10
        assert!(url(|c| c.path = String::from("/a/"), Transport::Polling, "").contains("/a/?"));
        assert!(url(|c| c.add_trailing_slash = false, Transport::Polling, "").contains("/socket.io?"));
    }

    #[test]
    fn the_cache_buster_has_eight_characters_and_changes() {
        // P-12
        let mut ground = Ground::new(Config::new("http://h"), Instant::from_millis(1_795_000_000_000));
        let one = build(&mut ground, Transport::Polling, "");
        let two = build(&mut ground, Transport::Polling, "");
        let stamp = one.rsplit("t=").next().expect("there");
        assert_eq!(stamp.len(), 8);
        assert_ne!(one, two);
    }

    #[test]
    fn a_secret_cannot_leave_its_place() {
        // F004
        assert!(url(|_| (), Transport::Polling, "a\r\nb&c#d").ends_with("sid=a%0D%0Ab%26c%23d"));
    }
}
