//! The bare machine behind a table of numbers, as a page would carry it.
//!
//! Nothing here is for use: it is what `tests/budget` weighs. Every verb of the machine is reachable from an
//! export, so that none is optimised away, and texts, buffers and arguments are numbers whose content stays
//! on the JavaScript side.
#![cfg(target_arch = "wasm32")]
#![no_std]
extern crate alloc;

mod allocator;
mod exports;
mod handles;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
