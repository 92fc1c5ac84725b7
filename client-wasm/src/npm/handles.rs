//! A wire of numbers: JavaScript keeps the values, and reads and writes packets.

use core::mem::ManuallyDrop;

use sockeye_core::{Frame, ParseError, Read, Said, Text, Wire};

#[link(wasm_import_module = "h")]
unsafe extern "C" {
    #[link_name = "2"]
    fn clone(handle: u32) -> u32;
    #[link_name = "3"]
    fn release(handle: u32);
    #[link_name = "4"]
    fn word(word: u32) -> u32;
    #[link_name = "5"]
    fn utf8_len(handle: u32) -> usize;
    #[link_name = "6"]
    fn is(handle: u32, word: u32) -> u32;
    #[link_name = "7"]
    fn units(handle: u32) -> usize;
    #[link_name = "8"]
    fn ascii(handle: u32, at: usize) -> u32;
    #[link_name = "9"]
    fn read(frame: u32) -> f64;
    #[link_name = "10"]
    fn part(list: u32, at: usize) -> u32;
    #[link_name = "11"]
    fn farewell(socket: u32) -> u32;
    #[link_name = "12"]
    fn handshake(text: u32, what: u32) -> f64;
    #[link_name = "13"]
    fn from_base64(handle: u32) -> u32;
}

/// Owned: let go of exactly once.
#[repr(transparent)]
pub(super) struct Handle(pub(super) u32);

impl Clone for Handle {
    fn clone(&self) -> Self {
        Self(unsafe { clone(self.0) })
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        unsafe { release(self.0) }
    }
}

impl Handle {
    /// To JavaScript, which lets go of it.
    pub(super) fn into_js(self) -> u32 {
        ManuallyDrop::new(self).0
    }

    /// What JavaScript gave, if it did.
    fn some(handle: u32) -> Option<Self> {
        if handle == 0 { None } else { Some(Self(handle)) }
    }
}

/// All that the machine says itself is a digit, or one and "probe": so no text of it is in the module.
#[inline(always)]
const fn code(word: &str) -> u32 {
    let word = word.as_bytes();
    word[0] as u32 + if word.len() > 1 { PROBE } else { 0 }
}

const PROBE: u32 = 256;

impl Text for Handle {
    fn from_str(from: &str) -> Self {
        Self(unsafe { word(code(from)) })
    }

    fn units(&self) -> usize {
        unsafe { units(self.0) }
    }

    fn ascii(&self, at: usize) -> u8 {
        unsafe { ascii(self.0, at) as u8 }
    }

    fn utf8_len(&self) -> usize {
        unsafe { utf8_len(self.0) }
    }

    fn is(&self, text: &str) -> bool {
        unsafe { is(self.0, code(text)) != 0 }
    }
}

pub(super) enum Handles {}

impl Wire for Handles {
    type Text = Handle;
    type Binary = Handle;
    type Args = Handle;

    fn read(frame: Frame<Self>) -> Read<Handle> {
        let (Frame::Text(frame) | Frame::Binary(frame)) = frame;
        let it = unsafe { read(frame.into_js()) } as u64;
        match it as u32 & 15 {
            0 => Read::Nothing,
            1 => Read::More,
            2 => Read::Wrong,
            kind => Read::Packet {
                kind: kind as u8 - 3,
                socket: (it >> 4) as usize & 1023,
                body: Handle((it >> 14) as u32),
            },
        }
    }

    fn part(list: &Handle, at: usize) -> Option<Handle> {
        Handle::some(unsafe { part(list.0, at) })
    }

    fn farewell(socket: u32) -> Handle {
        Handle(unsafe { farewell(socket) })
    }

    fn handshake(text: &Handle, what: Said) -> u64 {
        unsafe { handshake(text.0, what as u32) as u64 }
    }

    fn binary_len(bytes: &Handle) -> usize {
        unsafe { units(bytes.0) }
    }

    fn from_base64(text: &Handle) -> Result<Handle, ParseError> {
        Handle::some(unsafe { from_base64(text.0) }).ok_or(ParseError::Base64)
    }
}
