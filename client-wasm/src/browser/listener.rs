//! A page's callback, for as long as it is held.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventTarget};

/// Calls back for each event of one name. Dropping it takes the callback off.
#[must_use = "dropping a listener takes it off"]
pub(crate) struct Listener {
    target: EventTarget,
    name: &'static str,
    call: Closure<dyn FnMut(Event)>,
}

impl Listener {
    pub(crate) fn new(target: &EventTarget, name: &'static str, call: impl FnMut(Event) + 'static) -> Self {
        let call = Closure::new(call);
        // It throws for nothing that is given here.
        let _ = target.add_event_listener_with_callback(name, call.as_ref().unchecked_ref());
        Self { target: target.clone(), name, call }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let call = self.call.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.name, call);
    }
}
