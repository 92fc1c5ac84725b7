//! What can be wrong with a page: for the person who wrote it.

use std::fmt;

/// Why the guide cannot be made: where it stands, and what is wrong there.
#[derive(Debug)]
pub struct Trouble {
    place: String,
    what: String,
}

impl Trouble {
    pub(crate) fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into() }
    }

    /// The same, seen from the page that asked for it.
    pub(crate) fn on(self, page: &str) -> Self {
        Self { place: format!("{page}: {}", self.place), what: self.what }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}: {}", self.place, self.what)
    }
}

impl std::error::Error for Trouble {}
