//! A server to break, for the inspector: started beside the one that serves the pages, behind a line that can be cut.
//!
//! ```text
//!   POST /control/kill        page ──▶ line ──▶ a server of its own
//!                             cut, off, silent,  kill,
//!                             slow               start
//! ```
//!
//! It is there only on a server that listens on the loopback and was asked for it, and it touches nobody else's
//! connections: the chat stays as it is. A page of another origin cannot reach it, as a browser asks before it sends the
//! header that is wanted here, and is not allowed to; nor can a name that was bent to the loopback.

mod line;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, HOST};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use self::line::{Door, Line};
use super::{Cors, ServeError, Server, ServerConfig};

pub(super) fn router() -> Router {
    Router::new()
        .route("/control", get(look))
        .route("/control/{wish}", post(change).route_layer(middleware::from_fn(asked_on_purpose)))
        .layer(middleware::from_fn(from_here))
        .with_state(Arc::default())
}

/// What there is to break. Nothing runs before it is asked for.
#[derive(Default)]
struct Ground {
    line: Option<Line>,
    server: Option<Server>,
}

type Shared = Arc<Mutex<Ground>>;

async fn look(State(ground): State<Shared>) -> Response {
    told(&*ground.lock().await)
}

async fn change(State(ground): State<Shared>, Path(wish): Path<String>) -> Response {
    let mut ground = ground.lock().await;
    match ground.change(&wish).await {
        Ok(true) => told(&ground),
        Ok(false) => (StatusCode::NOT_FOUND, format!("nothing here is called {wish}")).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

impl Ground {
    /// Does what is wished; `false` if nobody knows what that is.
    async fn change(&mut self, wish: &str) -> Result<bool, ServeError> {
        match wish {
            "start" => self.start().await?,
            "kill" => self.kill().await,
            _ => return Ok(self.line.as_ref().is_some_and(|line| disturb(line, wish))),
        }
        Ok(true)
    }

    /// A server that runs goes on; one that was killed comes back where it was, for those who look for it there.
    async fn start(&mut self) -> Result<(), ServeError> {
        let server = match self.server.take() {
            Some(server) => server,
            // Boxed: a server holds the routes that start one.
            None => Box::pin(Server::bind(config())).await?,
        };
        let port = server.addr().port();
        self.server = Some(server);
        match &self.line {
            Some(line) => line.lead_to(port),
            None => self.line = Some(Line::start(port).await.map_err(ServeError::Start)?),
        }
        Ok(())
    }

    /// As a power cut does it: nobody is told.
    async fn kill(&mut self) {
        let Some(server) = self.server.take() else { return };
        if let Some(line) = &self.line {
            line.lead_to(NOWHERE);
            line.cut();
        }
        server.shutdown().await;
    }
}

fn disturb(line: &Line, wish: &str) -> bool {
    match wish {
        "cut" => line.cut(),
        "off" => line.set_door(Door::Shut),
        "on" => line.set_door(Door::Open),
        "silent" => line.set_door(Door::Silent),
        "slow" => line.set_delay(SLOW),
        "fast" => line.set_delay(Duration::ZERO),
        _ => return false,
    }
    true
}

/// Short times, so that the heartbeat is seen; and any origin, as the line is at another port than the page.
fn config() -> ServerConfig {
    ServerConfig {
        ping_interval: Duration::from_secs(4),
        ping_timeout: Duration::from_secs(3),
        cors: Some(Cors::default()),
        ..ServerConfig::default()
    }
}

fn told(ground: &Ground) -> Response {
    let line = ground.line.as_ref();
    let state: Value = json!({
        "url": line.map(|it| format!("http://127.0.0.1:{}", it.port())),
        "server": if ground.server.is_some() { "up" } else { "down" },
        "line": line.map_or("none", |it| it.door().as_str()),
        "slow": line.is_some_and(|it| !it.delay().is_zero()),
    });
    ([(CACHE_CONTROL, "no-store")], Json(state)).into_response()
}

/// A name that was bent to the loopback is still the name that the browser asks for.
async fn from_here(headers: HeaderMap, request: Request, next: Next) -> Response {
    let host = headers.get(HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let name =
        host.rsplit_once(':').map_or(host, |(name, port)| if port.contains(']') { host } else { name });
    if matches!(name, "127.0.0.1" | "localhost" | "[::1]") {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "only from this machine").into_response()
    }
}

async fn asked_on_purpose(headers: HeaderMap, request: Request, next: Next) -> Response {
    if headers.contains_key(ON_PURPOSE) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, format!("the header {ON_PURPOSE} is missing")).into_response()
    }
}

/// A header that no form and no simple request of another origin can have.
const ON_PURPOSE: &str = "x-sockeye-control";
/// How long everything takes on a line that is slow.
const SLOW: Duration = Duration::from_millis(700);
/// A port on which nobody listens.
const NOWHERE: u16 = 0;
