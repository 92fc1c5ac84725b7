//! Several servers that act as one: what one of them sends reaches the clients of all, by way of Redis.
//!
//! ```text
//!   client ──▶ node ──▶ publish ──▶ Redis ──▶ the other nodes ──▶ their clients
//!                └────▶ its own clients
//! ```
//!
//! The driver that comes with the library never connects again, and an event that cannot be published reaches nobody at
//! all. This one comes back with its subscriptions; until then the node goes on alone, as a node of the official server
//! does (`@socket.io/redis-adapter`).

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig, SendError};
use redis::{Client, IntoConnectionInfo, ProtocolVersion, PushInfo, PushKind, RedisError};
use socketioxide_redis::drivers::{ChanItem, Driver, MessageStream};
use socketioxide_redis::{CustomRedisAdapter, RedisAdapterConfig, RedisAdapterCtr};
use tokio::sync::mpsc;

use super::ServeError;

pub(super) type NodeAdapter<E> = CustomRedisAdapter<E, Link>;

/// What the channels in Redis are called; not as the official server's, which says other things there.
const PREFIX: &str = "sockeye";

/// Between two attempts to reach a Redis that is gone.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// How long Redis may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Reaches Redis, or says why it cannot.
pub(super) async fn connect(url: &str) -> Result<RedisAdapterCtr<Link>, ServeError> {
    let link = Link::connect(url).await?;
    Ok(RedisAdapterCtr::new_with_driver(link, RedisAdapterConfig::new().with_prefix(PREFIX)))
}

/// The connection to Redis, shared by all namespaces.
#[derive(Clone)]
pub(super) struct Link {
    connection: ConnectionManager,
    shared: Arc<Shared>,
}

struct Shared {
    /// Where it is, without a password.
    address: String,
    ears: RwLock<HashMap<String, mpsc::Sender<ChanItem>>>,
    alone: AtomicBool,
    /// To see when Redis is back; it is there as soon as there is a connection.
    connection: OnceLock<ConnectionManager>,
}

impl Link {
    async fn connect(url: &str) -> Result<Self, ServeError> {
        let info = url.into_connection_info().map_err(|error| ServeError::RedisUrl(error.to_string()))?;
        let address = info.addr().to_string();
        // Messages and answers share one connection only in this version of the protocol.
        let settings = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP3);
        let refused = |error: RedisError| ServeError::Redis(address.clone(), error.to_string());
        let client = Client::open(info.set_redis_settings(settings)).map_err(refused)?;
        // The connection below tries for ever; the first time a person waits for the answer.
        client.get_multiplexed_async_connection().await.map_err(refused)?;

        let shared = Arc::new(Shared {
            address: address.clone(),
            ears: RwLock::default(),
            alone: AtomicBool::new(false),
            connection: OnceLock::new(),
        });
        let listening = Arc::clone(&shared);
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(usize::MAX)
            .set_max_delay(LONGEST_WAIT)
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            .set_automatic_resubscription()
            .set_push_sender(move |push| {
                listening.heed(push);
                Ok::<(), SendError>(())
            });
        let connection = ConnectionManager::new_with_config(client, config).await.map_err(refused)?;
        shared.connection.get_or_init(|| connection.clone());
        Ok(Self { connection, shared })
    }
}

impl Shared {
    fn heed(self: &Arc<Self>, push: PushInfo) {
        match push.kind {
            PushKind::Disconnection => self.lost(),
            PushKind::Message => {
                let parts: Result<(String, Vec<u8>), _> =
                    redis::from_redis_value(redis::Value::Array(push.data));
                if let Ok((channel, message)) = parts {
                    self.pass_on(&channel, message);
                }
            }
            _ => {}
        }
    }

    fn pass_on(&self, channel: &str, message: Vec<u8>) {
        let ears = self.ears.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(Err(_)) = ears.get(channel).map(|ear| ear.try_send((channel.to_owned(), message))) {
            eprintln!("A message of another node is lost: more of them wait than this one can hold.");
        }
    }

    /// From now on this node goes on alone, until Redis answers.
    fn lost(self: &Arc<Self>) {
        if self.alone.swap(true, Ordering::Relaxed) {
            return;
        }
        eprintln!(
            "Redis at {} is gone: this node goes on without the others until it is back.",
            self.address
        );
        let shared = Arc::clone(self);
        tokio::spawn(async move {
            let Some(mut connection) = shared.connection.get().cloned() else { return };
            // Each waits for a connection, on which the subscriptions are renewed first.
            while redis::cmd("PING").exec_async(&mut connection).await.is_err() {
                tokio::time::sleep(LONGEST_WAIT).await;
            }
            shared.alone.store(false, Ordering::Relaxed);
            eprintln!("Redis at {} is back: this node is with the others again.", shared.address);
        });
    }

    fn is_alone(&self) -> bool {
        self.alone.load(Ordering::Relaxed)
    }
}

impl Driver for Link {
    type Error = LinkError;

    /// What cannot be published reaches the clients of this node at least.
    async fn publish(&self, channel: String, message: Vec<u8>) -> Result<(), LinkError> {
        if !self.shared.is_alone() {
            let published = redis::cmd("PUBLISH")
                .arg(channel)
                .arg(message)
                .exec_async(&mut self.connection.clone())
                .await;
            if published.is_err() {
                self.shared.lost();
            }
        }
        Ok(())
    }

    async fn subscribe(&self, channel: String, size: usize) -> Result<MessageStream<ChanItem>, LinkError> {
        let (ear, messages) = mpsc::channel(size);
        // Before, so that no message comes to closed ears.
        self.shared.ears.write().unwrap_or_else(PoisonError::into_inner).insert(channel.clone(), ear);
        self.connection.clone().subscribe(channel).await?;
        Ok(MessageStream::new(messages))
    }

    async fn unsubscribe(&self, channel: String) -> Result<(), LinkError> {
        self.shared.ears.write().unwrap_or_else(PoisonError::into_inner).remove(&channel);
        if !self.shared.is_alone() {
            self.connection.clone().unsubscribe(channel).await?;
        }
        Ok(())
    }

    async fn num_serv(&self, channel: &str) -> Result<u16, LinkError> {
        if self.shared.is_alone() {
            return Ok(1);
        }
        let mut connection = self.connection.clone();
        let asked = redis::cmd("PUBSUB").arg("NUMSUB").arg(channel).query_async(&mut connection).await;
        let (_, count): (String, u16) = asked?;
        Ok(count)
    }
}

/// Redis did not do as it was told.
#[derive(Debug)]
pub(super) struct LinkError(RedisError);

impl From<RedisError> for LinkError {
    fn from(error: RedisError) -> Self {
        Self(error)
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for LinkError {}
