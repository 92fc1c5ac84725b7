//! The machine behind a table of numbers, for the npm package; README.md has the table.
//!
//! Texts, buffers and arguments are numbers whose content stays on the JavaScript side.
#![allow(unsafe_code, reason = "memory, exports and imports of a module are unsafe by nature, and only here")]
#![allow(
    clippy::pedantic,
    reason = "numbers are cast: every one of them comes from a double, or becomes one"
)]

mod allocator;
mod exports;
mod handles;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
