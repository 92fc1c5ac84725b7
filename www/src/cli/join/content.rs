//! What is sent: a text or an image, and to whom.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::Serialize;
use serde_bytes::ByteBuf;

#[derive(Debug, Default, Serialize)]
pub(super) struct Content {
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Image>,
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<String>,
    /// The id of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Image {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    bytes: ByteBuf,
}

impl Content {
    pub(super) fn text(text: &str) -> Self {
        Self { text: Some(text.to_owned()), ..Self::default() }
    }

    pub(super) fn image(image: Image) -> Self {
        Self { image: Some(image), ..Self::default() }
    }

    pub(super) fn in_room(self, room: Option<String>) -> Self {
        Self { room, ..self }
    }

    pub(super) fn to(self, id: &str) -> Self {
        Self { to: Some(id.to_owned()), ..self }
    }

    /// What stands for it where it is told what became of it.
    pub(super) fn words(&self) -> String {
        match (&self.text, &self.image) {
            (Some(text), _) => text.clone(),
            (None, Some(image)) => format!("[image {}]", image.name),
            (None, None) => String::new(),
        }
    }
}

impl Image {
    /// The file there, or why it cannot be sent.
    pub(super) fn read(path: &str) -> Result<Self, String> {
        if path.is_empty() {
            return Err("say which file, as in /image cat.png".into());
        }
        let told = |error: std::io::Error| match error.kind() {
            ErrorKind::NotFound => format!("there is no file {path}"),
            _ => format!("{path} cannot be read: {error}"),
        };
        let about = fs::metadata(path).map_err(told)?;
        if !about.is_file() {
            return Err(format!("{path} is no file"));
        }
        if about.len() > LARGEST {
            let size = about.len().div_ceil(1000);
            return Err(format!("{path} has {size} kB; {} kB can be sent", LARGEST / 1000));
        }
        let bytes = fs::read(path).map_err(told)?;
        let Some(kind) = kind(&bytes) else {
            return Err(format!(
                "{path} is no image of a kind that all browsers show: PNG, JPEG, GIF or WebP"
            ));
        };
        let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy();
        let name = name.chars().skip(name.chars().count().saturating_sub(LONGEST_NAME)).collect();
        Ok(Self { name, kind, bytes: ByteBuf::from(bytes) })
    }
}

/// By how it begins: its name may say anything.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// More does not fit in the largest message that a server takes (`maxHttpBufferSize`), in base64 as it may go.
const LARGEST: u64 = 700_000;
/// The end of a very long one is kept.
const LONGEST_NAME: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_known_by_how_it_begins() {
        for (bytes, known) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], Some("image/png")),
            (b"\xff\xd8\xff\xe0", Some("image/jpeg")),
            (b"GIF89a", Some("image/gif")),
            (b"RIFF\x01\x02\x03\x04WEBPVP8 ", Some("image/webp")),
            (b"RIFF\x01\x02\x03\x04WAVE", None),
            (b"<svg/>", None),
            (b"", None),
        ] {
            assert_eq!(kind(bytes), known, "{bytes:?}");
        }
    }

    #[test]
    fn what_is_not_there_is_left_out() {
        let json = |content| serde_json::to_value(content).unwrap();
        assert_eq!(json(Content::text("hi")), serde_json::json!({ "text": "hi" }));
        let to_bob = Content::text("hi").in_room(None).to("7");
        assert_eq!(json(to_bob), serde_json::json!({ "text": "hi", "to": "7" }));
        let in_fish = Content::text("hi").in_room(Some("fish".into()));
        assert_eq!(json(in_fish), serde_json::json!({ "text": "hi", "room": "fish" }));
    }
}
