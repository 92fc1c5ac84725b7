//! Bytes out, bytes in, bytes deep inside. `echo` takes bytes as well.

use rmpv::Value;
use serde_json::json;
use socketioxide::adapter::Adapter;
use socketioxide::extract::{AckSender, Data, SocketRef};

use super::args::Args;
use super::limits;

pub(super) fn install<A: Adapter>(socket: &SocketRef<A>) {
    // What arrived, in words that need no bytes: every buffer becomes "<n bytes>".
    socket.on("binary-info", async |Data(Args(args)): Data<Args>, ack: AckSender<A>| {
        let buffers: usize = args.iter().map(buffers_in).sum();
        let shape: Vec<_> = args.into_iter().map(shape_of).collect();
        ack.send(&json!({ "buffers": buffers, "shape": shape })).ok();
    });
    socket.on("binary-send", async |socket: SocketRef<A>, Data(args): Data<Args>| {
        let (size, rest) = args.split_first();
        let (parts, _) = rest.split_first();
        let (size, parts) = limits::bytes(&size, &parts);
        let part = |index| map([("index", Value::from(index)), ("bytes", pattern(size))]);
        let parts = (0..parts).map(part).collect();
        let blob = map([("name", "blob".into()), ("data", pattern(size)), ("parts", Value::Array(parts))]);
        socket.emit("binary", &blob).ok();
    });
    socket.on("binary-ack", async |Data(size): Data<Value>, ack: AckSender<A>| {
        let (size, _) = limits::bytes(&size, &Value::Nil);
        ack.send(&(pattern(size), map([("size", size.into())]))).ok();
    });
}

/// 0, 1, 2 … 255, 0, 1 …: a byte out of place shows.
fn pattern(size: usize) -> Value {
    Value::Binary((0..=u8::MAX).cycle().take(size).collect())
}

pub(super) fn map<'a>(entries: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    Value::Map(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
}

fn shape_of(value: Value) -> Value {
    match value {
        Value::Binary(bytes) => format!("<{} bytes>", bytes.len()).into(),
        Value::Array(list) => list.into_iter().map(shape_of).collect(),
        Value::Map(entries) => {
            Value::Map(entries.into_iter().map(|(key, inner)| (key, shape_of(inner))).collect())
        }
        other => other,
    }
}

fn buffers_in(value: &Value) -> usize {
    match value {
        Value::Binary(_) => 1,
        Value::Array(list) => list.iter().map(buffers_in).sum(),
        Value::Map(entries) => entries.iter().map(|(_, inner)| buffers_in(inner)).sum(),
        _ => 0,
    }
}
