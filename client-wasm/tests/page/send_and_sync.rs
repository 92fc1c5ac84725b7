//! Handles are of every thread, as natively, so that signals of Leptos take them as they are.

use sockeye_wasm::{Ack, Events, Manager, ManagerEvent, Message, Socket};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn handles_may_be_sent_and_shared() {
    fn holds<T: Send + Sync + 'static>() -> usize {
        size_of::<T>()
    }
    let sizes = [
        holds::<Socket>(),
        holds::<Manager>(),
        holds::<Events<Message>>(),
        holds::<Events<ManagerEvent>>(),
        holds::<Ack>(),
    ];
    assert!(sizes.iter().all(|size| *size > 0));
}
