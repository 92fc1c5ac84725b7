//! GET and POST of polling, over the page's `fetch`.

use std::{cell::Cell, rc::Rc, time::Duration};

use bytestring::ByteString;
use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use sockeye_core::{IoError, IoErrorKind};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, ReadableStreamReadResult, Request, RequestCache,
    RequestCredentials, RequestInit, RequestRedirect, Response, ResponseType, Url,
};

use super::{
    failure::{Failure, broken, no_answer},
    options::{NetLimits, NetOptions, OptionsError},
    scope::scope,
    url::page_origin,
};

/// The requests of one manager. What it returns may be dropped at any time; the request is then aborted, so that it does
/// not hold one of the few connections that a page has to a server.
pub(crate) struct Fetch {
    /// What errors call the server.
    server: Rc<str>,
    headers: Headers,
    credentials: bool,
    limits: NetLimits,
    timeout: Option<Duration>,
}

impl Fetch {
    pub(crate) fn new(server: Rc<str>, options: &NetOptions) -> Result<Self, OptionsError> {
        let headers = Headers::new().map_err(|_| OptionsError::Header(String::new()))?;
        for (name, value) in &options.headers {
            headers.append(name, value).map_err(|_| OptionsError::Header(name.clone()))?;
        }
        for (name, _) in &options.headers {
            if !is_sent(&headers, name) {
                return Err(OptionsError::ReservedHeader(name.clone()));
            }
        }
        Ok(Self {
            server,
            headers,
            credentials: options.credentials,
            limits: options.limits.clone(),
            timeout: options.request_timeout,
        })
    }

    /// A poll: the whole body.
    pub(crate) async fn get(&self, url: &str) -> Result<ByteString, Failure> {
        let request = Abortable::new(self.timeout);
        let response = self.exchange(url, "GET", None, &request).await?;
        let body = self.read(&response, self.limits.body, &request).await.map_err(|error| match error {
            Unread::TooLarge(_) => {
                broken(IoErrorKind::TooLarge, format!("the answer is larger than {} bytes", self.limits.body))
            }
            Unread::Broken => self.failed(&request),
        })?;
        ByteString::try_from(body)
            .map_err(|_| broken(IoErrorKind::Protocol, "the answer is not UTF-8").into())
    }

    /// A write, which is answered with `ok` (P-18, F032). The answer is read to its end, so that the connection can be
    /// used again.
    pub(crate) async fn post(&self, url: &str, body: &ByteString) -> Result<(), Failure> {
        let request = Abortable::new(self.timeout);
        let body = Uint8Array::from(body.as_bytes().as_ref());
        let response = self.exchange(url, "POST", Some(&body), &request).await?;
        let limit = self.limits.refusal.max(IoError::LONGEST_OK);
        match self.read(&response, limit, &request).await {
            Ok(answer) | Err(Unread::TooLarge(answer)) => Ok(IoError::unless_ok(&answer)?),
            Err(Unread::Broken) => Err(self.failed(&request).into()),
        }
    }

    /// The answer, if it is a 2xx; its body is still to be read.
    async fn exchange(
        &self,
        url: &str,
        method: &str,
        body: Option<&Uint8Array>,
        request: &Abortable,
    ) -> Result<Response, Failure> {
        let init = self.init(method, body, request)?;
        let answer = JsFuture::from(scope().fetch_with_str_and_init(url, &init)).await;
        let response: Response = answer.map_err(|_| self.failed(request))?.unchecked_into();
        if response.type_() == ResponseType::Opaqueredirect {
            return Err(broken(
                IoErrorKind::Redirect,
                "the server redirects a POST, which is never sent twice; name the server that is meant",
            )
            .into());
        }
        if response.redirected() && origin(&response.url()) != origin(url) {
            // Neither our headers nor what it says belong there (F012).
            return Err(broken(
                IoErrorKind::Redirect,
                "the server redirects to another origin; name that one if it is meant",
            )
            .into());
        }
        if response.ok() {
            return Ok(response);
        }
        let start = match self.read(&response, self.limits.refusal, request).await {
            Ok(start) | Err(Unread::TooLarge(start)) => start,
            // The status says more.
            Err(Unread::Broken) => Vec::new(),
        };
        Err(Failure::Refused {
            status: response.status(),
            body: ByteString::from(String::from_utf8_lossy(&start).as_ref()),
            retry_after: response.headers().get("retry-after").ok().flatten().and_then(|it| retry_after(&it)),
        })
    }

