//! The same helpers in a page or a worker. It can start no server, so it has the stage do that: `tests/browser/run` starts
//! the stage and says where it is.

pub mod http;
pub mod proxy;
pub mod servers;

use std::{future::Future, pin::pin, time::Duration};

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use web_sys::XmlHttpRequest;

use crate::words::{Deed, Given, Wish};

pub(crate) async fn timeout<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    match select(pin!(future), pin!(sleep(limit))).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(_) => None,
    }
}

pub(crate) async fn sleep(time: Duration) {
    TimeoutFuture::new(u32::try_from(time.as_millis()).unwrap_or(u32::MAX)).await;
}

/// Differs between pages.
pub(crate) fn run() -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to the largest u32")]
    let run = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    run
}

/// Has the stage do something, and waits for it, as a program that starts a server itself would. This is the one request
/// that a page can wait for without a future, so helpers here look as they do elsewhere.
fn ask(wish: &Wish) -> Given {
    let request = XmlHttpRequest::new().expect("a page has XMLHttpRequest");
    let wish = serde_json::to_string(wish).expect("a wish is JSON");
    let sent =
        request.open_with_async("POST", STAGE, false).and_then(|()| request.send_with_opt_str(Some(&wish)));
    let answer = request.response_text().ok().flatten().unwrap_or_default();
    assert!(
        sent.is_ok() && request.status() == Ok(200),
        "the stage at {STAGE} did not do {wish}: {answer:?}; `tests/browser/run` starts it"
    );
    serde_json::from_str(&answer).expect("the stage answers in JSON")
}

fn have_it_do(id: u32, deed: Deed) {
    ask(&Wish::Do(id, deed));
}

fn url(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

/// Where the stage is; said when this is compiled, as a page has no environment.
const STAGE: &str = match option_env!("SOCKEYE_STAGE") {
    Some(url) => url,
    None => "http://127.0.0.1:19990",
};
