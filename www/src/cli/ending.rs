//! How the program is asked to end.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
#[cfg(not(unix))]
use tokio::signal::windows::{CtrlC, ctrl_c};

/// Hears Ctrl-C, and the system that ends the program: containers and services are ended so. It hears from when it is made,
/// also where Ctrl-C is ignored as a rule, which is so in the background of a script.
pub(super) struct Ending {
    interrupted: Interruption,
    #[cfg(unix)]
    terminated: Signal,
}

#[cfg(unix)]
type Interruption = Signal;
#[cfg(not(unix))]
type Interruption = CtrlC;

impl Ending {
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            #[cfg(unix)]
            interrupted: signal(SignalKind::interrupt())?,
            #[cfg(unix)]
            terminated: signal(SignalKind::terminate())?,
            #[cfg(not(unix))]
            interrupted: ctrl_c()?,
        })
    }

    /// Ready when it is asked.
    pub(super) async fn asked(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.interrupted.recv() => {}
            _ = self.terminated.recv() => {}
        }
        #[cfg(not(unix))]
        self.interrupted.recv().await;
    }
}
