//! How the program is asked to end.

use std::io;

use tokio::signal;

/// Ready at Ctrl-C, or when the system ends the program: containers and services are ended so.
pub(super) async fn asked_to_end() -> io::Result<()> {
    #[cfg(unix)]
    {
        let mut ended = signal::unix::signal(signal::unix::SignalKind::terminate())?;
        tokio::select! {
            interrupted = signal::ctrl_c() => interrupted,
            _ = ended.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    signal::ctrl_c().await
}
