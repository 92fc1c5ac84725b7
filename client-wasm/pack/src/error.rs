use std::{
    error::Error,
    fmt, io,
    path::{Path, PathBuf},
};

/// Why the package could not be built, and what to do about it.
#[derive(Debug)]
#[non_exhaustive]
pub enum PackError {
    /// The sources are not where they are looked for.
    NoSources {
        /// Where that was.
        folder: PathBuf,
    },
    /// A program is not installed, or too old.
    Tool {
        /// Its name.
        name: &'static str,
        /// What was found instead, if anything.
        found: Option<String>,
        /// What to do.
        advice: &'static str,
    },
    /// A step began and failed; it has printed why.
    Step {
        /// The step.
        what: &'static str,
        /// What to look at.
        advice: &'static str,
    },
    /// A module of a Rust program could not be read.
    Bindgen {
        /// Where it is.
        module: PathBuf,
        /// What wasm-bindgen said.
        why: String,
    },
    /// A file or folder.
    Io {
        /// What was tried.
        what: &'static str,
        /// With which one.
        path: PathBuf,
        /// What came back.
        source: io::Error,
    },
}

impl PackError {
    pub(crate) fn io(what: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { what, path: path.to_owned(), source }
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSources { folder } => {
                write!(to, "no sources in {}: is this a checkout of Sockeye?", folder.display())
            }
            Self::Tool { name, found: None, advice } => write!(to, "{name} is missing: {advice}"),
            Self::Tool { name, found: Some(found), advice } => write!(to, "{name} is {found}: {advice}"),
            Self::Step { what, advice } => write!(to, "{what} failed: {advice}"),
            Self::Bindgen { module, why } => {
                write!(to, "wasm-bindgen cannot read {}: {why}", module.display())
            }
            Self::Io { what, path, source } => write!(to, "cannot {what} {}: {source}", path.display()),
        }
    }
}

impl Error for PackError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
