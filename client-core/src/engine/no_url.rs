//! The host knows the address.

use crate::{config::Transport, ground::Ground, wire::Wire};

pub(crate) fn request<W: Wire>(_: &mut Ground, _: Transport, _: Option<&W::Text>) {}
