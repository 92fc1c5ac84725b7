//! A wire of numbers: JavaScript keeps the values.

use alloc::{borrow::Cow, string::String, vec::Vec};
use core::mem::ManuallyDrop;

use sockeye_core::{Encoded, Member, ParseError, Shape, Wire};

#[link(wasm_import_module = "h")]
unsafe extern "C" {
    fn clone(handle: u32) -> u32;
    fn release(handle: u32);
    fn slice(handle: u32, from: usize, to: usize) -> u32;
    fn find(handle: u32, byte: u32, from: usize) -> usize;
    fn text(from: *const u8, len: usize) -> u32;
    fn prefixed(handle: u32, from: *const u8, len: usize) -> u32;
    fn joined(texts: *const JsText, len: usize) -> u32;
    fn utf8_len(handle: u32) -> usize;
    fn is(handle: u32, text: *const u8, len: usize) -> u32;
    fn units(handle: u32) -> usize;
    fn ascii(handle: u32, at: usize) -> u32;
    fn read(handle: u32, into: *mut u8, len: usize);
    fn encode(handle: u32) -> u32;
    fn attachment(handle: u32, at: usize) -> u32;
    fn decode(shape: u32, text: u32, from: usize, attachments: *const Handle, len: usize) -> u32;
    fn member(handle: u32, key: *const u8, len: usize, value: *mut f64) -> u32;
    fn offset(handle: u32) -> u32;
    fn attachments(handle: u32) -> usize;
    fn without_last(handle: u32) -> u32;
    fn base64(handle: u32, back: u32) -> u32;
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
}

/// A text.
#[derive(Clone)]
#[repr(transparent)]
pub(super) struct JsText(Handle);

impl JsText {
    pub(super) fn new(handle: u32) -> Self {
        Self(Handle(handle))
    }

    pub(super) fn into_js(self) -> u32 {
        self.0.into_js()
    }

    pub(super) fn owned(&self) -> String {
        let len = sockeye_core::Text::utf8_len(self);
        let mut bytes = Vec::with_capacity(len);
        // What JavaScript's encoder writes is always UTF-8.
        unsafe {
            read(self.0.0, bytes.as_mut_ptr(), len);
            bytes.set_len(len);
            String::from_utf8_unchecked(bytes)
        }
    }
}

impl sockeye_core::Text for JsText {
    fn from_str(from: &str) -> Self {
        Self::new(unsafe { text(from.as_ptr(), from.len()) })
    }

    fn units(&self) -> usize {
        unsafe { units(self.0.0) }
    }

    fn ascii(&self, at: usize) -> u8 {
        unsafe { ascii(self.0.0, at) as u8 }
    }

    fn find(&self, byte: u8, from: usize) -> usize {
        unsafe { find(self.0.0, u32::from(byte), from) }
    }

    fn slice(&self, from: usize, to: usize) -> Self {
        Self::new(unsafe { slice(self.0.0, from, to) })
    }

    fn prefixed(self, with: &str) -> Self {
        Self::new(unsafe { prefixed(self.0.0, with.as_ptr(), with.len()) })
    }

    fn joined(parts: Vec<Self>) -> Self {
        Self::new(unsafe { joined(parts.as_ptr(), parts.len()) })
    }

    fn utf8_len(&self) -> usize {
        unsafe { utf8_len(self.0.0) }
    }

    fn is(&self, text: &str) -> bool {
        unsafe { is(self.0.0, text.as_ptr(), text.len()) != 0 }
    }

    fn to_str(&self) -> Cow<'_, str> {
        Cow::Owned(self.owned())
    }
}

pub(super) enum Handles {}

impl Wire for Handles {
    type Text = JsText;
    type Binary = Handle;
    type Args = Handle;

    fn encode(args: &Handle) -> Encoded<Self> {
        let mut found = Vec::new();
        for at in 0..Self::attachments(args) {
            found.push(Handle(unsafe { attachment(args.0, at) }));
        }
        Encoded { text: JsText::new(unsafe { encode(args.0) }), attachments: found }
    }

    fn decode(
        shape: Shape,
        text: JsText,
        from: usize,
        attachments: Vec<Handle>,
    ) -> Result<Handle, ParseError> {
        let (list, len) = (attachments.as_ptr(), attachments.len());
        match unsafe { decode(u32::from(shape == Shape::Ack), text.0.0, from, list, len) } {
            0 => Err(ParseError::Payload),
            args => Ok(Handle(args)),
        }
    }

    fn size(args: &Handle) -> usize {
        unsafe { units(args.0) }
    }

    fn attachments(args: &Handle) -> usize {
        unsafe { attachments(args.0) }
    }

    fn offset(args: &Handle) -> Option<String> {
        match unsafe { offset(args.0) } {
            0 => None,
            text => Some(JsText::new(text).owned()),
        }
    }

    fn without_last(args: Handle) -> Handle {
        Handle(unsafe { without_last(args.0) })
    }

    fn member(text: &JsText, key: Option<&str>) -> Option<Member> {
        let (key, len) = key.map_or((core::ptr::null(), 0), |key| (key.as_ptr(), key.len()));
        let mut value = 0.0;
        let kind = unsafe { member(text.0.0, key, len, &raw mut value) };
        Some(match kind {
            0 => return None,
            1 => Member::Absent,
            2 => Member::Number(value as u64),
            3 => Member::Text(JsText::new(value as u32).owned()),
            _ => Member::Other(JsText::new(value as u32).owned()),
        })
    }

    fn binary_len(bytes: &Handle) -> usize {
        unsafe { units(bytes.0) }
    }

    fn to_base64(bytes: &Handle) -> JsText {
        JsText::new(unsafe { base64(bytes.0, 0) })
    }

    fn from_base64(text: &JsText) -> Result<Handle, ParseError> {
        match unsafe { base64(text.0.0, 1) } {
            0 => Err(ParseError::Base64),
            bytes => Ok(Handle(bytes)),
        }
    }
}
