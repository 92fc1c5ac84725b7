//! Runs one case with one client and prints what it cost: warm up, read the clock, work, read the clock.

use crate::{
    Args, Case, Error, Result, payload,
    usage::{Reading, Spent, raise_file_limit, resident_kib},
};
use futures_util::future::try_join_all;
use serde_json::json;
use std::{any::Any, future::Future, time::Duration};

/// The messages before the clock starts, as a part of those that count.
const WARM_UP: u64 = 20;
/// Idle connections before the first reading, so that what is paid once is not counted.
const IDLE_WARM_UP: u64 = 100;
/// Connections made at the same time.
const WAVE: u64 = 50;

/// A connected client. Every method is one measured section; none of them checks, the caller does.
///
/// The server is told by the event `run`, with the case's name and a count as arguments, what is wanted.
pub trait Client: Sized + Send + 'static {
    /// The name in the table.
    const NAME: &'static str;

    /// Connects and waits until the server has confirmed the namespace.
    fn connect(args: &Args) -> impl Future<Output = Result<Self>> + Send;

    /// Asks for `count` events `tick` and returns the sum of [`payload::text_sum`] over their texts.
    fn receive_texts(&mut self, count: u64) -> impl Future<Output = Result<u64>> + Send;

    /// Asks for `count` events `batch` and returns the sum of [`payload::batch_sum`] over their items.
    fn receive_batches(&mut self, count: u64) -> impl Future<Output = Result<u64>> + Send;

    /// Sends `count` events `msg`, the `n`th with `texts[n % len]`, and returns the number in the server's `done`.
    fn send_texts(&mut self, texts: &[String], count: u64) -> impl Future<Output = Result<u64>> + Send;

    /// Sends `count` events `ping`, each after the acknowledgement of the one before, and returns the sum of
    /// [`payload::text_sum`] over what was acknowledged.
    fn round_trips(&mut self, texts: &[String], count: u64) -> impl Future<Output = Result<u64>> + Send;

    /// Keeps the connection as a program would that waits for what the server has to say.
    fn park(self) -> Box<dyn Any + Send> {
        Box::new(self)
    }
}

/// The `main` of every Rust client: one thread for all of it, because that is the cheapest runtime for each of them,
/// and the work in a task, because the waker of the runtime's outermost future is dearer (it is cloned at each poll of
/// a WebSocket: two places compare unequal the vtable that they should share).
pub fn main<C: Client>() -> Result<()> {
    let args = Args::from_env()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let report = runtime.block_on(async {
        let work = async move {
            if args.case == Case::Idle { idle::<C>(&args).await } else { messages::<C>(&args).await }
        };
        tokio::spawn(work).await
    })??;
    write_line(&report)?;
    // What the client would do on the way out is not the question, and may take long.
    std::process::exit(0)
}

async fn messages<C: Client>(args: &Args) -> Result<serde_json::Value> {
    let mut client = C::connect(args).await?;
    let texts = payload::texts();
    measure(&mut client, args.case, &texts, (args.count / WARM_UP).max(1)).await?;
    let spent = measure(&mut client, args.case, &texts, args.count).await?;
    Ok(json!({
        "client": C::NAME, "case": args.case.name(), "count": args.count,
        "user_us": spent.user_us, "sys_us": spent.sys_us, "wall_us": spent.wall_us,
    }))
}

async fn measure<C: Client>(client: &mut C, case: Case, texts: &[String], count: u64) -> Result<Spent> {
    let expected = match case {
        Case::In | Case::PingPong => payload::expected_texts(count),
        Case::In16k => payload::expected_batches(count),
        Case::Out => count,
        Case::Idle => return Err("idle is no case of messages".into()),
    };
    let start = Reading::now()?;
    let got = match case {
        Case::In => client.receive_texts(count).await?,
        Case::In16k => client.receive_batches(count).await?,
        Case::Out => client.send_texts(texts, count).await?,
        Case::PingPong | Case::Idle => client.round_trips(texts, count).await?,
    };
    let spent = start.spent()?;
    if got == expected {
        Ok(spent)
    } else {
        Err(Error::from(format!("expected a sum of {expected}, got {got}")))
    }
}

async fn idle<C: Client>(args: &Args) -> Result<serde_json::Value> {
    raise_file_limit()?;
    let mut parked = Vec::new();
    open::<C>(args, IDLE_WARM_UP, &mut parked).await?;
    let before = resident_kib()?;
    open::<C>(args, args.count, &mut parked).await?;
    let after = resident_kib()?;
    Ok(json!({
        "client": C::NAME, "case": args.case.name(), "count": args.count,
        "rss_before_kib": before, "rss_after_kib": after,
    }))
}

async fn open<C: Client>(args: &Args, count: u64, parked: &mut Vec<Box<dyn Any + Send>>) -> Result<()> {
    for first in (0..count).step_by(usize::try_from(WAVE)?) {
        let wave = WAVE.min(count - first);
        let clients = try_join_all((0..wave).map(|_| C::connect(args))).await?;
        parked.extend(clients.into_iter().map(Client::park));
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    Ok(())
}

fn write_line(report: &serde_json::Value) -> Result<()> {
    use std::io::Write;
    let mut out = std::io::stdout();
    writeln!(out, "{report}")?;
    Ok(out.flush()?)
}
