//! Rust values as arguments, and arguments as Rust values.
//!
//! | a Rust value | is |
//! |---|---|
//! | a tuple, a tuple struct, a fixed array `[T; N]` | as many arguments as it has fields |
//! | `()`, a unit struct | no arguments |
//! | anything else | one argument |
//!
//! The rule is the same in both directions and concerns only the outermost value. To serde a fixed array *is* a
//! tuple; a newtype struct is a tuple struct of one field, hence one argument whatever is in it. To send a tuple
//! as one argument, which is a list to the peer, put it into another: `((1, 2),)`.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "positions in what is in memory, which end far below the largest number"
)]

use alloc::vec::Vec;
use core::{fmt, marker::PhantomData};

use bytes::{Buf, Bytes};
use serde::{
    Deserialize, Serialize,
    de::{DeserializeSeed, Deserializer, Error, Expected, IgnoredAny, SeqAccess, Visitor},
    forward_to_deserialize_any,
};

use super::{
    pull::{Outermost, Pull, Sink},
    splice::Splice,
};

/// Before the JSON of an event of the main namespace that wants no answer and has no attachments.
pub(super) const EVENT_HEAD: &str = "42";

/// `data` as the text of an array, after `name` if there is one, and the attachments pulled out of it.
pub(super) fn write<T: Serialize + ?Sized>(
    name: Option<&str>,
    data: &T,
) -> serde_json::Result<(Bytes, Vec<Bytes>)> {
    let mut text = Vec::with_capacity(USUAL_LENGTH + name.map_or(0, str::len));
    if name.is_some() {
        // As the packet that it most likely becomes.
        text.extend_from_slice(EVENT_HEAD.as_bytes());
    }
    text.push(b'[');
    if let Some(name) = name {
        serde_json::to_writer(&mut text, name)?;
        text.push(b',');
    }
    let head = text.len();
    let sink = Sink::default();
    data.serialize(Pull::new(&mut serde_json::Serializer::new(&mut text), &sink))?;
    let mut skip = 0;
    match sink.outermost() {
        Outermost::Other => text.push(b']'),
        // `["name",` `[1,2]`: the head moves over the inner bracket, as it is the shorter part.
        Outermost::Tuple if text.len() > head + "[]".len() => {
            text.copy_within(..head, 1);
            skip = 1;
        }
        Outermost::Tuple | Outermost::Unit => {
            text.truncate(if name.is_some() { head - 1 } else { head });
            text.push(b']');
        }
    }
    let mut text = Bytes::from(text);
    if skip > 0 {
        text.advance(skip);
    }
    Ok((text, sink.into_attachments()))
}

/// `data` as it is, and the attachments pulled out of it.
pub(super) fn write_bare<T: Serialize + ?Sized>(data: &T) -> serde_json::Result<(Bytes, Vec<Bytes>)> {
    let mut text = Vec::with_capacity(USUAL_LENGTH);
    let sink = Sink::default();
    data.serialize(Pull::new(&mut serde_json::Serializer::new(&mut text), &sink))?;
    Ok((text.into(), sink.into_attachments()))
}

/// What the array `text` says, without its first element if that is a name.
///
/// The text is parsed once, to its end. Only if there are attachments, something stands between `serde_json` and `T`.
pub(super) fn read<'de, T: Deserialize<'de>>(
    text: &'de str,
    attachments: &'de [Bytes],
    named: bool,
) -> serde_json::Result<T> {
    let mut json = serde_json::Deserializer::from_str(text);
    let reader = Reader { named, wanted: wanted::<T>(), target: PhantomData };
    let value = if attachments.is_empty() {
        json.deserialize_seq(reader)?
    } else {
        Splice::new(&mut json, attachments).deserialize_seq(reader)?
    };
    json.end()?;
    Ok(value)
}

/// Reads an array of arguments.
struct Reader<T> {
    named: bool,
    wanted: Outermost,
    target: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of arguments")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<T, A::Error> {
        if self.named {
            elements.next_element::<IgnoredAny>()?;
        }
        let value = match self.wanted {
            Outermost::Other => match elements.next_element()? {
                Some(value) => value,
                None => T::deserialize(Missing::new(1))?,
            },
            Outermost::Tuple | Outermost::Unit => T::deserialize(Several(&mut elements))?,
        };
        // A server with recovery appends an offset to its events (P-101).
        while elements.next_element::<IgnoredAny>()?.is_some() {}
        Ok(value)
    }
}

/// The arguments as the fields of a tuple.
struct Several<'a, A>(&'a mut A);

impl<'de, A: SeqAccess<'de>> Deserializer<'de> for Several<'_, A> {
    type Error = A::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_unit()
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_seq(Padded { elements: self.0, taken: 0, len })
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.deserialize_tuple(len, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq map struct enum identifier ignored_any
    }
}

/// As many arguments as a tuple has fields: what the peer left out is [`Missing`], what it added is left over.
struct Padded<'a, A> {
    elements: &'a mut A,
    taken: usize,
    len: usize,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Padded<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        if self.taken == self.len {
            return Ok(None);
        }
        self.taken += 1;
        let mut seed = Some(seed);
        match self.elements.next_element_seed(Lent(&mut seed))? {
            Some(value) => Ok(Some(value)),
            None => seed.map(|seed| seed.deserialize(Missing::new(self.taken))).transpose(),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.len - self.taken)
    }
}

/// A seed that comes back if nothing was there to grow from it.
struct Lent<'a, S>(&'a mut Option<S>);

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Lent<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<S::Value, D::Error> {
        let seed = self.0.take().ok_or_else(|| D::Error::custom("an argument was read twice"))?;
        seed.deserialize(from)
    }
}

/// An argument that is not there: none to an `Option`, an error to anything that needs one.
struct Missing<E> {
    number: usize,
    error: PhantomData<E>,
}

impl<E> Missing<E> {
    /// The argument at `number`, from 1.
    fn new(number: usize) -> Self {
        Self { number, error: PhantomData }
    }
}

impl<'de, E: Error> Deserializer<'de> for Missing<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        Err(E::custom(format_args!(
            "argument {} is missing, expected {}",
            self.number, &visitor as &dyn Expected
        )))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// How `T` will present itself to serde, asked without reading anything: the answer is the error.
fn wanted<'de, T: Deserialize<'de>>() -> Outermost {
    match T::deserialize(Probe) {
        Err(Found(outermost)) => outermost,
        Ok(_) => Outermost::Other,
    }
}

/// A deserializer that only listens.
struct Probe;

impl<'de> Deserializer<'de> for Probe {
    type Error = Found;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Found> {
        Err(Found(Outermost::Other))
    }

    fn deserialize_unit<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Found> {
        Err(Found(Outermost::Unit))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, _: V) -> Result<V::Value, Found> {
        Err(Found(Outermost::Unit))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _len: usize, _visitor: V) -> Result<V::Value, Found> {
        Err(Found(Outermost::Tuple))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _len: usize,
        _visitor: V,
    ) -> Result<V::Value, Found> {
        Err(Found(Outermost::Tuple))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        newtype_struct seq map struct enum identifier ignored_any
    }
}

/// What [`Probe`] heard.
#[derive(Debug)]
struct Found(Outermost);

impl Error for Found {
    fn custom<M: fmt::Display>(_message: M) -> Self {
        Self(Outermost::Other)
    }
}

impl core::error::Error for Found {}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("only asked")
    }
}

/// Bytes that most events fit into, with their brackets.
const USUAL_LENGTH: usize = 128;
