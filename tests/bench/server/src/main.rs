//! The synthetic server. It is never the bottleneck: what it sends was encoded before, what it gets it counts by
//! walking over frame headers. It speaks WebSocket, Engine.IO 4 and Socket.IO 5 on the main namespace only.
//!
//! A client says by `42["run","<case>",<count>]` what it wants; the port is printed on standard output.

mod canned;
mod frame;
mod session;
mod upgrade;

use bench_common::{Result, usage::raise_file_limit};
use canned::Canned;
use std::{io::Write, rc::Rc};
use tokio::{net::TcpListener, task::LocalSet};

fn main() -> Result<()> {
    raise_file_limit()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, serve())
}

async fn serve() -> Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let mut out = std::io::stdout();
    writeln!(out, "{}", listener.local_addr()?.port())?;
    out.flush()?;
    let canned = Rc::new(Canned::new()?);
    loop {
        let (stream, _) = listener.accept().await?;
        let canned = Rc::clone(&canned);
        tokio::task::spawn_local(async move {
            // A client that goes away without a word is how every run ends; anything else deserves a line.
            if let Err(error) = session::run(stream, &canned).await
                && !error.downcast_ref::<std::io::Error>().is_some_and(is_goodbye)
            {
                eprintln!("server: {error}");
            }
        });
    }
}

fn is_goodbye(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{BrokenPipe, ConnectionReset, UnexpectedEof};
    matches!(error.kind(), BrokenPipe | ConnectionReset | UnexpectedEof)
}
