//! What happened, as short lines.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use std::format;

use bytestring::ByteString;

use crate::{
    error::{CloseDetails, ConnectError},
    input::Input,
    output::{Event, Io, Recovery, SocketEvent},
    wire::{Args, Frame, Json},
};

/// An event as a line; `name` is of its namespace.
pub(super) fn event(event: &Event<Json>, name: &str) -> String {
    match event {
        Event::Open => "open".to_string(),
        Event::Ping => "ping".to_string(),
        Event::Upgrade(transport) => format!("upgrade {}", transport.as_str()),
        Event::UpgradeError(error) => format!("upgrade error: {}", connect_error(error)),
        Event::Close { reason, details } => format!("close: {}{}", reason.as_str(), behind(details)),
        Event::Error(error) => format!("error: {}", connect_error(error)),
        Event::ReconnectScheduled { attempt, delay } => {
            format!("reconnect {attempt} in {} ms", delay.as_millis())
        }
        Event::ReconnectAttempt(attempt) => format!("reconnect attempt {attempt}"),
        Event::Reconnect(attempt) => format!("reconnect {attempt}"),
        Event::ReconnectError(error) => format!("reconnect error: {}", connect_error(error)),
        Event::ReconnectFailed => "reconnect failed".to_string(),
        Event::Drained { complete: true } => "drained".to_string(),
        Event::Drained { complete: false } => "drained in part".to_string(),
        Event::Socket { event, .. } => format!("{name} {}", socket_event(event)),
    }
}

fn socket_event(event: &SocketEvent<Json>) -> String {
    match event {
        SocketEvent::AuthRequired => "auth required".to_string(),
        SocketEvent::Connect { recovery, .. } => match recovery {
            Recovery::New => "connect".to_string(),
            other => format!("connect ({other:?})"),
        },
        SocketEvent::ConnectError(error) => format!("connect error: {}", connect_error(error)),
        SocketEvent::Disconnect { reason, details } => {
            format!("disconnect: {}{}", reason.as_str(), behind(details))
        }
        SocketEvent::Event { args: said, ack } => {
            format!("event {}{}", args(said), if ack.is_some() { " asks" } else { "" })
        }
        SocketEvent::Ack { emit, result: Ok(said) } => format!("ack {} {}", emit.as_u64(), args(said)),
        SocketEvent::Ack { emit, result: Err(error) } => format!("ack {} {error:?}", emit.as_u64()),
        SocketEvent::Dropped { emit } => format!("dropped {}", emit.as_u64()),
        SocketEvent::Drain => "drain".to_string(),
        SocketEvent::Outgoing { args: said } => format!("outgoing {}", args(said)),
    }
}

fn args(args: &Args) -> String {
    let sizes = args.attachments().iter().map(|it| format!(" <{} bytes>", it.len()));
    core::iter::once(args.text().to_string()).chain(sizes).collect()
}

fn connect_error(error: &ConnectError<Json>) -> String {
    match error {
        ConnectError::Io(error) => format!("io {:?}", error.kind),
        ConnectError::Http { status, code, message, .. } => match code {
            Some(code) => format!("http {status}, code {code}: {message}"),
            None => format!("http {status}: {message}"),
        },
        ConnectError::Protocol(error) => format!("protocol {error:?}"),
        ConnectError::Timeout => "timeout".to_string(),
        ConnectError::Closed => "closed".to_string(),
        ConnectError::Refused { message, .. } => format!("refused: {message}"),
        ConnectError::Incompatible => "incompatible".to_string(),
        ConnectError::Auth => "auth".to_string(),
        ConnectError::NoTransports => "no transports".to_string(),
        ConnectError::Namespace => String::from("namespace"),
    }
}

fn behind(details: &CloseDetails) -> String {
    match details {
        CloseDetails::None => String::new(),
        CloseDetails::WebSocket { code, .. } => format!(" ({code})"),
        CloseDetails::ByServer => " (by server)".to_string(),
        CloseDetails::Offline => " (offline)".to_string(),
        CloseDetails::Io(error) => format!(" (io {:?})", error.kind),
        CloseDetails::Http { status, code: Some(code) } => format!(" (http {status}, code {code})"),
        CloseDetails::Http { status, code: None } => format!(" (http {status})"),
        CloseDetails::Parse(error) => format!(" ({error:?})"),
    }
}

/// What the client asks for, as a line.
pub(super) fn io(io: &Io<Json>) -> String {
    match io {
        Io::Get { on, .. } => format!("> get {}", on.as_u32()),
        Io::Post { on, body, .. } => format!("> post {} {}", on.as_u32(), text(body)),
        Io::Open { on, .. } => format!("> open {}", on.as_u32()),
        Io::Send { on, frames } => {
            let frames: Vec<_> = frames.iter().map(frame).collect();
            format!("> send {} {}", on.as_u32(), frames.join(" | "))
        }
        Io::Close { on } => format!("> close {}", on.as_u32()),
    }
}

/// What arrives at the client, as a line.
pub(super) fn input(input: &Input<Json>) -> String {
    match input {
        Input::Timeout => "< timeout".to_string(),
        Input::Offline => "< offline".to_string(),
        Input::Polled { on, body } => format!("< polled {} {}", on.as_u32(), text(body)),
        Input::Posted { on } => format!("< posted {}", on.as_u32()),
        Input::Opened { on } => format!("< opened {}", on.as_u32()),
        Input::Received { on, frame: it } => format!("< received {} {}", on.as_u32(), frame(it)),
        Input::Sent { on } => format!("< sent {}", on.as_u32()),
        Input::Closed { on, details } => format!("< closed {}{}", on.as_u32(), behind(details)),
        Input::Refused { on, status, .. } => format!("< refused {} {status}", on.as_u32()),
        Input::Failed { on, error } => format!("< failed {} {:?}", on.as_u32(), error.kind),
    }
}

fn frame(frame: &Frame<Json>) -> String {
    match frame {
        Frame::Text(it) => text(it),
        Frame::Binary(bytes) => format!("<{} bytes>", bytes.len()),
    }
}

/// The record separator made visible, and no more than anyone wants to read.
fn text(text: &ByteString) -> String {
    let shown: String = text.chars().take(MAX_SHOWN).collect();
    shown.replace('\u{1e}', " | ")
}

const MAX_SHOWN: usize = 500;
