//! What was counted, as plain numbers.

#![allow(clippy::arithmetic_side_effects, reason = "64 bits are not counted full")]

/// Of one namespace, or of a whole connection with all its namespaces, since it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Socket.IO packets received; attachments belong to their packet.
    pub packets_received: u64,
    /// Socket.IO packets handed to a transport.
    pub packets_sent: u64,
    /// Bytes (or UTF-16 units) of payload received, attachments included.
    pub bytes_received: u64,
    /// Bytes (or UTF-16 units) of payload handed to a transport.
    pub bytes_sent: u64,
    /// Emits that never left: limits, time to live, volatile.
    pub dropped: u64,
    /// Events that were received and not delivered: before CONNECT beyond the limit, or after leaving. Over all
    /// namespaces, also packets for one that was never named (F079).
    pub ignored: u64,
    /// Answers that came for nothing: late, double, unknown (F097).
    pub late_acks: u64,
    /// Answers that did not come in time.
    pub timed_out: u64,
    /// Events sent again.
    pub retried: u64,
    /// Times the namespace was joined again, or the connection established again.
    pub reconnects: u64,
}

/// What counts; without `standalone` the host does.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tally {
    #[cfg(feature = "standalone")]
    counters: Counters,
}

#[cfg(feature = "standalone")]
impl Tally {
    pub(crate) fn count(&mut self, which: impl FnOnce(&mut Counters) -> &mut u64, by: u64) {
        *which(&mut self.counters) += by;
    }

    pub(crate) fn counters(&self) -> &Counters {
        &self.counters
    }
}

#[cfg(not(feature = "standalone"))]
impl Tally {
    #[expect(clippy::unused_self, reason = "what counts elsewhere has it")]
    pub(crate) fn count(&mut self, _: impl FnOnce(&mut Counters) -> &mut u64, _: u64) {}
}

#[cfg(feature = "standalone")]
impl Counters {
    pub(crate) fn add(&mut self, other: &Self) {
        self.packets_received += other.packets_received;
        self.packets_sent += other.packets_sent;
        self.bytes_received += other.bytes_received;
        self.bytes_sent += other.bytes_sent;
        self.dropped += other.dropped;
        self.ignored += other.ignored;
        self.late_acks += other.late_acks;
        self.timed_out += other.timed_out;
        self.retried += other.retried;
    }
}
