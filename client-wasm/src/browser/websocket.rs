//! One WebSocket of the page, its listeners, and what of it has not left yet.

use std::{rc::Rc, task::Context};

use bytes::Bytes;
use bytestring::ByteString;
use js_sys::{ArrayBuffer, Uint8Array};
use sockeye_core::{CloseDetails, Frame, Input, IoError, IoErrorKind, Json, TransportId};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BinaryType, CloseEvent, DomException, MessageEvent};

use super::{
    failure::{broken, not_opened},
    listener::Listener,
    mailbox::Mailbox,
};

/// Dropping it takes its listeners off and closes it; what was given to it still leaves.
///
/// ```text
///   opening ── open ──▶ open ── send ──▶ sending ── little is left of it ──▶ open
///      └── error, close ──┴────────────────┴──▶ ended
/// ```
pub(crate) struct WebSocket {
    pub(crate) on: TransportId,
    socket: web_sys::WebSocket,
    mail: Rc<Mailbox<Said>>,
    _listeners: [Listener; 4],
    server: Rc<str>,
    longest: usize,
    opened: bool,
    sending: bool,
    ended: bool,
}

/// What the page's callbacks were told.
enum Said {
    Open,
    Message(JsValue),
    Error,
    Close { code: u16, reason: String },
}

impl WebSocket {
    /// Starts to open it. `server` is what errors call it; a message longer than `longest` ends it.
    pub(crate) fn open(
        on: TransportId,
        url: &str,
        subprotocols: &[String],
        server: Rc<str>,
        longest: usize,
    ) -> Result<Self, IoError> {
        let socket = if subprotocols.is_empty() {
            web_sys::WebSocket::new(url)
        } else {
            let names: js_sys::Array = subprotocols.iter().map(JsValue::from).collect();
            web_sys::WebSocket::new_with_str_sequence(url, &names)
        };
        let socket = socket.map_err(|error| refused(&error, subprotocols))?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let mail = Rc::new(Mailbox::new());
        let listen = |name, said: fn(web_sys::Event) -> Said| {
            let mail = Rc::clone(&mail);
            Listener::new(&socket, name, move |event| mail.put(said(event)))
        };
        let listeners = [
            listen("open", |_| Said::Open),
            listen("message", |event| Said::Message(event.unchecked_into::<MessageEvent>().data())),
            listen("error", |_| Said::Error),
            listen("close", |event| {
                let event: CloseEvent = event.unchecked_into();
                Said::Close { code: event.code(), reason: event.reason() }
            }),
        ];
        Ok(Self {
            on,
            socket,
            mail,
            _listeners: listeners,
            server,
            longest,
            opened: false,
            sending: false,
            ended: false,
        })
    }

    /// Takes what has happened to it.
    pub(crate) fn receive(&mut self, news: &mut Vec<Input<Json>>, cx: &mut Context<'_>) {
        let on = self.on;
        for said in self.mail.take(cx) {
            if self.ended {
                return;
            }
            news.push(match said {
                Said::Open => {
                    self.opened = true;
                    Input::Opened { on }
                }
                Said::Message(data) => match self.frame(data) {
                    Ok(frame) => Input::Received { on, frame },
                    Err(error) => self.fail(error),
                },
                Said::Error => self.fail(self.broken()),
                Said::Close { .. } if !self.opened => self.fail(self.broken()),
                Said::Close { code, reason } => {
                    self.ended = true;
                    Input::Closed { on, details: CloseDetails::WebSocket { code, reason } }
                }
            });
        }
    }

    /// Gives these frames to the page; the machine asks for one batch at a time.
    pub(crate) fn send(&mut self, frames: &[Frame<Json>]) {
        for frame in frames {
            let given = match frame {
                Frame::Text(text) => self.socket.send_with_str(text),
                Frame::Binary(bytes) => self.socket.send_with_u8_array(bytes),
            };
            if given.is_err() {
                self.mail.put(Said::Error);
            }
        }
        self.sending = true;
    }

    /// Says so when what was given to the page has left, but for a little. The page has no event for that.
    pub(crate) fn progress(&mut self, news: &mut Vec<Input<Json>>) {
        if self.sending && self.socket.buffered_amount() <= LITTLE {
            self.sending = false;
            news.push(Input::Sent { on: self.on });
        }
    }

    /// Whether somebody has to ask again for [`progress`](Self::progress).
    pub(crate) fn is_sending(&self) -> bool {
        self.sending
    }

    pub(crate) fn is_alive(&self) -> bool {
        !self.ended
    }

    fn frame(&self, data: JsValue) -> Result<Frame<Json>, IoError> {
        let too_large = |len: usize| {
            broken(IoErrorKind::TooLarge, format!("a message of {len} bytes is larger than the limit"))
        };
        match data.as_string() {
            Some(text) if text.len() > self.longest => Err(too_large(text.len())),
            Some(text) => Ok(Frame::Text(ByteString::from(text))),
            None => {
                let buffer = Uint8Array::new(&data.unchecked_into::<ArrayBuffer>());
                let len = buffer.length() as usize;
                if len > self.longest {
                    return Err(too_large(len));
                }
                Ok(Frame::Binary(Bytes::from(buffer.to_vec())))
            }
        }
    }

    fn broken(&self) -> IoError {
        if self.opened {
            broken(IoErrorKind::Connect, "the WebSocket broke")
        } else {
            not_opened(&self.server)
        }
    }

    fn fail(&mut self, error: IoError) -> Input<Json> {
        self.ended = true;
        Input::Failed { on: self.on, error }
    }
}

impl Drop for WebSocket {
    fn drop(&mut self) {
        let _ = self.socket.close();
    }
}

/// A WebSocket that cannot even be made (B-08). The browser's own words are not repeated: they quote the URL, and the
/// session's id may be in it (F122).
fn refused(error: &JsValue, subprotocols: &[String]) -> IoError {
    let name =
        error.dyn_ref::<DomException>().map_or_else(|| String::from("an exception"), DomException::name);
    let why = match name.as_str() {
        "SyntaxError" if !subprotocols.is_empty() => {
            "a subprotocol must be one word of ASCII and be named once; if they all are, the URL is not one"
        }
        "SecurityError" => {
            "a page that came by https may only use wss: give the server a certificate and an https URL"
        }
        _ => "look at the URL, the subprotocols and the page's Content-Security-Policy (connect-src)",
    };
    broken(IoErrorKind::Other, format!("the browser refuses to make this WebSocket ({name}): {why}"))
}

/// So many bytes that wait in the page are as good as sent.
const LITTLE: u32 = 256 << 10;
