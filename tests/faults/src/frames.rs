//! WebSocket framing: what a client says is read, and checked; what the server says may be anything.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// A message of a client, its fragments joined.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    Text(String),
    Binary(Vec<u8>),
    Ping(Vec<u8>),
    Pong,
    Close(Option<u16>),
}

pub(crate) const TEXT: u8 = 0x81;
pub(crate) const BINARY: u8 = 0x82;
pub(crate) const CLOSE: u8 = 0x88;
pub(crate) const PONG: u8 = 0x8a;

/// A whole frame of a server: opcode with FIN, length, payload.
pub(crate) fn whole(head: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![head];
    match payload.len() {
        length @ ..126 => bytes.push(u8::try_from(length).expect("below 126")),
        length @ ..0x1_0000 => {
            bytes.push(126);
            bytes.extend_from_slice(&u16::try_from(length).expect("below 65,536").to_be_bytes());
        }
        length => {
            bytes.push(127);
            bytes.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }
    bytes.extend_from_slice(payload);
    bytes
}

/// The next message of a client. An error is the end of the connection, or a client that breaks the protocol.
pub(crate) async fn read(reader: &mut (impl AsyncRead + Unpin)) -> io::Result<Frame> {
    let mut opcode = None;
    let mut message = Vec::new();
    loop {
        let [head, length] = [reader.read_u8().await?, reader.read_u8().await?];
        if length & 0x80 == 0 {
            return Err(io::Error::other("the client does not mask"));
        }
        let length = match length & 0x7f {
            126 => reader.read_u16().await?.into(),
            127 => reader.read_u64().await?,
            length => length.into(),
        };
        let mut mask = [0; 4];
        reader.read_exact(&mut mask).await?;
        let mut payload = vec![0; usize::try_from(length).map_err(io::Error::other)?];
        reader.read_exact(&mut payload).await?;
        payload.iter_mut().zip(mask.iter().cycle()).for_each(|(byte, mask)| *byte ^= mask);
        match head & 0x0f {
            8 => {
                let code = payload.first_chunk().map(|it| u16::from_be_bytes(*it));
                return Ok(Frame::Close(code));
            }
            9 => return Ok(Frame::Ping(payload)),
            10 => return Ok(Frame::Pong),
            code @ (1 | 2) if opcode.is_none() => opcode = Some(code),
            0 if opcode.is_some() => {}
            code => return Err(io::Error::other(format!("the client sends the opcode {code}"))),
        }
        message.extend_from_slice(&payload);
        if head & 0x80 != 0 {
            return Ok(match opcode {
                Some(1) => Frame::Text(String::from_utf8(message).map_err(io::Error::other)?),
                _ => Frame::Binary(message),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_take_the_shortest_form() {
        assert_eq!(whole(TEXT, b"hi"), b"\x81\x02hi");
        assert_eq!(whole(BINARY, &[0; 126])[..4], [0x82, 126, 0, 126]);
        assert_eq!(whole(BINARY, &vec![0; 65_536])[..10], [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
    }

    #[tokio::test]
    async fn fragments_are_joined_and_unmasked() {
        let mut bytes: &[u8] = &[1, 0x81, 1, 0, 0, 0, b'h' ^ 1, 0x80, 0x81, 0, 0, 0, 0, b'i'];
        assert_eq!(read(&mut bytes).await.expect("good"), Frame::Text("hi".into()));
        assert!(read(&mut &[0x81, 1, b'x'][..]).await.is_err(), "without a mask");
    }
}
