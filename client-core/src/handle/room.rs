//! What is kept for one namespace beside the machine: who listens, and who waits.

use alloc::{sync::Arc, vec::Vec};
use core::task::Waker;
use std::collections::HashMap;

use super::{ack::Answered, auth::Auth, inbox::Inbox, message::Message, socket::Lifecycle};
use crate::{dispatch::Dispatch, output::EmitId, wire::Json};

/// Of one namespace.
pub(crate) struct Room {
    pub(crate) listeners: Dispatch<Inbox<Message>>,
    pub(crate) lifecycle: Vec<Arc<Inbox<Lifecycle>>>,
    pub(crate) answers: HashMap<EmitId, Arc<Answered>>,
    pub(crate) auth: Option<Auth>,
    /// How the latest attempt to join ended, and who waits for it.
    pub(crate) joining: Vec<Arc<crate::handle::socket::Joining>>,
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
            writable: Vec::new(),
        }
    }

    /// Tells everyone who watches this namespace.
    pub(crate) fn tell(&mut self, news: &Lifecycle, wake: &mut Vec<Waker>) {
        wake.extend(self.lifecycle.iter().filter_map(|it| it.push(news.clone())));
    }

    /// The attempt to join has come to an end.
    pub(crate) fn joined(&mut self, result: &Result<(), crate::ConnectError<Json>>, wake: &mut Vec<Waker>) {
        wake.extend(self.joining.drain(..).filter_map(|it| it.settle(result.clone())));
    }
}
