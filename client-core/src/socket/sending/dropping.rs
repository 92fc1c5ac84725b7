//! What will not leave, and who is told.

use super::outbox::{Parcel, ParcelKind};
use crate::{
    desk::Desk,
    error::AckError,
    output::{EmitId, SocketEvent},
    socket::Socket,
    wire::Wire,
};

impl<W: Wire> Socket<W> {
    /// One that waits to be sent.
    pub(super) fn drop_parcel(&mut self, parcel: &Parcel<W>, desk: &mut Desk<W>) {
        let asked = match parcel.kind {
            ParcelKind::Event => false,
            ParcelKind::Asking(id) => {
                self.sending.acks.forget(id);
                true
            }
            // The application knows no emit of that id.
            ParcelKind::Answer(_) => {
                self.own.tally.count(|it| &mut it.dropped, 1);
                desk.lost = true;
                return;
            }
        };
        if self.sending.retry.carries(parcel.emit) {
            if let Some(it) = self.sending.retry.finish() {
                self.drop_try(&it, desk);
            }
            self.start_retry(desk);
        } else {
            self.dropped(parcel.emit, asked, desk);
        }
    }

    /// One of the queue of retries, in flight or not.
    pub(super) fn drop_try(&mut self, it: &Parcel<W>, desk: &mut Desk<W>) {
        self.dropped(it.emit, it.kind != ParcelKind::Event, desk);
    }

    pub(super) fn dropped(&mut self, emit: EmitId, asked: bool, desk: &mut Desk<W>) {
        desk.lost = true;
        self.own.tally.count(|it| &mut it.dropped, 1);
        let event = if asked {
            SocketEvent::Ack { emit, result: Err(AckError::Dropped) }
        } else {
            SocketEvent::Dropped { emit }
        };
        desk.tell(self.key, event);
    }
}
