//! Every option and every limit can be set.

use alloc::{string::String, vec, vec::Vec};
use core::{fmt, time::Duration};

use super::Transport;
pub(crate) use crate::time::millis;

/// How long.
pub(crate) type Span = Duration;

pub(crate) const fn span(millis: u64) -> Span {
    Duration::from_millis(millis)
}

/// Options of a connection: what the reference calls engine and manager options (O-01 to O-49).
///
/// ```
/// # use sockeye_core::{Config, Transport};
/// use std::time::Duration;
///
/// let mut config = Config::new("https://chat.example.com");
/// config.transports = vec![Transport::WebSocket]; // no polling before it
/// config.reconnection_delay_max = Duration::from_secs(30);
/// config.limits.pending_acks = 1_000;
/// assert_eq!(config.timeout, Some(Duration::from_secs(20)));
/// ```
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "they are the reference's options, one by one")]
pub struct Config {
    /// `http://host:port` or `https://host:port`, without a path; the port may be left out when it is the
    /// scheme's own (P-15).
    pub origin: String,
    /// Path of the Engine.IO endpoint. Default `/socket.io` (O-05).
    pub path: String,
    /// Whether the path ends in a slash. Default true (O-06).
    pub add_trailing_slash: bool,
    /// Query parameters of every request, before the protocol's own. Default none (O-07).
    pub query: Vec<(String, String)>,
    /// In order of preference; the first is tried. Default polling, then WebSocket (O-08).
    pub transports: Vec<Transport>,
    /// Whether polling is upgraded to WebSocket. Default true (O-10).
    pub upgrade: bool,
    /// Whether the next transport is tried when one fails to open. Default false (O-11).
    pub try_all_transports: bool,
    /// Whether to start with WebSocket when the last one succeeded. Default false (O-12).
    pub remember_upgrade: bool,
    /// Base64 for bytes on every transport. Default false (O-13).
    pub force_base64: bool,
    /// Cache buster: `None` on polling only, otherwise on both or none. Default `None` (O-14).
    pub timestamp_requests: Option<bool>,
    /// Name of the cache buster. Default `t` (O-15).
    pub timestamp_param: String,
    /// Deadline of one connection attempt, up to the Engine.IO handshake. Default 20 s (O-47).
    pub timeout: Option<Duration>,
    /// Whether a lost connection is tried again. Default true (O-42).
    pub reconnection: bool,
    /// How often in a row; `0` means without end. Default 0 (O-43).
    pub reconnection_attempts: u32,
    /// The first delay. Default 1 s (O-44).
    pub reconnection_delay: Duration,
    /// The longest delay, jitter and all. Default 5 s (O-45).
    pub reconnection_delay_max: Duration,
    /// Jitter: a share of the delay, to either side, from 0 to 1. Default 0.5 (O-46).
    pub randomization_factor: f64,
    /// Cap after the jitter as the reference does, so that most clients return in the same instant (Q-01).
    /// Default false.
    pub cap_after_jitter: bool,
    /// How long a connection must stand before the delays start from the first again (F106). Default 10 s.
    pub stable_after: Duration,
    /// Whether a failure that trying again cannot mend ends the reconnecting (F001, F003), as
    /// [`ConnectError::is_fatal`](crate::ConnectError::is_fatal) says. Once a connection stood, only a refusal with code
    /// 4 or 5 and a server of another version do: a status alone or a certificate may pass, as with a proxy that
    /// answers 404 while the server behind it starts anew. `close` forgets that it stood. Default true.
    pub stop_on_fatal: bool,
    /// The longest wait that a server's `Retry-After` may ask for (F034). Default 60 s.
    pub retry_after_max: Duration,
    /// How long a namespace may take to answer CONNECT (F013). Default 45 s, the server's own limit (P-88).
    pub namespace_timeout: Duration,
    /// How long the application may take to answer `AuthRequired` (F103); [`Duration::MAX`] is without end, as
    /// the reference has it. Default 10 s.
    pub auth_timeout: Duration,
    /// How long an upgrade may take (P-65). Default 10 s.
    pub upgrade_timeout: Duration,
    /// How long a goodbye may take: what was written leaves first. Default 2 s.
    pub close_timeout: Duration,
    /// The shortest pause between two polls that brought nothing (F024). Default 50 ms.
    pub poll_gap: Duration,
    /// Seed of jitter and cache busters. Drivers set it from the system's entropy.
    pub seed: u64,
    /// What may grow, and how far.
    pub limits: Limits,
}