    fn init(
        &self,
        method: &str,
        body: Option<&Uint8Array>,
        request: &Abortable,
    ) -> Result<RequestInit, IoError> {
        let init = RequestInit::new();
        init.set_method(method);
        init.set_cache(RequestCache::NoStore); // F038
        if self.credentials {
            init.set_credentials(RequestCredentials::Include);
        }
        init.set_signal(Some(&request.controller.signal()));
        let headers = Headers::new_with_headers(&self.headers);
        let headers = headers.map_err(|_| broken(IoErrorKind::Other, "the headers could not be copied"))?;
        if let Some(body) = body {
            init.set_body(body);
            // Otherwise 307 and 308 would have the browser send it again, to another origin, too (F012).
            init.set_redirect(RequestRedirect::Manual);
            // One of the types for which a browser does not ask the server first (P-16).
            let _ = headers.set("content-type", "text/plain;charset=UTF-8");
        }
        init.set_headers(&headers);
        Ok(init)
    }

    /// Up to `limit` bytes, counted as they come out of the decompressor (F022, F023).
    #[expect(
        clippy::arithmetic_side_effects,
        clippy::indexing_slicing,
        reason = "it is never longer than the limit, and was made so long just before"
    )]
    async fn read(&self, response: &Response, limit: usize, request: &Abortable) -> Result<Vec<u8>, Unread> {
        let Some(stream) = response.body() else { return Ok(Vec::new()) };
        let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
        let mut whole = Vec::new();
        loop {
            let part = JsFuture::from(reader.read()).await.map_err(|_| Unread::Broken)?;
            let part: ReadableStreamReadResult = part.unchecked_into();
            if part.get_done().unwrap_or(true) {
                return Ok(whole);
            }
            let chunk: Uint8Array = part.get_value().unchecked_into();
            let (from, len) = (whole.len(), chunk.length() as usize);
            if len > limit - from {
                let rest = u32::try_from(limit - from).unwrap_or(u32::MAX);
                whole.extend(chunk.subarray(0, rest).to_vec());
                request.controller.abort();
                return Err(Unread::TooLarge(whole));
            }
            whole.resize(from + len, 0);
            chunk.copy_to(&mut whole[from..]);
        }
    }

    fn failed(&self, request: &Abortable) -> IoError {
        match self.timeout {
            Some(limit) if request.timed_out.get() => broken(
                IoErrorKind::Timeout,
                format!("there was no answer within {limit:?} (`request_timeout`)"),
            ),
            _ => no_answer(&self.server, page_origin().as_deref(), self.credentials),
        }
    }
}

/// Why a body was not read to its end.
enum Unread {
    TooLarge(Vec<u8>),
    Broken,
}

/// A request's end, if it has not ended by itself: when this is dropped, or when its time is up.
struct Abortable {
    controller: AbortController,
    timed_out: Rc<Cell<bool>>,
    _timeout: Option<Timeout>,
}

impl Abortable {
    fn new(limit: Option<Duration>) -> Self {
        let controller = AbortController::new().expect_throw("it is there where `fetch` is");
        let timed_out = Rc::new(Cell::new(false));
        let timeout = limit.map(|limit| {
            let (controller, timed_out) = (controller.clone(), Rc::clone(&timed_out));
            let millis = u32::try_from(limit.as_millis()).unwrap_or(u32::MAX).min(i32::MAX as u32);
            Timeout::new(millis, move || {
                timed_out.set(true);
                controller.abort();
            })
        });
        Self { controller, timed_out, _timeout: timeout }
    }
}

impl Drop for Abortable {
    fn drop(&mut self) {
        self.controller.abort();
    }
}

/// Whether the browser lets a page set this header: what it keeps for itself it leaves out without a word.
fn is_sent(headers: &Headers, name: &str) -> bool {
    let init = RequestInit::new();
    init.set_headers(headers);
    Request::new_with_str_and_init("http://localhost/", &init)
        .is_ok_and(|request| request.headers().has(name).unwrap_or(false))
        && !name.eq_ignore_ascii_case("content-type")
}

fn origin(url: &str) -> Option<String> {
    Url::new(url).ok().map(|it| it.origin())
}

/// Seconds, or a date. A server of another origin has to expose it.
fn retry_after(value: &str) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let millis = js_sys::Date::parse(value) - js_sys::Date::now();
    Duration::try_from_secs_f64(millis.max(0.0) / 1_000.0).ok()
}
