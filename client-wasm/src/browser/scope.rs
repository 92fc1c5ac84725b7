//! What windows and workers have in common.

use js_sys::global;
use wasm_bindgen::JsCast;
use web_sys::WorkerGlobalScope;

/// The global object. A window has all that is asked of it here under the same names as a worker, and it is asked by
/// name: so one type does for both.
pub(crate) fn scope() -> WorkerGlobalScope {
    global().unchecked_into()
}
