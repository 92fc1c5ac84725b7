//! As much of RFC 6455 as this server needs: no fragments, no extensions, no answers to pings.

use bench_common::Result;

const FIN: u8 = 0x80;
const TEXT: u8 = 1;

/// What a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Close,
    /// WebSocket pings, pongs and binary messages: none of these clients has a reason to send one.
    Other,
}

/// Where a masked frame lies in a buffer.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    pub kind: Kind,
    mask: [u8; 4],
    start: usize,
    end: usize,
}

impl Frame {
    /// The frame at `from`, if all of it has arrived.
    pub fn parse(buffer: &[u8], from: usize) -> Result<Option<Self>> {
        let bytes = &buffer[from..];
        let &[first, second, ..] = bytes else { return Ok(None) };
        if second & 0x80 == 0 {
            return Err("a client must mask its frames".into());
        }
        let (len, at) = match second & 0x7f {
            126 => match bytes.get(2..4) {
                Some(len) => (usize::from(u16::from_be_bytes(len.try_into()?)), 4),
                None => return Ok(None),
            },
            127 => match bytes.get(2..10) {
                Some(len) => (usize::try_from(u64::from_be_bytes(len.try_into()?))?, 10),
                None => return Ok(None),
            },
            len => (usize::from(len), 2),
        };
        if bytes.len() < at + 4 + len {
            return Ok(None);
        }
        let kind = match first {
            0x81 => Kind::Text,
            0x88 => Kind::Close,
            first if first & FIN == 0 || first == FIN => return Err("fragments are not understood".into()),
            _ => Kind::Other,
        };
        let start = from + at + 4;
        Ok(Some(Self { kind, mask: bytes[at..at + 4].try_into()?, start, end: start + len }))
    }

    /// Where the next frame begins.
    pub fn end(self) -> usize {
        self.end
    }

    /// The length of the payload.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the payload begins so, without unmasking the rest.
    pub fn starts_with(self, buffer: &[u8], prefix: &[u8]) -> bool {
        let payload = &buffer[self.start..self.end];
        payload.len() >= prefix.len()
            && self.unmask(payload).zip(prefix).all(|(byte, &wanted)| byte == wanted)
    }

    /// The payload, unmasked.
    pub fn payload(self, buffer: &[u8]) -> Vec<u8> {
        self.unmask(&buffer[self.start..self.end]).collect()
    }

    fn unmask(self, payload: &[u8]) -> impl Iterator<Item = u8> {
        let mask = self.mask;
        payload.iter().enumerate().map(move |(at, byte)| byte ^ mask[at % 4])
    }
}

/// Appends an unmasked text frame.
pub fn text_frame(out: &mut Vec<u8>, payload: &[u8]) {
    out.push(FIN | TEXT);
    match u16::try_from(payload.len()) {
        Ok(len @ 0..126) => out.extend(len.to_be_bytes().last()),
        Ok(len) => {
            out.push(126);
            out.extend_from_slice(&len.to_be_bytes());
        }
        Err(_) => {
            out.push(127);
            out.extend_from_slice(&(payload.len() as u64).to_be_bytes());
        }
    }
    out.extend_from_slice(payload);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_frame_is_found_once_it_is_whole() {
        let mut bytes = vec![0x81, 0x83, 1, 2, 3, 4];
        bytes.extend([b'a' ^ 1, b'b' ^ 2, b'c' ^ 3]);
        assert!(Frame::parse(&bytes[..8], 0).expect("a part is no error").is_none());
        let frame = Frame::parse(&bytes, 0).expect("well-formed").expect("whole");
        assert_eq!((frame.kind, frame.payload(&bytes)), (Kind::Text, b"abc".to_vec()));
        assert!(frame.starts_with(&bytes, b"ab") && !frame.starts_with(&bytes, b"b"));
    }
}
