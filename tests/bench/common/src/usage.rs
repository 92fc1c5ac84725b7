//! What this process has used: CPU time and resident memory, as the kernel counts them.

use crate::Result;
use nix::sys::{
    resource::{Resource, UsageWho, getrlimit, getrusage, setrlimit},
    time::TimeValLike,
};
use std::time::Instant;

/// A reading of the process's own clocks.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    user_us: i64,
    sys_us: i64,
    wall: Instant,
}

/// The difference of two readings, in microseconds.
#[derive(Clone, Copy, Debug)]
pub struct Spent {
    /// In user space. The kernel estimates how the sum splits; only the sum is exact.
    pub user_us: i64,
    /// In the kernel.
    pub sys_us: i64,
    /// Of time that passed.
    pub wall_us: u64,
}

impl Reading {
    /// Reads them now: all threads of this process.
    pub fn now() -> Result<Self> {
        let usage = getrusage(UsageWho::RUSAGE_SELF)?;
        Ok(Self {
            user_us: usage.user_time().num_microseconds(),
            sys_us: usage.system_time().num_microseconds(),
            wall: Instant::now(),
        })
    }

    /// What was spent since.
    pub fn spent(self) -> Result<Spent> {
        let now = Self::now()?;
        Ok(Spent {
            user_us: now.user_us - self.user_us,
            sys_us: now.sys_us - self.sys_us,
            wall_us: u64::try_from((now.wall - self.wall).as_micros())?,
        })
    }
}

/// `VmRSS` of this process in KiB.
pub fn resident_kib() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

/// Allows this process as many open files as the system lets it.
pub fn raise_file_limit() -> Result<()> {
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE)?;
    setrlimit(Resource::RLIMIT_NOFILE, hard, hard)?;
    Ok(())
}
