//! Every verb of the machine, by numbers; what comes out is written to a small table.

use alloc::{boxed::Box, string::String};
use core::time::Duration;

use sockeye_core::{
    AckToken, Client, CloseDetails, Config, ConnectError, DisconnectReason, Emit, EmitId, Event, Frame,
    Input, Instant, Io, IoError, IoErrorKind, Output, SocketEvent, SocketKey, SocketOptions, State,
    Transport, TransportId,
};

use super::handles::{Handle, Handles, JsText};

#[link(wasm_import_module = "h")]
unsafe extern "C" {
    fn out(at: u32, value: u32);
    fn out_number(at: u32, value: f64);
    fn out_text(at: u32, from: *const u8, len: usize);
}

type Page = Client<Handles>;

fn put(at: u32, value: u32) {
    unsafe { out(at, value) }
}

fn put_number(at: u32, value: f64) {
    unsafe { out_number(at, value) }
}

fn put_text(at: u32, text: &str) {
    unsafe { out_text(at, text.as_ptr(), text.len()) }
}

fn text(handle: u32) -> String {
    JsText::new(handle).owned()
}

fn moment(now: f64) -> Instant {
    Instant::from_millis(now as u64)
}

#[inline(never)]
fn span(millis: f64) -> Option<Duration> {
    (millis >= 0.0).then(|| Duration::from_millis(millis as u64))
}

#[unsafe(no_mangle)]
extern "C" fn new(origin: u32, path: u32, numbers: *const f64, seed: f64, now: f64) -> *mut Page {
    let mut config = Config::new(&text(origin));
    config.path = text(path);
    config.seed = seed as u64;
    // The reference waits without end for a function of `auth`, or for its callback.
    config.auth_timeout = Duration::MAX;
    apply(&mut config, numbers);
    Box::into_raw(Box::new(Client::new(config, moment(now))))
}

/// Changes the options of a client; they count from when they are next looked at.
#[unsafe(no_mangle)]
extern "C" fn configure(client: &mut Page, numbers: *const f64) {
    apply(client.config_mut(), numbers);
}

#[inline(never)]
fn apply(config: &mut Config, numbers: *const f64) {
    let at = |index| unsafe { *numbers.add(index) };
    config.reconnection_attempts = at(0) as u32;
    config.reconnection_delay = span(at(1)).unwrap_or_default();
    config.reconnection_delay_max = span(at(2)).unwrap_or_default();
    config.randomization_factor = at(3);
    config.timeout = span(at(4));
    let flags = at(5) as u32;
    config.upgrade = flags & 1 != 0;
    config.try_all_transports = flags & 2 != 0;
    config.remember_upgrade = flags & 4 != 0;
    config.force_base64 = flags & 8 != 0;
    config.reconnection = flags & 16 != 0;
    config.stop_on_fatal = flags & 32 != 0;
    config.transports.clear();
    for index in 6..9 {
        config.transports.extend(match at(index) as u32 {
            1 => Some(Transport::Polling),
            2 => Some(Transport::WebSocket),
            3 => Some(Transport::WebTransport),
            _ => None,
        });
    }
}

/// Lets go of a client, and of every handle that it has.
#[unsafe(no_mangle)]
extern "C" fn free(client: *mut Page) {
    drop(unsafe { Box::from_raw(client) });
}

#[unsafe(no_mangle)]
extern "C" fn socket(client: &mut Page, name: u32, flags: u32, retries: u32, ack_timeout: f64) -> u32 {
    let options = SocketOptions {
        auth: flags & 1 != 0,
        retries,
        ack_timeout: span(ack_timeout),
        ..SocketOptions::default()
    };
    client.socket(&text(name), options).map_or(u32::MAX, SocketKey::as_u32)
}