/// What a peer or an application can make grow, and how far it may.
///
/// ```
/// # use sockeye_core::{Config, Limits};
/// let mut config = Config::new("https://chat.example.com");
/// config.limits = Limits { attachment_bytes: 1 << 20, pending_acks: 1_000, ..Limits::default() };
/// assert_eq!(config.limits.attachments, 10);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Attachments of one packet (F066). Default 10.
    pub attachments: usize,
    /// Bytes in the attachments of one packet (F084). Default 64 MiB.
    pub attachment_bytes: usize,
    /// How long the attachments of one packet may take (F084). Default 60 s.
    pub attachment_time: Duration,
    /// Packets in one polling body (F015). Default 65,536.
    pub payload_packets: usize,
    /// Units in the name of a namespace (F067). Default 1,024.
    pub namespace: usize,
    /// Bytes in a session id, a private id or an offset (F004, F130). Default 256.
    pub id: usize,
    /// Answers awaited by one namespace (F101). Default 65,536.
    pub pending_acks: usize,
    /// Namespaces of one connection (F101). Default 1,024.
    pub namespaces: usize,
    /// Events that arrive before the CONNECT reply (F095). Default 1,024.
    pub receive_buffer_events: usize,
    /// Their bytes (F095). Default 4 MiB.
    pub receive_buffer_bytes: usize,
    /// News that the driver has not taken yet. Default 262,144.
    pub undelivered: usize,
    /// Bytes handed to a WebSocket at once (F049). Default 1 MiB.
    pub write_batch: usize,
    /// Bytes of messages below Socket.IO that may wait to be sent (A-111). Default 16 MiB.
    pub raw_bytes: usize,
}

/// What happens when a buffer is full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overflow {
    /// The call is refused and hands the arguments back.
    #[default]
    Reject,
    /// What waits longest is dropped for it.
    DropOldest,
    /// The new one is dropped, and counted.
    DropNewest,
}

/// Options of one namespace (O-60 to O-62), and what no other client has.
///
/// ```
/// # use sockeye_core::{Overflow, SocketOptions};
/// use std::time::Duration;
///
/// // For `Manager::socket_with`: old news is worth less than new.
/// let options = SocketOptions {
///     ack_timeout: Some(Duration::from_secs(5)),
///     send_buffer_events: 100,
///     overflow: Overflow::DropOldest,
///     ..SocketOptions::default()
/// };
/// assert_eq!(options.retries, 0);
/// ```
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct SocketOptions {
    /// Ask for auth before each CONNECT (`AuthRequired`), instead of sending none. Default false (O-60).
    pub auth: bool,
    /// How often an event that is not acknowledged is sent again; 0 turns the queue off. Default 0 (O-61).
    pub retries: u32,
    /// How long answers may take where `emit` does not say. Default without end (O-62).
    pub ack_timeout: Option<Duration>,
    /// Events that may wait to be sent (F113). Default 10,000.
    pub send_buffer_events: usize,
    /// Their bytes (F113). Default 16 MiB.
    pub send_buffer_bytes: usize,
    /// What happens beyond that. Default: the call is refused.
    pub overflow: Overflow,
    /// Whether what leaves is reported (`Outgoing`, A-93). Default false.
    pub outgoing: bool,
    /// Whether a lost session is asked for again (section 1.9). Default true.
    pub recovery: bool,
    /// Whether the offset that the server appends to events is hidden from listeners (F129). It cannot be told
    /// from a text of the application's own with certainty, so the default is false, as in the reference.
    pub strip_offset: bool,
    /// Whether events wait for the next `connect` after the server refused the namespace, as the reference
    /// has it, instead of being handed back (F092). Default false.
    pub buffer_when_refused: bool,
}

/// How one event is sent (A-63).
#[derive(Clone, Copy, Debug, Default)]
pub struct Emit {
    /// Whether an answer is asked for.
    pub ack: bool,
    /// Dropped unless it can leave at once (A-64).
    pub volatile: bool,
    /// How long the answer may take, from now on and also while the event waits (A-75). `None`: as the
    /// socket's `ack_timeout` says.
    pub timeout: Option<Duration>,
    /// How long the event may wait to be sent; then it is dropped. `None`: as long as it takes.
    pub time_to_live: Option<Duration>,
    /// Accepted for the reference's sake: no transport of today's drivers compresses (A-65).
    pub compress: bool,
}

