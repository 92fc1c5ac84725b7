//! What the driver does, for `tracing`: which requests, in which order. Never a URL's query, a body or an
//! event's content: those are secrets or the application's (F122).

#[cfg(feature = "tracing")]
mod on {
    use sockeye_core::{Input, Io, Json};
    use tracing::{Instrument, Span, debug, debug_span, instrument::Instrumented};

    pub(crate) fn span(origin: &str) -> Span {
        debug_span!("socket.io", origin)
    }

    pub(crate) fn within<F: Future>(span: Span, task: F) -> Instrumented<F> {
        task.instrument(span)
    }

    pub(crate) fn ask(io: &Io<Json>) {
        match io {
            Io::Get { on, .. } => debug!(transport = on.as_u32(), "GET"),
            Io::Post { on, body, .. } => debug!(transport = on.as_u32(), bytes = body.len(), "POST"),
            Io::Open { on, .. } => debug!(transport = on.as_u32(), "open a WebSocket"),
            Io::Send { on, frames } => debug!(transport = on.as_u32(), frames = frames.len(), "send"),
            Io::Close { on } => debug!(transport = on.as_u32(), "let go"),
        }
    }

    pub(crate) fn news(input: &Input<Json>) {
        match input {
            Input::Polled { on, body } => debug!(transport = on.as_u32(), bytes = body.len(), "polled"),
            Input::Posted { on } => debug!(transport = on.as_u32(), "posted"),
            Input::Opened { on } => debug!(transport = on.as_u32(), "WebSocket is open"),
            Input::Received { on, frame } => debug!(transport = on.as_u32(), bytes = frame.len(), "received"),
            Input::Sent { on } => debug!(transport = on.as_u32(), "sent"),
            Input::Closed { on, details } => debug!(transport = on.as_u32(), %details, "closed"),
            Input::Refused { on, status, .. } => debug!(transport = on.as_u32(), status, "refused"),
            Input::Failed { on, error } => debug!(transport = on.as_u32(), %error, "failed"),
            Input::Timeout | Input::Offline => {}
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use sockeye_core::{Input, Io, Json};

    pub(crate) struct NoSpan;

    pub(crate) fn span(_: &str) -> NoSpan {
        NoSpan
    }

    pub(crate) fn within<F: Future>(_: NoSpan, task: F) -> F {
        task
    }

    pub(crate) fn ask(_: &Io<Json>) {}

    pub(crate) fn news(_: &Input<Json>) {}
}

#[cfg(not(feature = "tracing"))]
pub(crate) use off::{ask, news, span, within};
#[cfg(feature = "tracing")]
pub(crate) use on::{ask, news, span, within};
