//! Why sockets of `/` left, in the words of the official server. `/admin` tells.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use socketioxide::socket::{DisconnectReason, Sid};

const KEPT: usize = 200;

#[derive(Debug, Default)]
pub(super) struct Departures(Mutex<VecDeque<Departure>>);

#[derive(Debug, Clone, Serialize)]
pub(super) struct Departure {
    id: String,
    reason: &'static str,
}

impl Departures {
    pub(super) fn note(&self, id: Sid, reason: DisconnectReason) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() == KEPT {
            all.pop_front();
        }
        all.push_back(Departure { id: id.to_string(), reason: in_words(reason) });
    }

    pub(super) fn list(&self) -> Vec<Departure> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

fn in_words(reason: DisconnectReason) -> &'static str {
    match reason {
        DisconnectReason::TransportClose => "transport close",
        DisconnectReason::MultipleHttpPollingError | DisconnectReason::TransportError => "transport error",
        DisconnectReason::PacketParsingError => "parse error",
        DisconnectReason::HeartbeatTimeout => "ping timeout",
        DisconnectReason::ClientNSDisconnect => "client namespace disconnect",
        DisconnectReason::ServerNSDisconnect => "server namespace disconnect",
        DisconnectReason::ClosingServer => "server shutting down",
    }
}