impl Config {
    /// The defaults, for the server at `origin`.
    pub fn new(origin: &str) -> Self {
        Self {
            origin: String::from(origin),
            path: String::from("/socket.io"),
            add_trailing_slash: true,
            query: Vec::new(),
            transports: vec![Transport::Polling, Transport::WebSocket],
            upgrade: true,
            try_all_transports: false,
            remember_upgrade: false,
            force_base64: false,
            timestamp_requests: None,
            timestamp_param: String::from("t"),
            timeout: Some(Duration::from_secs(20)),
            reconnection: true,
            reconnection_attempts: 0,
            reconnection_delay: Duration::from_secs(1),
            reconnection_delay_max: Duration::from_secs(5),
            randomization_factor: 0.5,
            cap_after_jitter: false,
            stable_after: Duration::from_secs(10),
            stop_on_fatal: true,
            retry_after_max: Duration::from_mins(1),
            namespace_timeout: Duration::from_secs(45),
            auth_timeout: Duration::from_secs(10),
            upgrade_timeout: Duration::from_secs(10),
            close_timeout: Duration::from_secs(2),
            poll_gap: Duration::from_millis(50),
            seed: 0,
            limits: Limits::default(),
        }
    }
}

/// Of the query the keys only: tokens are in it as a rule (F122).
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Taken apart, so that no option is forgotten here.
        let Self {
            origin,
            path,
            add_trailing_slash,
            query,
            transports,
            upgrade,
            try_all_transports,
            remember_upgrade,
            force_base64,
            timestamp_requests,
            timestamp_param,
            timeout,
            reconnection,
            reconnection_attempts,
            reconnection_delay,
            reconnection_delay_max,
            randomization_factor,
            cap_after_jitter,
            stable_after,
            stop_on_fatal,
            retry_after_max,
            namespace_timeout,
            auth_timeout,
            upgrade_timeout,
            close_timeout,
            poll_gap,
            seed,
            limits,
        } = self;
        let query: Vec<_> = query.iter().map(|(key, _)| key).collect();
        f.debug_struct("Config")
            .field("origin", origin)
            .field("path", path)
            .field("add_trailing_slash", add_trailing_slash)
            .field("query", &query)
            .field("transports", transports)
            .field("upgrade", upgrade)
            .field("try_all_transports", try_all_transports)
            .field("remember_upgrade", remember_upgrade)
            .field("force_base64", force_base64)
            .field("timestamp_requests", timestamp_requests)
            .field("timestamp_param", timestamp_param)
            .field("timeout", timeout)
            .field("reconnection", reconnection)
            .field("reconnection_attempts", reconnection_attempts)
            .field("reconnection_delay", reconnection_delay)
            .field("reconnection_delay_max", reconnection_delay_max)
            .field("randomization_factor", randomization_factor)
            .field("cap_after_jitter", cap_after_jitter)
            .field("stable_after", stable_after)
            .field("stop_on_fatal", stop_on_fatal)
            .field("retry_after_max", retry_after_max)
            .field("namespace_timeout", namespace_timeout)
            .field("auth_timeout", auth_timeout)
            .field("upgrade_timeout", upgrade_timeout)
            .field("close_timeout", close_timeout)
            .field("poll_gap", poll_gap)
            .field("seed", seed)
            .field("limits", limits)
            .finish()
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            attachments: 10,
            attachment_bytes: 64 << 20,
            attachment_time: Duration::from_mins(1),
            payload_packets: 65_536,
            namespace: 1_024,
            id: 256,
            pending_acks: 65_536,
            namespaces: 1_024,
            receive_buffer_events: 1_024,
            receive_buffer_bytes: 4 << 20,
            undelivered: 262_144,
            write_batch: 1 << 20,
            raw_bytes: 16 << 20,
        }
    }
}

impl Default for SocketOptions {
    fn default() -> Self {
        Self {
            auth: false,
            retries: 0,
            ack_timeout: None,
            send_buffer_events: 10_000,
            send_buffer_bytes: 16 << 20,
            overflow: Overflow::Reject,
            outgoing: false,
            recovery: true,
            strip_offset: false,
            buffer_when_refused: false,
        }
    }
}
