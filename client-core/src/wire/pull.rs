//! Pulls bytes out of what is being serialized: a placeholder stays behind (P-83).
//!
//! ```text
//!   ("file", Bytes)  ──Pull──▶  "file",{"_placeholder":true,"num":0}
//!                        └────▶  [Bytes]
//! ```
//!
//! Bytes are what a type hands to serde as bytes: `bytes::Bytes` with its feature `serde`, `serde_bytes::ByteBuf`,
//! a field marked `#[serde(with = "serde_bytes")]`. A plain `Vec<u8>` is a list of numbers to serde, and stays one.
//! As serde lends bytes only for the time of the call, each attachment is copied once here.

use alloc::vec::Vec;
use core::{cell::Cell, fmt::Display};

use bytes::Bytes;
use serde::{Serialize, Serializer, ser};

/// What comes out of a value besides its JSON.
///
/// Cells, because serde passes values on by shared reference.
#[derive(Default)]
pub(super) struct Sink {
    attachments: Cell<Vec<Bytes>>,
    shape: Cell<Outermost>,
}

/// How the outermost value presented itself to serde.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Outermost {
    /// As a unit or a unit struct.
    Unit,
    /// As a tuple, a tuple struct or an array of fixed length.
    Tuple,
    /// As anything else.
    #[default]
    Other,
}

impl Sink {
    /// How the outermost value presented itself.
    pub(super) fn outermost(&self) -> Outermost {
        self.shape.get()
    }

    /// What was pulled out, in the order of the placeholders' numbers.
    pub(super) fn into_attachments(self) -> Vec<Bytes> {
        self.attachments.into_inner()
    }

    fn push(&self, bytes: &[u8]) -> usize {
        let mut attachments = self.attachments.take();
        let number = attachments.len();
        attachments.push(Bytes::copy_from_slice(bytes));
        self.attachments.set(attachments);
        number
    }
}

/// A serializer that pulls bytes out, around one that writes JSON.
pub(super) struct Pull<'s, S> {
    json: S,
    sink: &'s Sink,
    outermost: bool,
}

impl<'s, S> Pull<'s, S> {
    /// For the outermost value.
    pub(super) fn new(json: S, sink: &'s Sink) -> Self {
        Self { json, sink, outermost: true }
    }

    fn note(&self, shape: Outermost) {
        if self.outermost {
            self.sink.shape.set(shape);
        }
    }
}

/// Passes scalars on as they are.
macro_rules! scalars {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method(self, value: $type) -> Result<S::Ok, S::Error> {
            self.json.$method(value)
        })*
    };
}

impl<'s, S: Serializer> Serializer for Pull<'s, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Inside<'s, S::SerializeSeq>;
    type SerializeTuple = Inside<'s, S::SerializeTuple>;
    type SerializeTupleStruct = Inside<'s, S::SerializeTupleStruct>;
    type SerializeTupleVariant = Inside<'s, S::SerializeTupleVariant>;
    type SerializeMap = Inside<'s, S::SerializeMap>;
    type SerializeStruct = Inside<'s, S::SerializeStruct>;
    type SerializeStructVariant = Inside<'s, S::SerializeStructVariant>;

    fn serialize_bytes(self, bytes: &[u8]) -> Result<S::Ok, S::Error> {
        use ser::SerializeMap;
        let mut placeholder = self.json.serialize_map(Some(2))?;
        placeholder.serialize_entry("_placeholder", &true)?;
        placeholder.serialize_entry("num", &self.sink.push(bytes))?;
        placeholder.end()
    }

    scalars! {
        serialize_bool: bool, serialize_char: char, serialize_str: &str,
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128,
        serialize_f32: f32, serialize_f64: f64,
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.json.collect_str(value)
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.json.serialize_none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.json.serialize_some(&Pulled { value, sink: self.sink })
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.note(Outermost::Unit);
        self.json.serialize_unit()
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<S::Ok, S::Error> {
        self.note(Outermost::Unit);
        self.json.serialize_unit_struct(name)
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
    ) -> Result<S::Ok, S::Error> {
        self.json.serialize_unit_variant(name, index, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.json.serialize_newtype_struct(name, &Pulled { value, sink: self.sink })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.json.serialize_newtype_variant(name, index, variant, &Pulled { value, sink: self.sink })
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        Ok(Inside { json: self.json.serialize_seq(len)?, sink: self.sink })
    }

    fn serialize_tuple(self, len: usize) -> Result<Self::SerializeTuple, S::Error> {
        self.note(Outermost::Tuple);
        Ok(Inside { json: self.json.serialize_tuple(len)?, sink: self.sink })
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        len: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        self.note(Outermost::Tuple);
        Ok(Inside { json: self.json.serialize_tuple_struct(name, len)?, sink: self.sink })
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        Ok(Inside { json: self.json.serialize_tuple_variant(name, index, variant, len)?, sink: self.sink })
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        Ok(Inside { json: self.json.serialize_map(len)?, sink: self.sink })
    }

    fn serialize_struct(self, name: &'static str, len: usize) -> Result<Self::SerializeStruct, S::Error> {
        Ok(Inside { json: self.json.serialize_struct(name, len)?, sink: self.sink })
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        Ok(Inside { json: self.json.serialize_struct_variant(name, index, variant, len)?, sink: self.sink })
    }
}

/// A value on its way to the serializer of what is inside another value.
struct Pulled<'s, 'v, T: ?Sized> {
    value: &'v T,
    sink: &'s Sink,
}

impl<T: Serialize + ?Sized> Serialize for Pulled<'_, '_, T> {
    fn serialize<S: Serializer>(&self, json: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(Pull { json, sink: self.sink, outermost: false })
    }
}

/// What is inside a list, a map or any of their kin.
pub(super) struct Inside<'s, C> {
    json: C,
    sink: &'s Sink,
}

/// Passes elements on, with their bytes pulled out.
macro_rules! elements {
    ($($kind:ident: $method:ident,)*) => {
        $(impl<C: ser::$kind> ser::$kind for Inside<'_, C> {
            type Ok = C::Ok;
            type Error = C::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), C::Error> {
                self.json.$method(&Pulled { value, sink: self.sink })
            }

            fn end(self) -> Result<C::Ok, C::Error> {
                self.json.end()
            }
        })*
    };
}

/// Passes fields on, with their bytes pulled out.
macro_rules! fields {
    ($($kind:ident,)*) => {
        $(impl<C: ser::$kind> ser::$kind for Inside<'_, C> {
            type Ok = C::Ok;
            type Error = C::Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), C::Error> {
                self.json.serialize_field(key, &Pulled { value, sink: self.sink })
            }

            fn skip_field(&mut self, key: &'static str) -> Result<(), C::Error> {
                self.json.skip_field(key)
            }

            fn end(self) -> Result<C::Ok, C::Error> {
                self.json.end()
            }
        })*
    };
}

elements! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field,
}

fields! { SerializeStruct, SerializeStructVariant, }

/// Keys are left alone: JSON allows no bytes there.
impl<C: ser::SerializeMap> ser::SerializeMap for Inside<'_, C> {
    type Ok = C::Ok;
    type Error = C::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), C::Error> {
        self.json.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), C::Error> {
        self.json.serialize_value(&Pulled { value, sink: self.sink })
    }

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), C::Error> {
        self.json.serialize_entry(key, &Pulled { value, sink: self.sink })
    }

    fn end(self) -> Result<C::Ok, C::Error> {
        self.json.end()
    }
}
