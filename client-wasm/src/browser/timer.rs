//! The one timer of a connection.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use gloo_timers::future::TimeoutFuture;
use sockeye_core::Instant;

/// Wakes its task at one moment, which may be moved. Dropping it stops it.
#[derive(Default)]
pub(crate) struct Timer {
    set_to: Option<Instant>,
    running: Option<TimeoutFuture>,
}

impl Timer {
    /// Moves it, unless it is set to that moment already.
    pub(crate) fn set(&mut self, to: Option<Instant>, now: Instant) {
        if self.set_to != to {
            self.set_to = to;
            self.running = to.map(|it| TimeoutFuture::new(millis_until(it, now)));
        }
    }

    /// Whether it rang. It may be too early: by rounding, or because the moment is further away than a timer can say.
    pub(crate) fn poll_rang(&mut self, cx: &mut Context<'_>) -> bool {
        let rang = self.running.as_mut().is_some_and(|it| Pin::new(it).poll(cx) == Poll::Ready(()));
        if rang {
            *self = Self::default();
        }
        rang
    }
}

fn millis_until(moment: Instant, now: Instant) -> u32 {
    u32::try_from(moment.since(now).as_millis()).unwrap_or(LONGEST).min(LONGEST)
}

/// A page's timers take what fits 31 bits; more is taken for none at all.
const LONGEST: u32 = i32::MAX as u32;
