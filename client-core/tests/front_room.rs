//! The front room, with a driver whose every turn the test makes: what is let go of leaves nothing behind.
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

mod front_room {
    mod listening;
    mod providers;
    mod waiting;
    pub(crate) mod world;
}