#[unsafe(no_mangle)]
extern "C" fn wish(client: &mut Page, what: u32, socket: u32, value: f64, args: u32, now: f64) {
    let (key, now) = (SocketKey::from_u32(socket), moment(now));
    match what {
        0 => client.connect(key, now),
        1 => client.disconnect(key, now),
        2 => client.close(now),
        3 => client.close_engine(now),
        4 => client.reconnect_now(now),
        5 => client.reconnect_in(span(value), now),
        6 => client.drain(moment(value), now),
        7 => client.authenticate(key, (args != 0).then(|| Handle(args)).as_ref(), now),
        8 => client.refuse_auth(key, now),
        9 => client.report_outgoing(key, value > 0.0),
        10 => client.ask_auth(key, value > 0.0),
        12 => client.forget_answer(key, EmitId::from_u64(value as u64)),
        _ => _ = client.await_room(key),
    }
}

#[unsafe(no_mangle)]
extern "C" fn emit(
    client: &mut Page,
    socket: u32,
    args: u32,
    flags: u32,
    timeout: f64,
    ttl: f64,
    now: f64,
) -> f64 {
    let how = Emit {
        ack: flags & 1 != 0,
        volatile: flags & 2 != 0,
        compress: false,
        timeout: span(timeout),
        time_to_live: span(ttl),
    };
    match client.emit(SocketKey::from_u32(socket), Handle(args), how, moment(now)) {
        Ok(id) => id.as_u64() as f64,
        Err(_) => -1.0,
    }
}

/// A message below Socket.IO: a text, or bytes.
#[unsafe(no_mangle)]
extern "C" fn send(client: &mut Page, message: u32, binary: u32, now: f64) -> u32 {
    let frame = if binary != 0 { Frame::Binary(Handle(message)) } else { Frame::Text(JsText::new(message)) };
    u32::from(client.send_raw(frame, moment(now)))
}

/// A token waits in JavaScript as its numbers: one that is never spent costs nothing.
#[unsafe(no_mangle)]
extern "C" fn ack(client: &mut Page, socket: u32, session: u32, id: f64, args: u32, now: f64) -> u32 {
    let token = AckToken::from_numbers(SocketKey::from_u32(socket), session, id as u64);
    u32::from(client.ack(&token, Handle(args), moment(now)))
}

#[unsafe(no_mangle)]
extern "C" fn input(client: &mut Page, what: u32, on: u32, value: u32, number: f64, now: f64) {
    let on = TransportId::from_u32(on);
    let body = || JsText::new(value);
    let news = match what {
        0 => Input::Timeout,
        1 => Input::Polled { on, body: body() },
        2 => Input::Posted { on },
        3 => Input::Opened { on },
        4 => Input::Received { on, frame: Frame::Text(body()) },
        5 => Input::Received { on, frame: Frame::Binary(Handle(value)) },
        6 => Input::Sent { on },
        7 => Input::Closed {
            on,
            details: CloseDetails::WebSocket { code: number as u16, reason: String::new() },
        },
        8 => Input::Refused { on, status: number as u16, body: body(), retry_after: None },
        9 => Input::Failed { on, error: IoError { kind: IoErrorKind::Other, message: String::new() } },
        _ => Input::Offline,
    };
    client.handle_input(news, moment(now));
}

#[unsafe(no_mangle)]
extern "C" fn alarm(client: &mut Page) -> f64 {
    client.poll_timeout().map_or(-1.0, |at| at.as_millis() as f64)
}

#[unsafe(no_mangle)]
extern "C" fn facts(client: &mut Page, socket: u32) -> u32 {
    let key = SocketKey::from_u32(socket);
    let state = match client.state() {
        State::Idle => 0,
        State::Connecting { .. } => 1,
        State::Connected { .. } => 2,
        State::Reconnecting { .. } => 3,
    };
    let flags = [client.connected(key), client.active(key), client.is_writable()];
    flags.iter().fold(state, |all, flag| all << 1 | u32::from(*flag))
}

#[unsafe(no_mangle)]
extern "C" fn poll(client: &mut Page) -> u32 {
    match client.poll_output() {
        None => 0,
        Some(Output::Io(io)) => ask(&io),
        Some(Output::Event(mut event)) => tell(client, &mut event),
    }
}

