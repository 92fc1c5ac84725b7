//! Who hears an event of a namespace, and in which order (ORD-6).
//!
//! Catch-all listeners first, in the order they came, then those of the event's name. Each has a queue of its
//! own; a listener that comes or goes changes nothing about events that are already in one.

use alloc::{string::String, sync::Arc, vec::Vec};
use core::hash::{BuildHasherDefault, Hasher};
use std::collections::HashMap;

/// The listeners of one namespace; `T` is what each of them holds.
pub(crate) struct Dispatch<T> {
    any: Vec<Arc<T>>,
    outgoing: Vec<Arc<T>>,
    named: HashMap<String, Vec<Arc<T>>, BuildHasherDefault<Fnv>>,
}

/// What a listener wants to hear.
#[derive(Clone, Debug)]
pub(crate) enum Topic {
    Event(String),
    Any,
    Outgoing,
}

impl<T> Dispatch<T> {
    pub(crate) fn new() -> Self {
        Self { any: Vec::new(), outgoing: Vec::new(), named: HashMap::default() }
    }

    pub(crate) fn add(&mut self, topic: &Topic, listener: &Arc<T>) {
        let list = match topic {
            Topic::Any => &mut self.any,
            Topic::Outgoing => &mut self.outgoing,
            Topic::Event(name) => self.named.entry(name.clone()).or_default(),
        };
        list.push(Arc::clone(listener));
    }

    pub(crate) fn remove(&mut self, topic: &Topic, listener: &Arc<T>) {
        let others = |it: &Arc<T>| !Arc::ptr_eq(it, listener);
        match topic {
            Topic::Any => self.any.retain(others),
            Topic::Outgoing => self.outgoing.retain(others),
            Topic::Event(name) => {
                if let Some(list) = self.named.get_mut(name) {
                    list.retain(others);
                    if list.is_empty() {
                        self.named.remove(name);
                    }
                }
            }
        }
    }

    /// Those who hear an event of this name, in order.
    pub(crate) fn listeners(&self, name: &str) -> impl Iterator<Item = &Arc<T>> {
        self.any.iter().chain(self.named.get(name).into_iter().flatten())
    }

    /// Those who hear what leaves.
    pub(crate) fn outgoing(&self) -> impl Iterator<Item = &Arc<T>> {
        self.outgoing.iter()
    }

    pub(crate) fn hears_outgoing(&self) -> bool {
        !self.outgoing.is_empty()
    }

    /// Every one, in no particular order.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<T>> {
        #[expect(
            clippy::disallowed_methods,
            reason = "used to tell all of them the same, where order has no effect"
        )]
        let named = self.named.values().flatten();
        self.any.iter().chain(&self.outgoing).chain(named)
    }
}

/// FNV-1a: a few nanoseconds for a name, where the standard hasher takes twenty. What it lacks, resistance to
/// keys that an attacker chose, is not needed: the keys are the application's, a peer's name is only looked up.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(dispatch: &Dispatch<u8>, name: &str) -> Vec<u8> {
        dispatch.listeners(name).map(|it| **it).collect()
    }

    #[test]
    fn catch_all_listeners_hear_first() {
        // ORD-6, A-92
        let mut dispatch = Dispatch::new();
        dispatch.add(&Topic::Event(String::from("a")), &Arc::new(1));
        dispatch.add(&Topic::Any, &Arc::new(2));
        dispatch.add(&Topic::Event(String::from("a")), &Arc::new(3));
        dispatch.add(&Topic::Outgoing, &Arc::new(4));
        assert_eq!(heard(&dispatch, "a"), [2, 1, 3]);
        assert_eq!(heard(&dispatch, "b"), [2]);
        assert_eq!(dispatch.outgoing().count(), 1);
    }

    #[test]
    fn a_listener_goes_alone() {
        // the same twice is two
        let mut dispatch = Dispatch::new();
        let (topic, one, two) = (Topic::Event(String::from("a")), Arc::new(1), Arc::new(1));
        dispatch.add(&topic, &one);
        dispatch.add(&topic, &two);
        dispatch.remove(&topic, &one);
        assert_eq!(heard(&dispatch, "a"), [1]);
        dispatch.remove(&topic, &two);
        assert_eq!(dispatch.all().count(), 0);
    }
}
