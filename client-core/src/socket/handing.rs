//! What a server says to a namespace, where the host reads it: whether it counts.

use core::marker::PhantomData;

use super::{Outcome, Phase, Socket, decoder::Content, packet};
use crate::{
    desk::Desk,
    error::ConnectError,
    output::{Recovery, SocketEvent},
    wire::Wire,
};

/// The server's answer, which the host reads.
pub(crate) type Joined<W> = <W as Wire>::Args;

impl<W: Wire> Socket<W> {
    pub(crate) fn handle_packet(&mut self, content: Content<W>, desk: &mut Desk<W>) -> Outcome<W> {
        match content.kind {
            // F096
            packet::EVENT | packet::ACK => {
                if matches!(self.phase, Phase::Joined | Phase::Joining | Phase::Asking) {
                    desk.tell(self.key, SocketEvent::Event { args: content.body, ack: None });
                }
            }
            packet::DISCONNECT => {
                if matches!(self.phase, Phase::Joined | Phase::Joining) {
                    return Outcome::Disconnected;
                }
            }
            kind => match self.phase {
                Phase::Leaving | Phase::Returning => {
                    if kind != packet::CONNECT_ERROR {
                        self.say_farewell(desk);
                    }
                    return self.leave();
                }
                // What came with the handshake is read before the host is asked to join (F010).
                Phase::Joining | Phase::Asking => {
                    if kind == packet::CONNECT {
                        self.enter(Phase::Joined);
                        return Outcome::Joined(content.body);
                    }
                    self.refuse(
                        if kind == packet::CONNECT_ERROR {
                            ConnectError::Refused { message: PhantomData, body: content.body.into() }
                        } else {
                            // Socket.IO 2 answers without an id (B-26, F003, F076).
                            ConnectError::Incompatible
                        },
                        desk,
                    );
                    return Outcome::Refused;
                }
                // A second answer changes nothing (B-27, F093).
                _ => {}
            },
        }
        Outcome::Nothing
    }

    pub(crate) fn announce(&mut self, joined: Joined<W>, desk: &mut Desk<W>) {
        if self.connected() {
            desk.tell(self.key, SocketEvent::Connect { id: joined.into(), recovery: Recovery::New });
        }
    }
}
