//! The servers that stories name, and the ways to them.

use sockeye_tests::Which;

use crate::setting::{Setting, Transports};

pub(crate) fn node_4_8_4() -> Place {
    Place(Which::Node484)
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn node_4_0() -> Place {
    Place(Which::Node40)
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn node_3_1() -> Place {
    Place(Which::Node31)
}

pub(crate) fn rust() -> Place {
    Place(Which::Rust)
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn python() -> Place {
    Place(Which::Python)
}

/// A server that still lacks a way to it.
pub(crate) struct Place(Which);

impl Place {
    pub(crate) fn polling(self) -> Setting {
        Setting { server: self.0, transports: Transports::PollingOnly }
    }

    pub(crate) fn websocket(self) -> Setting {
        Setting { server: self.0, transports: Transports::WebSocketOnly }
    }

    pub(crate) fn upgrade(self) -> Setting {
        Setting { server: self.0, transports: Transports::Upgrade }
    }
}
