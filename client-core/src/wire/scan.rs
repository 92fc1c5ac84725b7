//! What the machine must know of an array of arguments, read off its JSON text without parsing it.
//!
//! Both ends are looked at, and the middle is left to serde: a payload is parsed once, when the application
//! reads it. Therefore everything here answers for text that is no JSON at all, too; it never fails otherwise
//! than by `None`.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "positions in what is in memory, which end far below the largest number"
)]

use alloc::{borrow::Cow, string::String};

use memchr::{memchr, memchr2, memrchr};
use serde::de::IgnoredAny;

/// What is between the brackets, if `text` is an array at its ends.
pub(super) fn array(text: &str) -> Option<&str> {
    trim(text).strip_prefix('[')?.strip_suffix(']').map(trim)
}

/// The event's name: the first element of the array, a string or a number (B-14).
///
/// A number is given as it is written; JavaScript would look up its shortest form.
pub(super) fn name(text: &str) -> Option<Cow<'_, str>> {
    plain_name(text).map(Cow::Borrowed).or_else(|| any_name(text))
}

/// The name in the form that every server writes it: nothing escaped, no white space.
fn plain_name(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("[\"")?;
    let end = memchr2(b'"', b'\\', inside.as_bytes())?;
    let ends_well =
        text.ends_with(']') && matches!(inside.as_bytes().get(end..end + 2), Some(b"\"," | b"\"]"));
    if ends_well { inside.get(..end) } else { None }
}

fn any_name(text: &str) -> Option<Cow<'_, str>> {
    let inside = array(text)?;
    let end = match inside.bytes().next()? {
        b'"' => string_end(inside)?,
        _ => inside
            .find(|unit: char| !unit.is_ascii_alphanumeric() && !".+-".contains(unit))
            .unwrap_or(inside.len()),
    };
    let (literal, rest) = inside.split_at_checked(end)?;
    let rest = trim(rest);
    if !(rest.is_empty() || rest.starts_with(',')) {
        return None;
    }
    if literal.starts_with('"') { unescape(literal) } else { number(literal).map(Cow::Borrowed) }
}

/// The last element of the array if it is a string and not the only element (P-102).
pub(super) fn last_string(text: &str) -> Option<Cow<'_, str>> {
    unescape(split_last_string(array(text)?)?.1)
}

/// The elements before the last, without brackets; `None` if there are none.
pub(super) fn before_last(text: &str) -> Option<&str> {
    let inside = array(text)?;
    match split_last_string(inside) {
        Some((head, _)) => Some(head),
        None => inside.get(..last_comma(inside)?),
    }
}

/// What is before the last comma, and the string that is after it.
fn split_last_string(inside: &str) -> Option<(&str, &str)> {
    let bytes = inside.as_bytes();
    let mut open = bytes.strip_suffix(b"\"")?.len();
    // The first quote from behind that nothing escapes opens the last string.
    loop {
        open = memrchr(b'"', bytes.get(..open)?)?;
        let escapes = bytes.get(..open)?.iter().rev().take_while(|byte| **byte == b'\\').count();
        if escapes % 2 == 0 {
            break;
        }
    }
    let (before, literal) = inside.split_at_checked(open)?;
    Some((trim(before).strip_suffix(',')?, literal))
}

/// Where the last comma is that separates two elements of this array and not of one inside it.
fn last_comma(inside: &str) -> Option<usize> {
    let (mut at, mut depth, mut comma) = (0, 0_usize, None);
    while let Some(byte) = inside.as_bytes().get(at) {
        match byte {
            b'"' => {
                at += string_end(inside.get(at..)?)?;
                continue;
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.checked_sub(1)?,
            b',' if depth == 0 => comma = Some(at),
            _ => {}
        }
        at += 1;
    }
    comma
}

/// Where the string ends that `text` starts with: one after its closing quote.
fn string_end(text: &str) -> Option<usize> {
    let mut at = 1;
    loop {
        let rest = text.as_bytes().get(at..)?;
        let found = memchr2(b'"', b'\\', rest)?;
        if rest.get(found) == Some(&b'"') {
            return Some(at + found + 1);
        }
        at += found + 2;
    }
}

/// What a string literal with its quotes says; without a copy if nothing in it is escaped.
fn unescape(literal: &str) -> Option<Cow<'_, str>> {
    if memchr(b'\\', literal.as_bytes()).is_none() {
        return literal.strip_prefix('"')?.strip_suffix('"').map(Cow::Borrowed);
    }
    serde_json::from_str::<String>(literal).ok().map(Cow::Owned)
}

