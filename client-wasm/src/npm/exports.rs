//! Every verb of the machine, by numbers; README.md has the tables.

use alloc::{boxed::Box, vec::Vec};

use sockeye_core::{
    Client, CloseDetails, Config, ConnectError, DisconnectReason, Event, Frame, Input, Instant, Io, IoError,
    IoErrorKind, Output, SocketEvent, SocketKey, Transport, TransportId,
};

use super::handles::{Handle, Handles};

#[link(wasm_import_module = "h")]
unsafe extern "C" {
    #[link_name = "0"]
    fn out(a: u32, b: u32, c: u32, d: f64);
    #[link_name = "1"]
    fn frame(handle: u32);
}

type Page = Client<Handles>;

fn moment(now: f64) -> Instant {
    Instant::from_millis(now as u64)
}

fn span(millis: f64) -> Option<u64> {
    (millis >= 0.0).then_some(millis as u64)
}

#[unsafe(no_mangle)]
extern "C" fn new(seed: f64, now: f64) -> *mut Page {
    Box::into_raw(Box::new(Client::new(Config::new(seed as u64), moment(now))))
}

/// Lets go of a client, and of every handle that it has.
#[unsafe(no_mangle)]
extern "C" fn free(client: *mut Page) {
    drop(unsafe { Box::from_raw(client) });
}

/// Sets the options of a client; they count from when they are next looked at.
#[unsafe(no_mangle)]
extern "C" fn configure(
    client: &mut Page,
    flags: u32,
    transports: u32,
    attempts: u32,
    delay: f64,
    delay_max: f64,
    randomization_factor: f64,
    timeout: f64,
) {
    let config = client.config_mut();
    config.upgrade = flags & 1 != 0;
    config.try_all_transports = flags & 2 != 0;
    config.remember_upgrade = flags & 4 != 0;
    config.force_base64 = flags & 8 != 0;
    config.reconnection = flags & 16 != 0;
    config.reconnection_attempts = attempts;
    config.reconnection_delay = delay as u64;
    config.reconnection_delay_max = delay_max as u64;
    config.randomization_factor = randomization_factor;
    config.timeout = span(timeout);
    config.transports.clear();
    let mut rest = transports;
    while rest != 0 {
        config.transports.push(match rest & 3 {
            1 => Transport::Polling,
            2 => Transport::WebSocket,
            _ => Transport::WebTransport,
        });
        rest >>= 2;
    }
}

#[unsafe(no_mangle)]
extern "C" fn socket(client: &mut Page) -> u32 {
    client.socket().as_u32()
}

#[unsafe(no_mangle)]
extern "C" fn wish(client: &mut Page, what: u32, socket: u32, value: f64, now: f64) {
    let (key, now) = (SocketKey::from_u32(socket), moment(now));
    match what {
        0 => client.connect(key, now),
        1 => client.disconnect(key, now),
        2 => client.close_engine(now),
        3 => client.reconnect_now(now),
        4 => client.reconnect_in(span(value), now),
        _ => client.join(key, Handle(value as u32), now),
    }
}

#[unsafe(no_mangle)]
extern "C" fn send(client: &mut Page, socket: i32, packet: u32, now: f64) -> u32 {
    if socket < -1 {
        client.wrote(moment(now));
    }
    let socket = (socket >= 0).then(|| SocketKey::from_u32(socket as u32));
    client.send(socket, &Handle(packet), moment(now)).map_or_else(|error| error as u32 + 1, |()| 0)
}

#[unsafe(no_mangle)]
extern "C" fn input(client: &mut Page, what: u32, on: u32, value: u32, now: f64) {
    let on = TransportId::from_u32(on);
    let body = || Handle(value);
    let news = match what {
        0 => Input::Timeout,
        1 => Input::Polled { on, body: body() },
        2 => Input::Posted { on },
        3 => Input::Opened { on },
        4 => Input::Received { on, frame: Frame::Text(body()) },
        5 => Input::Received { on, frame: Frame::Binary(Handle(value)) },
        6 => Input::Sent { on },
        7 => Input::Closed { on, details: CloseDetails::WebSocket { code: value as u16, reason: () } },
        9 => Input::Failed { on, error: IoError { kind: IoErrorKind::Other, message: () } },
        10 => Input::Offline,
        status => Input::Refused { on, status: status as u16, body: body(), retry_after: None },
    };
    client.handle_input(news, moment(now));
}

