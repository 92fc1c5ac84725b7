//! All arguments of an event, however many, bytes among them.
//!
//! socketioxide spreads tuples over the arguments of an event and a tuple has a fixed length; this type says "tuple" to
//! it and takes as many as there are.

use std::fmt;

use rmpv::Value;
use serde::de::{SeqAccess, Visitor};
use serde::ser::SerializeTuple;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Args(pub(super) Vec<Value>);

impl Args {
    /// The first argument, and the others.
    pub(super) fn split_first(mut self) -> (Value, Self) {
        if self.0.is_empty() {
            return (Value::Nil, self);
        }
        let rest = self.0.split_off(1);
        (self.0.pop().unwrap_or(Value::Nil), Self(rest))
    }
}

impl Serialize for Args {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tuple = serializer.serialize_tuple(self.0.len())?;
        for value in &self.0 {
            tuple.serialize_element(value)?;
        }
        tuple.end()
    }
}

impl<'de> Deserialize<'de> for Args {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;

        impl<'de> Visitor<'de> for All {
            type Value = Args;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the arguments of an event")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Args, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = seq.next_element()? {
                    values.push(value);
                }
                Ok(Args(values))
            }
        }

        // The length is a word of the trait only: the JSON reader goes to the end of the array.
        deserializer.deserialize_tuple(0, All)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_and_gives_any_number() {
        for json in ["[]", "[1]", r#"[null,"a",[2.5,{"b":true}]]"#] {
            let args: Args = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&args).unwrap(), json);
        }
    }

    #[test]
    fn splits_even_nothing() {
        assert_eq!(Args::default().split_first(), (Value::Nil, Args::default()));
        let both = Args(vec![1.into(), 2.into()]);
        assert_eq!(both.split_first(), (1.into(), Args(vec![2.into()])));
    }
}
