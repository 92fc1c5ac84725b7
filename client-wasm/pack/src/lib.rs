//! Builds the npm package `sockeye-client` into `client-wasm/npm/dist`, ready for `npm pack`, and the chats of `www/apps`.
//!
//! The steps that need esbuild and binaryen are in `client-wasm/npm/build`; here is what comes before and after them:
//! that the tools are there, that one build runs at a time, that a folder is replaced as a whole, and whether it is
//! stale.
//!
//! ```no_run
//! # fn main() -> Result<(), sockeye_pack::PackError> {
//! let built = sockeye_pack::build_if_stale(sockeye_pack::root())?;
//! if let Some(package) = built {
//!     eprintln!("built {}", package.folder.display());
//! }
//! # Ok(())
//! # }
//! ```

mod apps;
mod error;
mod stamp;
mod tools;

use std::{
    fs::{self, File},
    io::ErrorKind,
    path::{Path, PathBuf},
};

pub use apps::{App, build_app_if_stale};
pub use error::PackError;
use stamp::Stamp;

/// A package that was built.
#[derive(Debug)]
#[non_exhaustive]
pub struct Package {
    /// Where its files are.
    pub folder: PathBuf,
    /// Whether a file is larger than `tests/budget.json` allows. Which one has been printed.
    pub oversized: bool,
}

/// The repository that this crate was compiled in.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new("."))
}

/// Builds the package, whatever is there. What goes on is printed.
///
/// Blocks: a build takes about half a minute, and waits for one that another process has begun.
pub fn build(root: &Path) -> Result<Package, PackError> {
    let npm = npm(root)?;
    let _lock = lock(&npm)?;
    rebuild(root, &npm, &Stamp::of(root, stamp::PACKAGE)?)
}

/// Builds the package if a source has changed since it was built, which is told by content; `None` when it is fresh.
///
/// Blocks as [`build`] does; without anything to build, for some milliseconds.
pub fn build_if_stale(root: &Path) -> Result<Option<Package>, PackError> {
    let npm = npm(root)?;
    let _lock = lock(&npm)?;
    let (now, then) = (Stamp::of(root, stamp::PACKAGE)?, Stamp::read(&npm.join(STAMP))?);
    let Some(changed) = now.first_difference(&then) else { return Ok(None) };
    say(&format!("the npm package is stale: {}", changed.display()));
    rebuild(root, &npm, &now).map(Some)
}

/// Installs what the lock file of that folder names, if it is not there yet.
pub fn install(folder: &Path) -> Result<(), PackError> {
    tools::node()?;
    let _lock = lock(folder)?;
    tools::packages(folder)
}

fn npm(root: &Path) -> Result<PathBuf, PackError> {
    let npm = root.join("client-wasm/npm");
    if npm.join("package.json").is_file() { Ok(npm) } else { Err(PackError::NoSources { folder: npm }) }
}

/// Held until the file is dropped.
fn lock(folder: &Path) -> Result<File, PackError> {
    let path = folder.join(".lock");
    let file = File::create(&path).map_err(|error| PackError::io("make", &path, error))?;
    if file.try_lock().is_err() {
        say(&format!("waiting for another build in {}", folder.display()));
        file.lock().map_err(|error| PackError::io("lock", &path, error))?;
    }
    Ok(file)
}

fn rebuild(root: &Path, npm: &Path, sources: &Stamp) -> Result<Package, PackError> {
    tools::ensure(root, npm)?;
    // What is there stays until the new one is whole.
    let (fresh, folder) = (npm.join(".dist"), npm.join("dist"));
    remove(&fresh)?;
    let oversized = tools::pack(npm, &fresh)?;
    sources.write(&fresh.join(".stamp"))?;
    remove(&folder)?;
    fs::rename(&fresh, &folder).map_err(|error| PackError::io("move", &fresh, error))?;
    Ok(Package { folder, oversized })
}

fn remove(folder: &Path) -> Result<(), PackError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(PackError::io("remove", folder, error)),
        _ => Ok(()),
    }
}

/// To whoever waits: standard output may be the data of a program that builds the package on its way.
fn say(what: &str) {
    eprintln!("pack: {what}");
}

const STAMP: &str = "dist/.stamp";
