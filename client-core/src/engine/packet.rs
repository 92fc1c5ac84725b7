//! Packets of Engine.IO that are always the same (section 1.1).

#[cfg(feature = "standalone")]
use crate::wire::Text;
use crate::wire::Wire;

pub(crate) const CLOSE: &str = "1";
pub(crate) const PONG: &str = "3";
pub(crate) const PROBE: &str = "2probe";
#[cfg(feature = "standalone")]
pub(crate) const MESSAGE: &str = "4";
pub(crate) const UPGRADE: &str = "5";
/// Before base64, in place of a type (P-03).
#[cfg(feature = "standalone")]
pub(crate) const BASE64: &str = "b";
pub(crate) const PROBED: &str = "3probe";

/// What is behind the `b`.
#[cfg(feature = "standalone")]
pub(crate) fn base64<W: Wire>(text: &W::Text) -> W::Text {
    text.slice(1, text.units())
}

/// The host looks behind it itself.
#[cfg(not(feature = "standalone"))]
pub(crate) fn base64<W: Wire>(text: &W::Text) -> W::Text {
    text.clone()
}
