//! What is kept for one namespace beside the machine: who listens, and who waits.

use alloc::{sync::Arc, vec::Vec};
use core::task::Waker;
use std::collections::HashMap;

use super::{ack::Answered, auth::Auth, inbox::Inbox, message::Message, socket::Lifecycle};
use crate::{
    dispatch::Dispatch,
    error::{CloseDetails, ConnectError},
    output::EmitId,
    wire::Json,
};

/// Of one namespace.
pub(crate) struct Room {
    pub(crate) listeners: Dispatch<Inbox<Message>>,
    pub(crate) lifecycle: Vec<Arc<Inbox<Lifecycle>>>,
    pub(crate) answers: HashMap<EmitId, Arc<Answered>>,
    pub(crate) auth: Option<Auth>,
    /// Who waits to be joined.
    pub(crate) joining: Vec<Arc<crate::handle::socket::Joining>>,
    /// It was told that it is joined, and not yet of the end.
    is_joined: bool,
    pub(crate) writable: Vec<Waker>,
}

impl Room {
    pub(crate) fn new() -> Self {
        Self {
            listeners: Dispatch::new(),
            lifecycle: Vec::new(),
            answers: HashMap::new(),
            auth: None,
            joining: Vec::new(),
            is_joined: false,
            writable: Vec::new(),
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
    pub(crate) fn joined(&mut self, result: &Result<(), ConnectError<Json>>, wake: &mut Vec<Waker>) {
        self.is_joined = result.is_ok();
        wake.extend(self.joining.drain(..).filter_map(|it| it.settle(result.clone())));
    }
}
