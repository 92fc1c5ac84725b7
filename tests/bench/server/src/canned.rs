//! What the server sends in bulk, encoded once.

use crate::frame::text_frame;
use bench_common::{Result, payload};

/// A chunk of frames to be written again and again.
pub struct Chunk {
    bytes: Vec<u8>,
    /// Where each frame ends.
    ends: Vec<usize>,
}

impl Chunk {
    fn new(texts: impl Iterator<Item = String>) -> Self {
        let (mut bytes, mut ends) = (Vec::new(), Vec::new());
        for text in texts {
            text_frame(&mut bytes, text.as_bytes());
            ends.push(bytes.len());
        }
        Self { bytes, ends }
    }

    /// The slices to write, in order, for `count` frames.
    pub fn pieces(&self, count: u64) -> impl Iterator<Item = &[u8]> {
        let round = self.ends.len() as u64;
        let rest = usize::try_from(count % round).unwrap_or(0);
        let tail = if rest == 0 { 0 } else { self.ends[rest - 1] };
        (0..count / round).map(|_| self.bytes.as_slice()).chain((tail > 0).then(|| &self.bytes[..tail]))
    }
}

/// All of it.
pub struct Canned {
    /// 1,024 events `tick` of one 64-byte text, 80 KiB.
    pub ticks: Chunk,
    /// 16 events `batch` of 16 KiB of objects, 256 KiB.
    pub batches: Chunk,
}

impl Canned {
    pub fn new() -> Result<Self> {
        let batches: Vec<String> = (0..payload::BATCHES)
            .map(|n| serde_json::to_string(&payload::batch(n)))
            .collect::<serde_json::Result<_>>()?;
        Ok(Self {
            ticks: Chunk::new(payload::texts().into_iter().map(|text| format!(r#"42["tick","{text}"]"#))),
            batches: Chunk::new(batches.into_iter().map(|json| format!(r#"42["batch",{json}]"#))),
        })
    }
}