/// `literal` if it is a JSON number of any size: JavaScript reads 1e400, too.
fn number(literal: &str) -> Option<&str> {
    let starts = literal.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    (starts && serde_json::from_str::<IgnoredAny>(literal).is_ok()).then_some(literal)
}

/// `text` without JSON's white space around it. By bytes: this is done several times for every event.
fn trim(text: &str) -> &str {
    let ink = |byte: &u8| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    let start = text.as_bytes().iter().position(ink).unwrap_or(text.len());
    let end = text.as_bytes().iter().rposition(ink).map_or(start, |last| last + 1);
    text.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_borrowed_unless_something_in_it_is_escaped() {
        assert!(matches!(name("[\"chat\",1]"), Some(Cow::Borrowed("chat"))));
        assert!(matches!(name(" [ \"\" ] "), Some(Cow::Borrowed(""))));
        assert_eq!(name(r#"["a\"]\u00e9\\",{}]"#).as_deref(), Some("a\"]é\\"));
    }

    #[test]
    fn a_number_may_be_a_name() {
        for (text, digits) in [("[1]", "1"), ("[-1.5e+3,\"a\"]", "-1.5e+3"), ("[ 1e400 ,2]", "1e400")] {
            assert_eq!(name(text).as_deref(), Some(digits));
        }
    }

    #[test]
    fn what_is_no_array_that_starts_with_a_name_has_none() {
        for text in [
            "",
            "[",
            "]",
            "[]",
            "{}",
            "[{}]",
            "[null]",
            "[true]",
            "[[\"a\"]]",
            "[\"a]",
            "[\"a\\\"]",
            "[\"a\" 1]",
            "[\"a\"",
            "\"a\"]",
            "[01]",
            "[1 2]",
            "[-]",
            "[NaN]",
            "[.5]",
            "[,\"a\"]",
            r#"["\x"]"#,
            r#"["\ud800"]"#,
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }

    #[test]
    fn the_last_string_is_found_from_behind() {
        assert_eq!(last_string(r#"["a","b"]"#).as_deref(), Some("b"));
        assert_eq!(last_string(" [\"a\" , {} ,\t\"b\" ] ").as_deref(), Some("b"));
        assert_eq!(last_string(r#"["a","\\"]"#).as_deref(), Some("\\"));
        assert_eq!(last_string(r#"["a","x\",\"y"]"#).as_deref(), Some("x\",\"y"));
    }

    #[test]
    fn what_is_inside_the_last_element_is_not_the_last_element() {
        for text in [
            r#"["a"]"#,
            r#"["a",1]"#,
            r#"["a",["b"]]"#,
            r#"["a",{"b":"c"}]"#,
            r#"["a\",\"b"]"#,
            "[]",
            "[\"]",
            "\"",
            "[,\"a]",
            "[1\"a\"]",
        ] {
            assert_eq!(last_string(text), None, "{text}");
        }
    }

    #[test]
    fn the_last_element_can_be_taken_away_whatever_it_is() {
        for (text, left) in [
            (r#"["a","b"]"#, Some(r#""a""#)),
            (r#"["a",[1,"]",{"x,":2}]]"#, Some(r#""a""#)),
            (r#"["a,",{"b":1},2]"#, Some(r#""a,",{"b":1}"#)),
            (r#"["a,"]"#, None),
            ("[]", None),
            (r#"["a",1]]"#, None),
        ] {
            assert_eq!(before_last(text), left, "{text}");
        }
    }
}
