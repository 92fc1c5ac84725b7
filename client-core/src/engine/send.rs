//! What a session asks of the world. Nothing is asked before the driver looks, so that what was written in
//! between goes out together.

use alloc::vec;

use super::{Engine, Link, Phase, packet, url};
use crate::{
    config::Transport,
    ground::Ground,
    output::Io,
    wire::{Frame, Text, Wire},
};

impl<W: Wire> Engine<W> {
    pub(crate) fn poll_io(&mut self, ground: &mut Ground) -> Option<Io<W>> {
        if self.phase == Phase::Closing {
            self.say_goodbye();
        }
        if let Some(on) = self.let_go.pop() {
            return Some(Io::Close { on });
        }
        if self.phase == Phase::Closed {
            return None;
        }
        self.poll_main(ground).or_else(|| self.poll_probe(ground))
    }

    /// Over polling a packet, once there is a session to end; over WebSocket the close itself (P-70, P-71).
    ///
    /// The packet has a body of its own, after what was written has arrived: servers close at once when they read
    /// it, and only later look at the events and the DISCONNECT that came before it in the same body.
    fn say_goodbye(&mut self) {
        match &self.link {
            Link::Polling(polling)
                if !self.said && self.sid.is_some() && self.queue.is_empty() && polling.writable() =>
            {
                self.queue.push(Frame::Text(W::Text::from_str(packet::CLOSE)));
                self.said = true;
            }
            // A transport that the server does not yet know for the session's own would leave it behind.
            Link::WebSocket(socket) if self.queue.is_empty() && !self.switched && !socket.sending() => {
                self.abort();
            }
            _ => {}
        }
    }

    fn poll_main(&mut self, ground: &mut Ground) -> Option<Io<W>> {
        let on = self.on;
        match &mut self.link {
            Link::Polling(polling) => {
                // What waits leaves first: CONNECT is on its way before the next poll (P-52).
                let something = self.pong || !self.queue.is_empty();
                if something && self.sid.is_some() && polling.writable() {
                    polling.ask_post();
                    let body = self.body(ground);
                    return Some(Io::Post {
                        on,
                        url: url::request::<W>(ground, Transport::Polling, self.sid.as_ref()),
                        body,
                    });
                }
                let leaving = self.phase == Phase::Closing;
                if leaving || !polling.ask_get(ground.now) {
                    return None;
                }
                Some(Io::Get { on, url: url::request::<W>(ground, Transport::Polling, self.sid.as_ref()) })
            }
            Link::WebSocket(socket) => {
                if socket.ask_open() {
                    return Some(Io::Open {
                        on,
                        transport: self.transport,
                        url: url::request::<W>(ground, self.transport, self.sid.as_ref()),
                    });
                }
                if !socket.writable() || !(self.switched || self.pong) && self.queue.is_empty() {
                    return None;
                }
                socket.ask_send();
                let frames = self.batch(ground);
                Some(Io::Send { on, frames })
            }
        }
    }

    fn poll_probe(&mut self, ground: &mut Ground) -> Option<Io<W>> {
        let transport = self.upgrade.to;
        let socket = self.upgrade.socket()?;
        let on = socket.id;
        if socket.ask_open() {
            return Some(Io::Open {
                on,
                transport,
                url: url::request::<W>(ground, transport, self.sid.as_ref()),
            });
        }
        let probe = || Frame::Text(W::Text::from_str(packet::PROBE));
        self.upgrade.ask_probe().then(|| Io::Send { on, frames: vec![probe()] })
    }
}
