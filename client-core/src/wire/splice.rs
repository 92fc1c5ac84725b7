//! Splices attachments back into what is being deserialized, where bytes are asked for (P-84).
//!
//! ```text
//!   "file",{"_placeholder":true,"num":0}  ──Splice──▶  ("file", &[u8])
//!   [Bytes]  ─────────────────────────────────┘
//! ```
//!
//! The target decides. Where it asks serde for bytes and a placeholder is there, it is lent the attachment:
//! `&[u8]` keeps it without a copy, `bytes::Bytes` and `serde_bytes::ByteBuf` copy it, `Vec<u8>` does with
//! `#[serde(with = "serde_bytes")]`. Where it asks for anything else, such as `serde_json::Value`, a placeholder
//! is an object like any other. So it is inside types that serde reads into a buffer of its own before it knows
//! what they want: `#[serde(flatten)]`, `untagged` and internally tagged enums cannot hold bytes.
//!
//! A placeholder is read by its two fields and its number must be one of an attachment (F085). Any number of
//! placeholders may share one attachment (F086), attachments may be unused (F087), and nothing inside a
//! placeholder or an attachment is looked at again.

use alloc::{format, string::String, vec::Vec};
use core::fmt;

use bytes::Bytes;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess,
    Visitor, value::MapAccessDeserializer,
};

/// A serde type (deserializer, visitor, access or seed) that has the attachments at hand.
///
/// One wrapper for all of them, as they only hand each other on.
pub(super) struct Splice<'de, T> {
    inner: T,
    attachments: &'de [Bytes],
}

impl<'de, T> Splice<'de, T> {
    /// Around `inner`, with what its placeholders stand for.
    pub(super) fn new(inner: T, attachments: &'de [Bytes]) -> Self {
        Self { inner, attachments }
    }
}

/// Asks the inner deserializer for the same thing.
macro_rules! ask {
    ($($method:ident($($name:ident: $type:ty),*);)*) => {
        $(fn $method<V: Visitor<'de>>(self, $($name: $type,)* visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method($($name,)* Splice::new(visitor, self.attachments))
        })*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Splice<'de, D> {
    type Error = D::Error;

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_any(WantsBytes(Splice::new(visitor, self.attachments)))
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserialize_bytes(visitor)
    }

    ask! {
        deserialize_any();
        deserialize_bool();
        deserialize_i8();
        deserialize_i16();
        deserialize_i32();
        deserialize_i64();
        deserialize_i128();
        deserialize_u8();
        deserialize_u16();
        deserialize_u32();
        deserialize_u64();
        deserialize_u128();
        deserialize_f32();
        deserialize_f64();
        deserialize_char();
        deserialize_str();
        deserialize_string();
        deserialize_option();
        deserialize_unit();
        deserialize_unit_struct(name: &'static str);
        deserialize_newtype_struct(name: &'static str);
        deserialize_seq();
        deserialize_tuple(len: usize);
        deserialize_tuple_struct(name: &'static str, len: usize);
        deserialize_map();
        deserialize_struct(name: &'static str, fields: &'static [&'static str]);
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
        deserialize_identifier();
        deserialize_ignored_any();
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

/// Tells the inner visitor the same thing.
macro_rules! tell {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.inner.$method(value)
        })*
    };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Splice<'de, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    tell! {
        visit_bool: bool, visit_char: char,
        visit_i8: i8, visit_i16: i16, visit_i32: i32, visit_i64: i64, visit_i128: i128,
        visit_u8: u8, visit_u16: u16, visit_u32: u32, visit_u64: u64, visit_u128: u128,
        visit_f32: f32, visit_f64: f64,
        visit_str: &str, visit_borrowed_str: &'de str, visit_string: String,
        visit_bytes: &[u8], visit_borrowed_bytes: &'de [u8], visit_byte_buf: Vec<u8>,
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(Splice::new(value, self.attachments))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
        self.inner.visit_newtype_struct(Splice::new(value, self.attachments))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(Splice::new(elements, self.attachments))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Splice::new(entries, self.attachments))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<V::Value, A::Error> {
        self.inner.visit_enum(Splice::new(data, self.attachments))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Splice<'de, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<S::Value, D::Error> {
        self.inner.deserialize(Splice::new(from, self.attachments))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Splice<'de, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.inner.next_element_seed(Splice::new(seed, self.attachments))
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Splice<'de, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.inner.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.next_value_seed(Splice::new(seed, self.attachments))
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Splice<'de, A> {
    type Error = A::Error;
    type Variant = Splice<'de, A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self::Variant), A::Error> {
        let (name, variant) = self.inner.variant_seed(seed)?;
        Ok((name, Splice::new(variant, self.attachments)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Splice<'de, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.inner.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.newtype_variant_seed(Splice::new(seed, self.attachments))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.inner.tuple_variant(len, Splice::new(visitor, self.attachments))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.inner.struct_variant(fields, Splice::new(visitor, self.attachments))
    }
}

/// A visitor that waits for bytes: a placeholder, or what `serde_json` takes for bytes, text and lists.
struct WantsBytes<'de, V>(Splice<'de, V>);

impl<'de, V: Visitor<'de>> Visitor<'de> for WantsBytes<'de, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        let placeholder = Placeholder::deserialize(MapAccessDeserializer::new(entries))?;
        let held = self.0.attachments;
        match held.get(placeholder.num).filter(|_| placeholder.marker) {
            Some(bytes) => self.0.inner.visit_borrowed_bytes(bytes),
            None => Err(A::Error::custom(format!(
                "placeholder {} stands for nothing, the packet has {} attachments",
                placeholder.num,
                held.len()
            ))),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(elements)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<V::Value, E> {
        self.0.inner.visit_borrowed_bytes(text.as_bytes())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        self.0.inner.visit_bytes(text.as_bytes())
    }
}

/// What stands in the text for an attachment; further fields are ignored, as in the reference.
#[derive(serde::Deserialize)]
struct Placeholder {
    #[serde(rename = "_placeholder")]
    marker: bool,
    num: usize,
}
