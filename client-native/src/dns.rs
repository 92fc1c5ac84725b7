//! Names to addresses, with an error that can be told from others.

use std::{error::Error, fmt, io, net::SocketAddr};

use futures_util::future::BoxFuture;
use hyper_util::client::legacy::connect::dns::Name;
use tower_service::Service;

/// The system's resolver. Dropping a look-up leaves a thread of the runtime's pool to finish it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resolver;

/// The name has no address, or nobody can be asked.
#[derive(Debug)]
pub(crate) struct Unresolved(io::Error);

type Addresses = std::vec::IntoIter<SocketAddr>;

async fn resolve(name: String) -> Result<Addresses, Unresolved> {
    let found = tokio::net::lookup_host((name, 0)).await.map_err(Unresolved)?;
    Ok(found.collect::<Vec<_>>().into_iter())
}

/// For the WebSocket's connector.
impl Service<Name> for Resolver {
    type Response = Addresses;
    type Error = Unresolved;
    type Future = BoxFuture<'static, Result<Addresses, Unresolved>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Unresolved>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        Box::pin(resolve(name.as_str().to_owned()))
    }
}

/// For reqwest's.
impl reqwest::dns::Resolve for Resolver {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let name = name.as_str().to_owned();
        Box::pin(async move {
            let found: reqwest::dns::Addrs = Box::new(resolve(name).await?);
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