#[unsafe(no_mangle)]
extern "C" fn alarm(client: &mut Page) -> f64 {
    client.poll_timeout().map_or(-1.0, |at| at.as_millis() as f64)
}

#[unsafe(no_mangle)]
extern "C" fn poll(client: &mut Page) -> u32 {
    let Some(output) = client.poll_output() else {
        return if client.at_rest() { 17 } else { 0 };
    };
    let mut fields = Fields { a: 0, b: 0, c: 0, d: 0.0 };
    let what = match output {
        Output::Io(io) => fields.ask(io),
        Output::Event(event) => fields.tell(event),
    };
    unsafe { out(fields.a, fields.b, fields.c, fields.d) };
    what
}

struct Fields {
    a: u32,
    b: u32,
    c: u32,
    d: f64,
}

impl Fields {
    fn ask(&mut self, io: Io<Handles>) -> u32 {
        let (what, on) = match io {
            Io::Get { on, .. } => (1, on),
            Io::Post { on, body, .. } => {
                write(body);
                (2, on)
            }
            Io::Open { on, transport, .. } => {
                self.b = kind(transport);
                (3, on)
            }
            Io::Send { on, frames } => {
                write(frames);
                (4, on)
            }
            Io::Close { on } => (5, on),
        };
        self.a = on.as_u32();
        what
    }

    fn tell(&mut self, event: Event<Handles>) -> u32 {
        match event {
            Event::Open => 6,
            Event::Ping => 7,
            Event::Upgrade(transport) => {
                self.a = kind(transport);
                8
            }
            Event::UpgradeError(error) => self.refused(9, error),
            Event::Close { reason, details } => self.closed(10, reason, &details),
            Event::Error(error) => self.refused(11, error),
            Event::ReconnectScheduled { attempt, delay } => {
                self.d = delay as f64;
                self.attempt(12, attempt)
            }
            Event::ReconnectAttempt(attempt) => self.attempt(13, attempt),
            Event::Reconnect(attempt) => self.attempt(14, attempt),
            Event::ReconnectError(error) => self.refused(15, error),
            Event::Socket { socket, event } => {
                self.a = socket.as_u32();
                self.tell_socket(event)
            }
            _ => 16,
        }
    }

    fn tell_socket(&mut self, event: SocketEvent<Handles>) -> u32 {
        match event {
            SocketEvent::AuthRequired => 20,
            SocketEvent::Connect { id, .. } => {
                self.c = id.into_js();
                21
            }
            SocketEvent::ConnectError(error) => self.refused(22, error),
            SocketEvent::Disconnect { reason, details } => self.closed(23, reason, &details),
            SocketEvent::Event { args, .. } => {
                self.c = args.into_js();
                24
            }
            _ => 0,
        }
    }

    fn attempt(&mut self, what: u32, attempt: u32) -> u32 {
        self.a = attempt;
        what
    }

    #[inline(never)]
    fn refused(&mut self, what: u32, error: ConnectError<Handles>) -> u32 {
        self.b = match error {
            ConnectError::Io(_) => 0,
            ConnectError::Http { status, .. } => u32::from(status),
            ConnectError::Refused { body, .. } => {
                self.c = body.into_js();
                1
            }
            ConnectError::Timeout => 2,
            ConnectError::Closed => 3,
            ConnectError::Incompatible => 4,
            ConnectError::Protocol(error) => 1000 + error as u32,
            _ => 6,
        };
        what
    }

    #[inline(never)]
    fn closed(&mut self, what: u32, reason: DisconnectReason, details: &CloseDetails) -> u32 {
        self.b = reason as u32;
        self.c = match details {
            CloseDetails::WebSocket { code, .. } => u32::from(*code),
            CloseDetails::Http { status, .. } => u32::from(*status),
            CloseDetails::Parse(error) => 1000 + *error as u32,
            _ => 0,
        };
        what
    }
}

#[inline(never)]
fn write(frames: Vec<Frame<Handles>>) {
    for it in frames {
        let (Frame::Text(it) | Frame::Binary(it)) = it;
        unsafe { frame(it.into_js()) }
    }
}

fn kind(transport: Transport) -> u32 {
    transport as u32 + 1
}
