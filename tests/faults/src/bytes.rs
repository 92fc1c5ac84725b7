//! Bytes as a case writes them: text, with what a text file cannot hold.
//!
//! ```text
//! \n \r \t \0 \\ \xNN      one byte
//! $(repeat N TEXT)         the same N times
//! $(gzip N) $(brotli N)    N zeros, compressed
//! $(base64 N)              N zeros in base64
//! $(sid) $(url) $(other)   the session's id; where the server listens; another origin
//! $(accept)                what a WebSocket's handshake is to be answered with
//! ```
//!
//! A generator's text may have generators in it.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// What `$(sid)` and the like stand for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) sid: String,
    pub(crate) url: String,
    pub(crate) other: String,
    pub(crate) accept: String,
}

/// Text of a case that is put into bytes when it is said; checked when the case is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Bytes(Vec<u8>),
    Repeat(usize, Template),
    Gzip(usize),
    Brotli(usize),
    Base64(usize),
    Sid,
    Url,
    Other,
    Accept,
}

impl Template {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut plain = Vec::new();
        let mut rest = text;
        while let Some(unit) = rest.chars().next() {
            if let Some(inside) = rest.strip_prefix("$(") {
                let end = closing(inside).ok_or_else(|| format!("`{rest}` is not closed"))?;
                if !plain.is_empty() {
                    parts.push(Part::Bytes(std::mem::take(&mut plain)));
                }
                parts.push(generator(&inside[..end])?);
                rest = &inside[end + 1..];
            } else if let Some(inside) = rest.strip_prefix('\\') {
                rest = escape(inside, &mut plain)?;
            } else {
                plain.extend_from_slice(unit.encode_utf8(&mut [0; 4]).as_bytes());
                rest = &rest[unit.len_utf8()..];
            }
        }
        if !plain.is_empty() {
            parts.push(Part::Bytes(plain));
        }
        Ok(Self(parts))
    }

    pub(crate) fn bytes(&self, names: &Names) -> Vec<u8> {
        let mut bytes = Vec::new();
        for part in &self.0 {
            match part {
                Part::Bytes(it) => bytes.extend_from_slice(it),
                Part::Repeat(count, it) => bytes.extend(it.bytes(names).repeat(*count)),
                Part::Gzip(count) => bytes.extend(gzip(*count)),
                Part::Brotli(count) => bytes.extend(brotli(*count)),
                Part::Base64(count) => bytes.extend(STANDARD.encode(vec![0; *count]).into_bytes()),
                Part::Sid => bytes.extend_from_slice(names.sid.as_bytes()),
                Part::Url => bytes.extend_from_slice(names.url.as_bytes()),
                Part::Other => bytes.extend_from_slice(names.other.as_bytes()),
                Part::Accept => bytes.extend_from_slice(names.accept.as_bytes()),
            }
        }
        bytes
    }
}

fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().enumerate().find_map(|(at, byte)| {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
        None
    })
}

fn generator(text: &str) -> Result<Part, String> {
    let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
    let number = |text: &str| text.parse().map_err(|_| format!("`{text}` is no number"));
    Ok(match name {
        "repeat" => {
            let (count, what) = rest.split_once(' ').ok_or("`repeat` wants a number and a text")?;
            Part::Repeat(number(count)?, Template::parse(what)?)
        }
        "gzip" => Part::Gzip(number(rest)?),
        "brotli" => Part::Brotli(number(rest)?),
        "base64" => Part::Base64(number(rest)?),
        "sid" => Part::Sid,
        "url" => Part::Url,
        "other" => Part::Other,
        "accept" => Part::Accept,
        _ => return Err(format!("there is no generator `{name}`")),
    })
}

fn escape<'a>(text: &'a str, into: &mut Vec<u8>) -> Result<&'a str, String> {
    let unit = text.chars().next().ok_or("a backslash at the end")?;
    into.push(match unit {
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        '0' => 0,
        '\\' => b'\\',
        'x' => {
            let digits = text.get(1..3).ok_or("`\\x` wants two digits")?;
            into.push(u8::from_str_radix(digits, 16).map_err(|_| format!("`\\x{digits}` is no byte"))?);
            return Ok(&text[3..]);
        }
        _ => return Err(format!("there is no escape `\\{unit}`")),
    });
    Ok(&text[unit.len_utf8()..])
}

fn gzip(count: usize) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    zeros(count, &mut writer);
    writer.finish().expect("a vector takes everything")
}

fn brotli(count: usize) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4_096, 5, 22);
    zeros(count, &mut writer);
    drop(writer);
    packed
}

/// Not all at once: the bombs are larger than what they are to burst.
fn zeros(count: usize, writer: &mut impl std::io::Write) {
    let piece = vec![b'0'; 1 << 16];
    let mut left = count;
    while left > 0 {
        let now = left.min(piece.len());
        writer.write_all(&piece[..now]).expect("a vector takes everything");
        left -= now;
    }
    writer.flush().expect("a vector takes everything");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        Template::parse(text).expect("good").bytes(&Names { sid: "s".into(), ..Names::default() })
    }

    #[test]
    fn a_case_can_say_any_byte() {
        assert_eq!(bytes(r"a\x1e\xff\r\n\\é"), b"a\x1e\xff\r\n\\\xc3\xa9");
        assert_eq!(bytes("<$(repeat 3 ab$(repeat 2 \\x00))$(sid)>"), b"<ab\0\0ab\0\0ab\0\0s>");
        assert_eq!(bytes("(no generator) $5"), b"(no generator) $5");
    }

    #[test]
    fn bombs_are_small() {
        assert!(bytes("$(gzip 10000000)").len() < 20_000);
        assert!(bytes("$(brotli 10000000)").len() < 20_000);
    }

    #[test]
    fn what_is_no_text_of_a_case_is_told() {
        for text in ["\\", "\\q", "\\xg0", "\\x", "$(sid", "$(what)", "$(repeat x y)", "$(gzip)"] {
            assert!(Template::parse(text).is_err(), "{text}");
        }
    }
}
