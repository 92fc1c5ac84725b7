//! Names to addresses, with an error that can be told from others.

use std::{error::Error, fmt, io, net::SocketAddr, sync::Arc};

use futures_util::future::BoxFuture;
use hyper_util::client::legacy::connect::dns::Name;
use tower_service::Service;

/// Who knows the addresses of a name.
#[derive(Clone)]
pub(crate) struct Resolver(Arc<dyn Fn(String) -> LookUp + Send + Sync>);

type LookUp = BoxFuture<'static, io::Result<Vec<SocketAddr>>>;

/// The name has no address, or nobody can be asked.
#[derive(Debug)]
pub(crate) struct Unresolved(io::Error);

impl Resolver {
    /// The system. Dropping a look-up leaves a thread of the runtime's pool to finish it.
    pub(crate) fn system() -> Self {
        Self::new(|name| Box::pin(async { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) }))
    }

    /// Whoever answers this; the ports do not matter.
    pub(crate) fn new(look_up: impl Fn(String) -> LookUp + Send + Sync + 'static) -> Self {
        Self(Arc::new(look_up))
    }

    async fn resolve(self, name: String) -> Result<Addresses, Unresolved> {
        Ok((self.0)(name).await.map_err(Unresolved)?.into_iter())
    }
}

type Addresses = std::vec::IntoIter<SocketAddr>;

/// For the WebSocket's connector.
impl Service<Name> for Resolver {
    type Response = Addresses;
    type Error = Unresolved;
    type Future = BoxFuture<'static, Result<Addresses, Unresolved>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Unresolved>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        Box::pin(self.clone().resolve(name.as_str().to_owned()))
    }
}

/// For reqwest's.
impl reqwest::dns::Resolve for Resolver {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let found = self.clone().resolve(name.as_str().to_owned());
        Box::pin(async move {
            let found: reqwest::dns::Addrs = Box::new(found.await?);
            Ok(found)
        })
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the host's name could not be resolved")
    }
}

impl Error for Unresolved {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}
