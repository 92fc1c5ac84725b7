//! `ByteString` as the text of a packet: a piece of a frame is a view of it, never a copy.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "positions in what is in memory, which end far below the largest number"
)]

use alloc::{string::String, vec::Vec};

use bytestring::ByteString;

use super::Text;

/// Units are bytes. Where a position falls into the middle of a character, the character's start is meant.
impl Text for ByteString {
    fn from_str(text: &str) -> Self {
        Self::from(text)
    }

    fn units(&self) -> usize {
        self.len()
    }

    fn ascii(&self, at: usize) -> u8 {
        self.as_bytes().get(at).copied().filter(u8::is_ascii).unwrap_or(0)
    }

    fn find(&self, byte: u8, from: usize) -> usize {
        let rest = self.as_bytes().get(from..).unwrap_or_default();
        memchr::memchr(byte, rest).map_or(self.len(), |at| from + at)
    }

    fn slice(&self, from: usize, to: usize) -> Self {
        let part = self.get(self.floor_char_boundary(from)..self.floor_char_boundary(to));
        part.map_or_else(Self::new, |part| self.slice_ref(part))
    }

    fn prefixed(self, head: &str) -> Self {
        let mut text = String::with_capacity(head.len() + self.len());
        text.push_str(head);
        text.push_str(&self);
        text.into()
    }

    fn joined(parts: Vec<Self>) -> Self {
        let length = parts.iter().map(|part| part.len()).sum::<usize>() + parts.len().saturating_sub(1);
        let mut parts = parts.into_iter();
        let Some(first) = parts.next() else { return Self::new() };
        if parts.len() == 0 {
            return first;
        }
        let mut text = String::with_capacity(length);
        text.push_str(&first);
        for part in parts {
            text.push(RECORD_SEPARATOR);
            text.push_str(&part);
        }
        text.into()
    }

    fn utf8_len(&self) -> usize {
        self.len()
    }

    fn is(&self, text: &str) -> bool {
        &**self == text
    }

    fn to_str(&self) -> &str {
        self
    }

    fn is_plain(&self, max: usize) -> bool {
        let plain = |byte: u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':' | b'=' | b'+' | b'/')
        };
        !self.is_empty() && self.len() <= max && self.bytes().all(plain)
    }
}

/// Between the packets of one polling body (P-50).
const RECORD_SEPARATOR: char = '\u{1e}';

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    #[test]
    fn a_slice_is_a_view_of_the_same_memory() {
        let text = ByteString::from("42/admin,[\"a\"]");
        let part = text.slice(9, 14);
        assert_eq!(part, "[\"a\"]");
        assert!(core::ptr::eq(part.as_ptr(), &raw const text.as_bytes()[9]));
    }

    #[test]
    fn the_ends_of_a_slice_are_clamped_and_fall_back_to_the_start_of_a_character() {
        let text = ByteString::from("aé😀");
        assert_eq!(text.slice(0, 99), "aé😀");
        assert_eq!(text.slice(7, 99), "");
        assert_eq!(text.slice(99, 100), "");
        assert_eq!(text.slice(3, 1), "");
        assert_eq!(text.slice(2, 6), "é");
        assert_eq!(text.slice(4, 5), "");
    }

    #[test]
    fn only_ascii_is_a_unit_to_look_at() {
        let text = ByteString::from("aé");
        assert_eq!((text.ascii(0), text.ascii(1), text.ascii(3)), (b'a', 0, 0));
    }

    #[test]
    fn a_search_starts_where_it_is_told() {
        let text = ByteString::from("a,b,c");
        assert_eq!((text.find(b',', 0), text.find(b',', 2), text.find(b',', 4)), (1, 3, text.units()));
        assert_eq!(text.find(b',', 99), text.units());
    }

    #[test]
    fn parts_are_joined_by_the_record_separator() {
        assert_eq!(Text::joined(Vec::<ByteString>::new()), ByteString::new());
        assert_eq!(Text::joined(vec![ByteString::from("2")]), "2");
        assert_eq!(Text::joined(vec![ByteString::from("2"), ByteString::from("4é")]), "2\u{1e}4é");
    }

    #[test]
    fn a_head_goes_before_the_text() {
        assert_eq!(ByteString::from("[1]").prefixed("42"), "42[1]");
    }
}
