//! What the server saw, line by line, for `wire` and for whoever wonders.

use std::sync::{Mutex, PoisonError};

/// Lines from all connections, in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<Vec<String>>);

impl Log {
    pub(crate) fn add(&self, line: impl Into<String>) {
        let mut line: String = line.into();
        if line.len() > LONGEST {
            line.truncate(line.floor_char_boundary(LONGEST));
            line.push('…');
        }
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A client that spins must not fill the memory of its judge.
        if lines.len() < MOST {
            lines.push(line);
        }
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn count(&self, fits: impl Fn(&str) -> bool) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().filter(|it| fits(it)).count()
    }
}

const LONGEST: usize = 1_000;
const MOST: usize = 50_000;
