//! A room with nobody else in it.

use yew::prelude::*;

/// Calls back with what is said, and gives what to say something with.
#[hook]
pub fn use_room(hear: Callback<String>) -> Callback<String> {
    hear
}
