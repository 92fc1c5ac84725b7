//! Everything on `/` is installed here; a namespace that is itself the point has a file of its own.

use std::sync::Arc;

use socketioxide::adapter::{Adapter, Emitter, LocalAdapter};
use socketioxide::extract::{SocketRef, State};
use socketioxide::layer::SocketIoLayer;
use socketioxide::socket::DisconnectReason;
use socketioxide::{SocketIo, SocketIoBuilder, TransportType};
use socketioxide_core::adapter::DefinedAdapter;
use socketioxide_redis::RedisAdapterCtr;

use super::chat::Chat;
use super::departures::Departures;
use super::namespace::Opening;
use super::nodes::{Link, NodeAdapter};
use super::{
    ServeError, ServerConfig, Transports, acks, admin, auth, basics, binary, chat, disconnects, namespaces,
    recovery, rooms, traffic, tutorial,
};

/// Packets that may wait for one client. The official server has no such limit; the library's own default of 128 would
/// lose events in scenarios that send many.
const QUEUE: usize = 4096;

/// One server.
pub(super) fn alone(config: &ServerConfig) -> Installed<LocalAdapter> {
    let (installed, _) = build(builder(config), config);
    installed
}

/// One of several; once this returns it hears what the others say.
pub(super) async fn among(
    others: RedisAdapterCtr<Link>,
    config: &ServerConfig,
) -> Result<Installed<NodeAdapter<Emitter>>, ServeError> {
    let (installed, opening) = build(builder(config).with_adapter::<NodeAdapter<_>>(others), config);
    for namespace in opening {
        namespace.await.map_err(|error| ServeError::Start(std::io::Error::other(error.to_string())))?;
    }
    Ok(installed)
}

/// What serves the sockets, and what ends it.
pub(super) type Installed<A> = (SocketIoLayer<A>, SocketIo<A>);

/// Whatever the adapter: one server, or several that know of each other.
fn build<A: Adapter + DefinedAdapter>(
    builder: SocketIoBuilder<A>,
    config: &ServerConfig,
) -> (Installed<A>, Vec<A::InitRes>) {
    let (layer, io) = builder
        .with_state(Arc::new(Chat::default()))
        .with_state(Arc::new(Departures::default()))
        .with_state(acks::Saved::default())
        .build_layer();
    let mut all = Opening::new(&io);
    all.open("/", on_connect);
    admin::install(&mut all, config.admin_token.as_deref());
    auth::install(&mut all);
    namespaces::install(&mut all);
    recovery::install(&mut all);
    tutorial::install(&mut all);
    let opening = all.all();
    ((layer, io), opening)
}

fn builder(config: &ServerConfig) -> SocketIoBuilder {
    let builder = SocketIo::builder()
        .ping_interval(config.ping_interval)
        .ping_timeout(config.ping_timeout)
        .connect_timeout(config.connect_timeout)
        .max_payload(config.max_payload)
        // The library holds only polling to `max_payload`; the official server holds both transports to it.
        .ws_max_message_size(usize::try_from(config.max_payload).unwrap_or(usize::MAX))
        .max_buffer_size(QUEUE);
    match config.transports {
        Transports::Both => builder,
        Transports::Polling => builder.transports([TransportType::Polling]),
        Transports::WebSocket => builder.transports([TransportType::Websocket]),
    }
}

async fn on_connect<A: Adapter>(socket: SocketRef<A>) {
    basics::install(&socket);
    rooms::install(&socket);
    chat::install(&socket);
    acks::install(&socket);
    binary::install(&socket);
    disconnects::install(&socket);
    traffic::install(&socket);
    // A socket has room for one such handler, so it is here and not with those it serves.
    socket.on_disconnect(on_disconnect);
}

async fn on_disconnect<A: Adapter>(
    io: SocketIo<A>,
    socket: SocketRef<A>,
    reason: DisconnectReason,
    State(departures): State<Arc<Departures>>,
    State(chat): State<Arc<Chat>>,
) {
    departures.note(socket.id, reason);
    chat.left(&io, &socket).await;
}
