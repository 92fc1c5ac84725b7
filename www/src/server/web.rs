//! What is served beside the sockets: the pages, the REST routes, the gate and the cross-origin rules.

use std::collections::BTreeMap;

use axum::extract::{Query, Request};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use socketioxide::adapter::Adapter;
use socketioxide::layer::SocketIoLayer;
use tower_http::cors::{AllowHeaders, Any, CorsLayer};

use super::{Cors, ServeError, ServerConfig, Sockets, control, elsewhere, pages};

pub(super) fn router<A: Adapter>(
    sockets: Option<SocketIoLayer<A>>,
    config: &ServerConfig,
) -> Result<Router, ServeError> {
    let router = Router::new()
        .route("/api/hello", get(async || Json(json!({ "message": "Hello from the axum API" }))))
        .route("/api/health", get(async || Json(json!({ "status": "ok" }))))
        .merge(pages::router(&config.client, &config.folders))
        .merge(if config.control && config.host.is_loopback() { control::router() } else { Router::new() });
    let router = match (sockets, config.sockets) {
        (Some(sockets), _) => router.layer(sockets),
        (None, Sockets::At(there)) => router.merge(elsewhere::router(there)),
        (None, Sockets::Here) => router,
    };
    let router = router.layer(middleware::from_fn(gate));
    Ok(match &config.cors {
        Some(cors) => router.layer(cross_origin(cors)?),
        None => router,
    })
}

/// A handshake with `?refuse=…` is turned away before there is a session: HTTP 403, code 4.
async fn gate(Query(query): Query<BTreeMap<String, String>>, request: Request, next: Next) -> Response {
    match query.get("refuse") {
        Some(why) if request.uri().path().starts_with("/socket.io") => {
            let body: Value = json!({ "code": 4, "message": why });
            (StatusCode::FORBIDDEN, Json(body)).into_response()
        }
        _ => next.run(request).await,
    }
}

fn cross_origin(cors: &Cors) -> Result<CorsLayer, ServeError> {
    let layer = CorsLayer::new()
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(AllowHeaders::mirror_request());
    if cors.origins.is_empty() {
        return Ok(layer.allow_origin(Any));
    }
    let origins: Result<Vec<HeaderValue>, _> = cors
        .origins
        .iter()
        .map(|origin| origin.parse().map_err(|_| ServeError::Origin(origin.clone())))
        .collect();
    Ok(layer.allow_origin(origins?).allow_credentials(cors.credentials))
}
