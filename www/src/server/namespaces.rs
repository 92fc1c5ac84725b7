//! Namespaces that are the point: a chat of its own, one that repeats the handshake, and those made on demand.

use std::collections::BTreeMap;

use axum::extract::Query;
use rmpv::Value;
use serde_json::json;
use socketioxide::SocketIo;
use socketioxide::adapter::Adapter;
use socketioxide::extract::{AckSender, Data, SocketRef, TryData};
use socketioxide::handler::ConnectHandler;
use socketioxide_core::adapter::DefinedAdapter;

use super::namespace::Opening;

pub(super) fn install<A: Adapter + DefinedAdapter>(namespaces: &mut Opening<'_, A>) {
    namespaces.open("/chat", async |socket: SocketRef<A>| socket.on("message", to_namespace));
    namespaces.open("/handshake", handshake);
    // A pattern of our own that the router takes: the only reason for it to fail is a clash, and there is one pattern.
    let installed = namespaces.io().dyn_ns("/dynamic-{number}", dynamic.with(is_numbered));
    debug_assert!(installed.is_ok(), "{installed:?}");
}

async fn to_namespace<A: Adapter>(io: SocketIo<A>, socket: SocketRef<A>, Data(message): Data<Value>) {
    if let Some(namespace) = io.of(socket.ns()) {
        namespace.emit("message", &message).await.ok();
    }
}

async fn handshake<A: Adapter>(socket: SocketRef<A>, TryData(auth): TryData<serde_json::Value>) {
    let auth = auth.unwrap_or_else(|_| json!({}));
    socket.on("handshake", async move |socket: SocketRef<A>, ack: AckSender<A>| {
        let parts = socket.req_parts();
        let query = Query::<BTreeMap<String, String>>::try_from_uri(&parts.uri)
            .map(|query| query.0)
            .unwrap_or_default();
        let headers: BTreeMap<_, _> = parts
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
            .collect();
        ack.send(&json!({ "auth": auth, "query": query, "headers": headers, "url": parts.uri.to_string() }))
            .ok();
    });
}

async fn is_numbered<A: Adapter>(socket: SocketRef<A>) -> Result<(), &'static str> {
    let number = socket.ns().strip_prefix("/dynamic-").unwrap_or_default();
    if number.bytes().all(|byte| byte.is_ascii_digit()) { Ok(()) } else { Err("Invalid namespace") }
}

async fn dynamic<A: Adapter>(socket: SocketRef<A>) {
    socket.on("where", async |socket: SocketRef<A>, ack: AckSender<A>| {
        ack.send(socket.ns()).ok();
    });
    socket.on("message", to_namespace);
}
