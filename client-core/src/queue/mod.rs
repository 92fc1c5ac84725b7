//! First in, first out.

#[cfg(not(feature = "standalone"))]
mod plain;
#[cfg(feature = "standalone")]
mod turns;

#[cfg(not(feature = "standalone"))]
pub(crate) use plain::Queue;
#[cfg(feature = "standalone")]
pub(crate) use turns::Queue;
