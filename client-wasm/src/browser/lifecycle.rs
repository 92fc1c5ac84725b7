//! The life of the page: what it tells about its network and its sleep (F131).

use std::{rc::Rc, task::Context};

use js_sys::{Reflect, global};
use wasm_bindgen::JsCast;
use web_sys::EventTarget;

use super::{listener::Listener, mailbox::Mailbox};

/// What a page may tell a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// There is a network again: an attempt that waits need not wait.
    Online,
    /// There is none.
    Offline,
    /// The page was away; its timers may be late.
    Back,
}

/// Listens for as long as it is held.
pub(crate) struct Lifecycle {
    mail: Rc<Mailbox<Told>>,
    _listeners: Vec<Listener>,
}

impl Lifecycle {
    pub(crate) fn new() -> Self {
        let mail = Rc::new(Mailbox::new());
        let listen = |target: &EventTarget, name, told| {
            let mail = Rc::clone(&mail);
            Listener::new(target, name, move |_| mail.put(told))
        };
        let scope: EventTarget = global().unchecked_into();
        let mut listeners = vec![
            listen(&scope, "online", Told::Online),
            listen(&scope, "offline", Told::Offline),
            listen(&scope, "pageshow", Told::Back),
        ];
        if let Some(document) = document() {
            listeners.push(listen(&document, "visibilitychange", Told::Back));
            listeners.push(listen(&document, "resume", Told::Back));
        }
        Self { mail, _listeners: listeners }
    }

    pub(crate) fn take(&self, cx: &mut Context<'_>) -> Vec<Told> {
        self.mail.take(cx)
    }
}

/// Workers have none.
fn document() -> Option<EventTarget> {
    Reflect::get(&global(), &"document".into()).ok()?.dyn_into().ok()
}
