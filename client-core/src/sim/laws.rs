//! What holds whatever happens, checked at every step: a client that breaks a law has a bug.

use alloc::{collections::BTreeMap, collections::BTreeSet, string::String};

use crate::{
    input::{Input, TransportId},
    output::{EmitId, Event, Io, SocketEvent, SocketKey},
    wire::Json,
};

#[derive(Debug, Default)]
pub(super) struct Laws {
    gets: BTreeSet<TransportId>,
    posts: BTreeSet<TransportId>,
    sends: BTreeSet<TransportId>,
    opened: BTreeSet<TransportId>,
    closed: BTreeSet<TransportId>,
    /// Emits that asked for an answer and have none yet.
    waiting: BTreeSet<EmitId>,
    settled: BTreeSet<EmitId>,
    joined: BTreeSet<SocketKey>,
    /// Who was delivered events that came before the CONNECT reply: `connect` must follow at once.
    early: BTreeMap<SocketKey, String>,
}

impl Laws {
    pub(super) fn asked(&mut self, io: &Io<Json>) {
        let on = match io {
            Io::Get { on, .. } => {
                assert!(self.gets.insert(*on), "a second GET in flight on {on:?} (P-17)");
                on
            }
            Io::Post { on, body, .. } => {
                assert!(self.posts.insert(*on), "a second POST in flight on {on:?} (P-17)");
                assert!(!body.is_empty(), "an empty POST");
                on
            }
            Io::Open { on, .. } => {
                assert!(self.opened.insert(*on), "{on:?} is opened twice");
                on
            }
            Io::Send { on, frames } => {
                assert!(self.sends.insert(*on), "a second write on {on:?} before the first has left");
                assert!(self.opened.contains(on), "a write on {on:?}, which was never opened");
                assert!(!frames.is_empty(), "an empty write");
                on
            }
            Io::Close { on } => {
                assert!(self.closed.insert(*on), "{on:?} is closed twice");
                return;
            }
        };
        assert!(!self.closed.contains(on), "something is asked of {on:?} after its Close");
    }

    pub(super) fn heard(&mut self, input: &Input<Json>) {
        match input {
            Input::Polled { on, .. } => {
                self.gets.remove(on);
            }
            Input::Posted { on } => {
                self.posts.remove(on);
            }
            Input::Sent { on } => {
                self.sends.remove(on);
            }
            _ => {}
        }
    }

    pub(super) fn emitted(&mut self, emit: EmitId, asks: bool) {
        if asks {
            self.waiting.insert(emit);
        }
    }

    pub(super) fn told(&mut self, event: &Event<Json>, line: &str) {
        let Event::Socket { socket, event } = event else { return };
        match event {
            SocketEvent::Connect { .. } => {
                assert!(self.joined.insert(*socket), "{line}: it was connected already (Q-03, F093)");
                self.early.remove(socket);
            }
            SocketEvent::Disconnect { .. } => {
                assert!(!self.early.contains_key(socket), "{line}: `connect` was due");
                self.joined.remove(socket);
            }
            SocketEvent::Event { .. } if !self.joined.contains(socket) => {
                self.early.insert(*socket, line.into());
            }
            SocketEvent::Ack { emit, .. } => {
                assert!(self.waiting.remove(emit), "{line}: settled twice, or never asked");
                assert!(self.settled.insert(*emit), "{line}: settled twice");
            }
            SocketEvent::Dropped { emit } => {
                assert!(!self.waiting.contains(emit), "{line}: it asked for an answer");
                assert!(self.settled.insert(*emit), "{line}: dropped twice");
            }
            _ => {}
        }
    }

    /// Everything there was to hear was heard.
    pub(super) fn rested(&self) {
        assert!(self.early.is_empty(), "events outside of connect and disconnect: {:?}", self.early);
    }

    pub(super) fn unsettled(&self) -> usize {
        self.waiting.len()
    }
}
