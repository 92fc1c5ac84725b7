//! The client that the pages load.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The npm package, as far as the pages load it; or why it is not there, which they tell who opens them.
#[derive(Clone)]
pub struct BrowserClient(Arc<Result<Files, String>>);

pub(super) struct Files {
    pub(super) script: Vec<u8>,
    pub(super) module: Vec<u8>,
}

impl BrowserClient {
    /// Reads a package that was built. It is read once: a build that replaces it is served by the next server.
    pub fn read(package: &Path) -> io::Result<Self> {
        let files =
            Files { script: fs::read(package.join(SCRIPT))?, module: fs::read(package.join(MODULE))? };
        Ok(Self(Arc::new(Ok(files))))
    }

    /// Without it the server does all the rest. `why` says what is missing, and how to get it.
    pub fn missing(why: impl Into<String>) -> Self {
        Self(Arc::new(Err(why.into())))
    }

    pub(super) fn files(&self) -> Result<&Files, &str> {
        self.0.as_ref().as_ref().map_err(String::as_str)
    }
}

impl Default for BrowserClient {
    fn default() -> Self {
        Self::missing("This server was started without it.")
    }
}

impl fmt::Debug for BrowserClient {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.files() {
            Ok(_) => to.write_str("BrowserClient"),
            Err(why) => write!(to, "BrowserClient::missing({why:?})"),
        }
    }
}

/// For a script tag.
const SCRIPT: &str = "sockeye.min.js";
/// For `import`.
const MODULE: &str = "index.js";