fn ask(io: &Io<Handles>) -> u32 {
    let (what, on) = match io {
        Io::Get { on, url } => {
            put_text(1, url);
            (1, on)
        }
        Io::Post { on, url, body } => {
            put_text(1, url);
            put(2, body.clone().into_js());
            (2, on)
        }
        Io::Open { on, transport, url } => {
            put_text(1, url);
            put(2, *transport as u32 + 1);
            (3, on)
        }
        Io::Send { on, frames } => {
            for frame in frames {
                match frame {
                    Frame::Text(text) => put(1, text.clone().into_js()),
                    Frame::Binary(bytes) => put(2, bytes.clone().into_js()),
                }
            }
            (4, on)
        }
        Io::Close { on } => (5, on),
    };
    put(0, on.as_u32());
    what
}

fn tell(client: &Page, event: &mut Event<Handles>) -> u32 {
    match event {
        Event::Open => 6,
        Event::Ping => 7,
        Event::Upgrade(transport) => {
            put(0, *transport as u32 + 1);
            8
        }
        Event::UpgradeError(error) => refused(9, error),
        Event::Close { reason, details } => closed(10, *reason, details),
        Event::Error(error) => refused(11, error),
        Event::ReconnectScheduled { attempt, delay } => {
            put(0, *attempt);
            put_number(1, delay.as_secs_f64() * 1_000.0);
            12
        }
        Event::ReconnectAttempt(attempt) => {
            put(0, *attempt);
            13
        }
        Event::Reconnect(attempt) => {
            put(0, *attempt);
            14
        }
        Event::ReconnectError(error) => refused(15, error),
        Event::ReconnectFailed => 16,
        Event::Drained { .. } => 17,
        Event::Socket { socket, event } => {
            put(0, socket.as_u32());
            tell_socket(event, client.keeps_session(*socket))
        }
        _ => 0,
    }
}

fn tell_socket(event: &mut SocketEvent<Handles>, is_kept: bool) -> u32 {
    match event {
        SocketEvent::AuthRequired => 20,
        SocketEvent::Connect { id, recovery } => {
            put_text(1, id);
            if is_kept {
                put(2, u32::from(recovery.recovered()));
            }
            21
        }
        SocketEvent::ConnectError(error) => refused(22, error),
        SocketEvent::Disconnect { reason, details } => closed(23, *reason, details),
        SocketEvent::Event { args, ack } => {
            put(1, args.clone().into_js());
            if let Some(token) = ack {
                put(2, token.session());
                put_number(3, token.id() as f64);
            }
            24
        }
        SocketEvent::Ack { emit, result } => {
            put_number(1, emit.as_u64() as f64);
            put(2, result.as_ref().map_or(0, |args| args.clone().into_js()));
            25
        }
        SocketEvent::Dropped { emit } => {
            put_number(1, emit.as_u64() as f64);
            26
        }
        SocketEvent::Drain => 27,
        SocketEvent::Outgoing { args } => {
            put(1, args.clone().into_js());
            28
        }
        _ => 0,
    }
}

fn refused(what: u32, error: &ConnectError<Handles>) -> u32 {
    put(
        3,
        match error {
            ConnectError::Io(_) => 0,
            ConnectError::Http { status, message, .. } => {
                put_text(4, message);
                u32::from(*status)
            }
            ConnectError::Refused { message, body } => {
                put_text(4, message);
                put(5, body.clone().into_js());
                1
            }
            ConnectError::Timeout => 2,
            ConnectError::Closed => 3,
            ConnectError::Incompatible => 4,
            ConnectError::Auth => 5,
            ConnectError::Protocol(error) => 1000 + *error as u32,
            _ => 6,
        },
    );
    what
}

fn closed(what: u32, reason: DisconnectReason, details: &CloseDetails) -> u32 {
    put(3, reason as u32);
    put(
        4,
        match details {
            CloseDetails::WebSocket { code, .. } => u32::from(*code),
            CloseDetails::Http { status, .. } => u32::from(*status),
            CloseDetails::Parse(error) => 1000 + *error as u32,
            _ => 0,
        },
    );
    what
}
