//! The front room: what Rust users hold, the same on every platform.
//!
//! ```text
//!   Manager ──┬── Socket ──┬── Events      a listener: a stream; dropping it is `off`
//!   (handles, │            ├── Once        the next event: a future
//!   cheap to  │            ├── Ack         an answer: a future
//!   clone)    └── Socket   └── Emitting    flags before the verb: volatile, timeout, time to live
//!      │
//!      └── one mutex ── the machine ── Driver    the other end: a runtime's one task
//! ```
//!
//! When the last `Manager` and `Socket` are dropped the connection closes, politely, and the streams end:
//! listeners do not keep a connection alive.

mod ack;
mod auth;
mod driver;
mod emit;
mod events;
mod inbox;
mod manager;
mod message;
mod room;
mod shared;
mod slot;
mod socket;
mod waits;

pub use ack::{Ack, AnswerData};
pub use auth::{AuthError, AuthFuture};
pub use driver::{Driver, Pumped, SLOW_LISTENER_GRACE};
pub use emit::{EmitError, Emitting};
pub use events::{Events, Next, Once, Subscription};
pub use inbox::{INBOX_BYTES, INBOX_EVENTS, Item};
pub use manager::{Drained, Manager, ManagerEvent};
pub use message::{AnswerError, Message};
pub use shared::{Clock, Spawn, Task};
pub use socket::{Lifecycle, Socket};
pub use waits::{Connected, Writable};
