//! The life of the page: what it tells about its network and its sleep (F131).

use std::{rc::Rc, task::Context};

use js_sys::{Reflect, global};
use wasm_bindgen::JsCast;
use web_sys::{Event, EventTarget};

use super::{listener::Listener, mailbox::Mailbox};

/// What a page may tell a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// There is a network again, or the page is back from the cache: an attempt that waits need not wait.
    Online,
    /// There is none.
    Offline,
    /// The page was away; its timers may be late.
    Back,
    /// It goes into the back-forward cache, where browsers end what is open, or keep no page that has something open.
    PutAway,
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
        let turn = |name, told: fn(bool) -> Option<Told>| {
            let mail = Rc::clone(&mail);
            Listener::new(&scope, name, move |event| {
                if let Some(told) = told(is_cached(&event)) {
                    mail.put(told);
                }
            })
        };
        let mut listeners = vec![
            listen(&scope, "online", Told::Online),
            listen(&scope, "offline", Told::Offline),
            turn("pagehide", |cached| cached.then_some(Told::PutAway)),
            turn("pageshow", |cached| Some(if cached { Told::Online } else { Told::Back })),
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

/// Whether the page goes to the back-forward cache, or comes from there.
fn is_cached(event: &Event) -> bool {
    Reflect::get(event, &"persisted".into()).is_ok_and(|it| it.is_truthy())
}

/// Workers have none.
fn document() -> Option<EventTarget> {
    Reflect::get(&global(), &"document".into()).ok()?.dyn_into().ok()
}
