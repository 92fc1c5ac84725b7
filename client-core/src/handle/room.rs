//! What is kept for one namespace beside the machine: who listens, and who waits.

use alloc::{sync::Arc, vec::Vec};
use core::task::Waker;
use std::collections::HashMap;

use super::{
    ack::Answered,
    auth::Auth,
    inbox::Inbox,
    message::Message,
    slot::{Slot, Waiting},
    socket::Lifecycle,
    waits::Joined,
};
use crate::{
    dispatch::Dispatch,
    error::{CloseDetails, ConnectError},
    output::EmitId,
};

/// Of one namespace.
pub(crate) struct Room {
    pub(crate) listeners: Dispatch<Inbox<Message>>,
    pub(crate) lifecycle: Vec<Arc<Inbox<Lifecycle>>>,
    pub(crate) answers: HashMap<EmitId, Arc<Answered>>,
    pub(crate) auth: Option<Auth>,
    /// Settled when what the provider of auth is asked for is not wanted any more.
    asking: Option<Arc<Slot<()>>>,
    /// Who waits to be joined.
    pub(crate) joining: Waiting<Joined>,
    /// It was told that it is joined, and not yet of the end.
    is_joined: bool,
    pub(crate) writable: Waiting<()>,
}

impl Room {
    pub(crate) fn new() -> Self {
        Self {
            listeners: Dispatch::new(),
            lifecycle: Vec::new(),
            answers: HashMap::new(),
            auth: None,
            asking: None,
            joining: Waiting::new(),
            is_joined: false,
            writable: Waiting::new(),
        }
    }

    /// Tells everyone who watches this namespace.
    pub(crate) fn tell(&mut self, news: &Lifecycle, wake: &mut Vec<Waker>) {
        wake.extend(self.lifecycle.iter().filter_map(|it| it.push(news.clone())));
    }

    /// The connection is gone, or this namespace was left. Who waits although it was joined has asked for the next
    /// time; otherwise that was the end of the attempt (F014).
    pub(crate) fn parted(&mut self, details: &CloseDetails, wake: &mut Vec<Waker>) {
        if !core::mem::take(&mut self.is_joined) {
            self.joined(&Err(ConnectError::from(details)), wake);
        }
    }

    /// The attempt to join has come to an end.
    pub(crate) fn joined(&mut self, result: &Joined, wake: &mut Vec<Waker>) {
        self.is_joined = result.is_ok();
        self.joining.settle(result, wake);
        self.asks_no_more(wake);
    }

    /// The provider of auth is asked; what is returned is settled when its answer comes too late (F103).
    pub(crate) fn asks(&mut self, wake: &mut Vec<Waker>) -> Arc<Slot<()>> {
        self.asks_no_more(wake);
        let stale = Slot::new();
        self.asking = Some(Arc::clone(&stale));
        stale
    }

    /// Whatever the provider of auth was asked for is not wanted any more.
    pub(crate) fn asks_no_more(&mut self, wake: &mut Vec<Waker>) {
        wake.extend(self.asking.take().and_then(|it| it.settle(())));
    }
}
