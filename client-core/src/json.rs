//! A reader for the three small JSON objects that the protocol itself reads: the handshake, the answer to
//! CONNECT, and errors; for a wire that has no other. It reads flat: a nested value comes out as its text.
//!
//! Payloads never pass through here. It takes any input without recursion, in one pass a look-up.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "positions in a text, digits and halves of a character that the patterns have seen; numbers are checked"
)]

use alloc::string::String;

/// A JSON object.
pub(crate) struct Object<'a>(&'a str);

impl<'a> Object<'a> {
    /// `None` when the text is not one complete object and nothing else.
    pub(crate) fn new(text: &'a str) -> Option<Self> {
        let mut at = Cursor { text, at: 0 };
        at.space();
        if at.peek() != Some(b'{') {
            return None;
        }
        at.value()?;
        at.space();
        if at.peek().is_some() { None } else { Some(Self(text)) }
    }

    /// The text of a member; of the last one where a key is there twice, as JavaScript has it (B-32).
    pub(crate) fn raw(&self, key: &str) -> Option<&'a str> {
        let mut at = Cursor { text: self.0, at: 0 };
        let mut found = None;
        at.space();
        at.at += 1;
        loop {
            at.space();
            if at.peek() != Some(b'"') {
                return found;
            }
            let name = at.value()?;
            at.space();
            at.at += 1;
            at.space();
            let value = at.value()?;
            if unescape(name).as_deref() == Some(key) {
                found = Some(value);
            }
            at.space();
            at.at += 1;
        }
    }
}

/// A JSON number that is whole and not negative; a fraction is cut off, an exponent is not read.
pub(crate) fn number(text: &str) -> Option<u64> {
    let mut bytes = text.bytes();
    let mut value = 0_u64;
    let mut digits = 0;
    for byte in bytes.by_ref() {
        match byte {
            b'0'..=b'9' => value = value.checked_mul(10)?.checked_add(u64::from(byte - b'0'))?,
            b'.' if digits > 0 => break,
            _ => return None,
        }
        digits += 1;
    }
    (digits > 0 && bytes.all(|byte| byte.is_ascii_digit())).then_some(value)
}

/// The content of a JSON string; `None` when it is none.
pub(crate) fn unescape(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(next) = chars.next() {
        if next != '\\' {
            out.push(next);
            continue;
        }
        out.push(match chars.next()? {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => escaped(&mut chars)?,
            other => other,
        });
    }
    Some(out)
}

/// After `\u`: four digits, or a pair of surrogates; half a pair cannot be a `char` and is replaced.
fn escaped(chars: &mut core::str::Chars<'_>) -> Option<char> {
    let high = hex4(chars)?;
    if !(0xd800..0xdc00).contains(&high) {
        return Some(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    let rest = chars.as_str();
    let mut ahead = rest.strip_prefix("\\u").map(str::chars);
    if let Some(low) = ahead.as_mut().and_then(hex4)
        && (0xdc00..0xe000).contains(&low)
    {
        hex4_skip(chars);
        return char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
    }
    Some(char::REPLACEMENT_CHARACTER)
}

fn hex4(chars: &mut core::str::Chars<'_>) -> Option<u32> {
    let mut value = 0;
    for _ in 0..4 {
        value = value << 4 | chars.next()?.to_digit(16)?;
    }
    Some(value)
}

/// Over `\uXXXX`, known to be there.
fn hex4_skip(chars: &mut core::str::Chars<'_>) {
    for _ in 0..6 {
        chars.next();
    }
}

/// Walks JSON text without building anything.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Over one value, whose text it returns. Brackets are counted and not matched by kind: what is wrong
    /// inside a nested value is for whoever reads that.
    fn value(&mut self) -> Option<&'a str> {
        let from = self.at;
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => self.string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' => {
                    if depth == 0 {
                        return None;
                    }
                    self.at += 1;
                }
                _ => self.word(),
            }
            if depth == 0 {
                return self.text.get(from..self.at);
            }
        }
    }

    fn string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(())
    }

    /// A number, `true`, `false`, `null`.
    fn word(&mut self) {
        while !matches!(self.peek(), None | Some(b',' | b':' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_by_key() {
        let it = Object::new(r#" {"a" : "x\n\u00e9\ud83d\ude00", "b":{"a":[1,"}"]},"c":12.9, "c":7} "#)
            .expect("an object");
        assert_eq!(it.raw("a").and_then(unescape).as_deref(), Some("x\né😀"));
        assert_eq!(it.raw("b"), Some(r#"{"a":[1,"}"]}"#));
        assert_eq!(it.raw("c"), Some("7"));
        assert_eq!(it.raw("d"), None);
    }

    #[test]
    fn what_is_no_object() {
        for text in ["", "null", "[]", "{", r#"{"a"#, r#"{"a":1}x"#, r#"{"a":"\"#, "}{"] {
            assert!(Object::new(text).is_none(), "{text}");
        }
    }

    #[test]
    fn odd_members_do_not_trap() {
        for text in ["{,}", r#"{"a"}"#, r#"{"a":}"#, r#"{"a" 1}"#, "{1:2}", r#"{"a":1 "b":2}"#] {
            if let Some(object) = Object::new(text) {
                object.raw("b");
                object.raw("a").and_then(unescape);
            }
        }
    }

    #[test]
    fn numbers() {
        for (text, value) in [
            ("0", Some(0)),
            ("12", Some(12)),
            ("1.5", Some(1)),
            ("-1", None),
            ("1e3", None),
            ("", None),
            (".5", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(number(text), value, "{text}");
        }
    }

    #[test]
    fn lone_surrogates_are_replaced() {
        assert_eq!(unescape(r#""\ud800x""#).as_deref(), Some("\u{fffd}x"));
        assert_eq!(unescape(r#""\ud800\ud800""#).as_deref(), Some("\u{fffd}\u{fffd}"));
    }
}
