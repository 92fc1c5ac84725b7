//! A wire of numbers: JavaScript keeps the values.

use alloc::vec::Vec;
use core::mem::ManuallyDrop;

use sockeye_core::{Encoded, ParseError, Shape, Wire};

#[link(wasm_import_module = "h")]
unsafe extern "C" {
    #[link_name = "2"]
    fn clone(handle: u32) -> u32;
    #[link_name = "3"]
    fn release(handle: u32);
    #[link_name = "4"]
    fn slice(handle: u32, from: usize, to: usize) -> u32;
    #[link_name = "5"]
    fn find(handle: u32, byte: u32, from: usize) -> usize;
    #[link_name = "6"]
    fn text(from: *const u8, len: usize) -> u32;
    #[link_name = "7"]
    fn prefixed(handle: u32, from: *const u8, len: usize) -> u32;
    #[link_name = "8"]
    fn utf8_len(handle: u32) -> usize;
    #[link_name = "9"]
    fn is(handle: u32, text: *const u8, len: usize) -> u32;
    #[link_name = "10"]
    fn units(handle: u32) -> usize;
    #[link_name = "11"]
    fn ascii(handle: u32, at: usize) -> u32;
    #[link_name = "12"]
    fn encode(handle: u32) -> u32;
    #[link_name = "13"]
    fn attachment(handle: u32, at: usize) -> u32;
    #[link_name = "14"]
    fn decode(shape: u32, text: u32, from: usize, attachments: *const Handle, len: usize) -> u32;
    #[link_name = "15"]
    fn string(handle: u32, key: *const u8, len: usize) -> u32;
    #[link_name = "16"]
    fn number(handle: u32, key: *const u8, len: usize) -> f64;
    #[link_name = "17"]
    fn lists(handle: u32, key: *const u8, len: usize, name: *const u8, name_len: usize) -> u32;
    #[link_name = "18"]
    fn packet(kind: u32, attachments: usize, namespace: u32, id: f64, payload: u32) -> u32;
    #[link_name = "19"]
    fn claim(pid: u32, offset: u32, auth: u32) -> u32;
    #[link_name = "20"]
    fn same(one: u32, other: u32) -> u32;
    #[link_name = "21"]
    fn is_plain(handle: u32, max: usize) -> u32;
    #[link_name = "22"]
    fn offset(handle: u32) -> u32;
    #[link_name = "23"]
    fn attachments(handle: u32) -> usize;
    #[link_name = "24"]
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

    /// What JavaScript gave, if it did.
    fn some(handle: u32) -> Option<Self> {
        (handle != 0).then(|| Self::new(handle))
    }

    /// To look at; 0 for none.
    fn look(this: Option<&Self>) -> u32 {
        this.map_or(0, |it| it.0.0)
    }
}

impl PartialEq for JsText {
    fn eq(&self, other: &Self) -> bool {
        unsafe { same(self.0.0, other.0.0) != 0 }
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

    fn utf8_len(&self) -> usize {
        unsafe { utf8_len(self.0.0) }
    }

    fn is(&self, text: &str) -> bool {
        unsafe { is(self.0.0, text.as_ptr(), text.len()) != 0 }
    }

    fn is_plain(&self, max: usize) -> bool {
        unsafe { is_plain(self.0.0, max) != 0 }
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

    fn offset(args: &Handle) -> Option<JsText> {
        JsText::some(unsafe { offset(args.0) })
    }

    /// Nothing hides offsets here.
    fn without_last(args: Handle) -> Handle {
        args
    }

    /// What is none has no member either.
    fn is_object(_: &JsText) -> bool {
        true
    }

    fn string(text: &JsText, key: Option<&str>) -> Option<JsText> {
        let key = key.unwrap_or_default();
        JsText::some(unsafe { string(text.0.0, key.as_ptr(), key.len()) })
    }

    fn number(text: &JsText, key: &str) -> u64 {
        unsafe { number(text.0.0, key.as_ptr(), key.len()) as i64 as u64 }
    }

    fn lists(text: &JsText, key: &str, name: &str) -> bool {
        unsafe { lists(text.0.0, key.as_ptr(), key.len(), name.as_ptr(), name.len()) != 0 }
    }

    fn packet(
        kind: u8,
        attachments: usize,
        namespace: Option<&JsText>,
        id: Option<u64>,
        payload: Option<JsText>,
    ) -> JsText {
        let id = id.map_or(-1.0, |id| id as f64);
        let payload = JsText::look(payload.as_ref());
        JsText::new(unsafe { packet(u32::from(kind), attachments, JsText::look(namespace), id, payload) })
    }

    fn claim(pid: &JsText, offset: Option<&JsText>, auth: Option<JsText>) -> JsText {
        JsText::new(unsafe { claim(pid.0.0, JsText::look(offset), JsText::look(auth.as_ref())) })
    }

    fn binary_len(bytes: &Handle) -> usize {
        unsafe { units(bytes.0) }
    }

    fn from_base64(text: &JsText) -> Result<Handle, ParseError> {
        match unsafe { from_base64(text.0.0) } {
            0 => Err(ParseError::Base64),
            bytes => Ok(Handle(bytes)),
        }
    }
}
