//! The one mutex, and what is behind it.

use alloc::{boxed::Box, sync::Arc, vec::Vec};
use core::{future::Future, pin::Pin, task::Waker};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{inbox::Inbox, inbox::Slow, manager::ManagerEvent, room::Room, slot::Waiting};
use crate::{client::Client, output::SocketKey, time::Instant, wire::Json};

/// Reads a driver's clock.
pub type Clock = fn() -> Instant;

/// Something to run beside the driver: a callback's loop, a provider of auth.
pub type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Starts a [`Task`] on a driver's runtime.
pub type Spawn = Arc<dyn Fn(Task) + Send + Sync>;

/// Held by every handle, by the driver, and weakly by listeners and answers.
pub(crate) struct Shared {
    inner: Mutex<Inner>,
    pub(crate) clock: Clock,
    pub(crate) spawn: Spawn,
    pub(crate) slow: Arc<Slow>,
}

pub(crate) struct Inner {
    pub(crate) client: Client<Json>,
    pub(crate) rooms: Vec<Room>,
    pub(crate) watchers: Vec<Arc<Inbox<ManagerEvent>>>,
    pub(crate) drained: Waiting<bool>,
    /// The driver sleeps; it is woken by the first wish.
    pub(crate) driver: Option<Waker>,
    /// Something was wished that the driver has not seen.
    pub(crate) wished: bool,
    /// The last handle is gone.
    pub(crate) orphaned: bool,
    /// The driver is gone: nothing will ever happen again.
    pub(crate) dead: bool,
}

impl Shared {
    pub(crate) fn new(client: Client<Json>, clock: Clock, spawn: Spawn) -> Arc<Self> {
        let inner = Inner {
            client,
            // One is usual, and the first allocation of a list takes room for four.
            rooms: Vec::with_capacity(1),
            watchers: Vec::new(),
            drained: Waiting::new(),
            driver: None,
            wished: false,
            orphaned: false,
            dead: false,
        };
        Arc::new(Self { inner: Mutex::new(inner), clock, spawn, slow: Arc::default() })
    }

    /// Something that the driver may have to act on.
    pub(crate) fn wish<R>(&self, work: impl FnOnce(&mut Inner, Instant) -> R) -> R {
        let now = (self.clock)();
        let mut inner = self.lock();
        let result = work(&mut inner, now);
        let driver = if core::mem::replace(&mut inner.wished, true) { None } else { inner.driver.take() };
        drop(inner);
        if let Some(driver) = driver {
            driver.wake();
        }
        result
    }

    /// Something that it has not.
    pub(crate) fn look<R>(&self, work: impl FnOnce(&mut Inner) -> R) -> R {
        work(&mut self.lock())
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    pub(crate) fn room(&mut self, socket: SocketKey) -> Option<&mut Room> {
        self.rooms.get_mut(socket.as_u32() as usize)
    }
}
