//! Futures that cannot leave their thread, where one that can is asked for.

use std::{
    future::{Future, poll_fn},
    mem,
    sync::{Arc, Mutex, PoisonError},
    task::{Poll, Waker},
};

use wasm_bindgen_futures::spawn_local;

/// Runs `future`, which may hold values of JavaScript, and gives its result to one that is `Send`: what a provider of auth
/// has to be, as [`Socket`](crate::Socket) is the same type on every platform.
///
/// ```no_run
/// # async fn fresh_token() -> String { String::new() }
/// use sockeye_wasm::{Args, io, local};
///
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let socket = io("https://example.com")?;
/// socket.set_auth_provider(|| local(async {
///     let token = fresh_token().await; // awaits promises of the page
///     Ok(Args::auth(&std::collections::BTreeMap::from([("token", token)]))?)
/// }));
/// # Ok(()) }
/// ```
pub fn local<T: Send + 'static>(
    future: impl Future<Output = T> + 'static,
) -> impl Future<Output = T> + Send + 'static {
    let slot = Arc::new(Mutex::new(Slot::Awaited(None)));
    let filled = Arc::clone(&slot);
    spawn_local(async move {
        let result = future.await;
        let before = mem::replace(&mut *lock(&filled), Slot::Ready(Some(result)));
        if let Slot::Awaited(Some(waker)) = before {
            waker.wake();
        }
    });
    poll_fn(move |cx| {
        let mut slot = lock(&slot);
        if let Slot::Ready(result) = &mut *slot
            && let Some(result) = result.take()
        {
            return Poll::Ready(result);
        }
        *slot = Slot::Awaited(Some(cx.waker().clone()));
        Poll::Pending
    })
}

enum Slot<T> {
    Awaited(Option<Waker>),
    Ready(Option<T>),
}

fn lock<T>(slot: &Mutex<Slot<T>>) -> std::sync::MutexGuard<'_, Slot<T>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}
