//! The guide: pages in Markdown, and pictures, tables and code that are read from the repository when it is built.
//!
//! Nothing that can be read elsewhere is written here a second time. A page names what it shows in a block of the
//! language `guide`, and `blocks` puts it there: code from files that are compiled or run by a test, diagrams from the
//! docs of the machine, runs of the machine in its simulator, options from their own docs, figures from the results that
//! are committed.
//!
//! ```no_run
//! let site = sockeye_guide::build(sockeye_guide::root(), None)?;
//! site.write("target/guide".as_ref())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "pages are made in a moment; that they read well counts"
)]

mod blocks;
mod contents;
mod drawing;
mod highlight;
mod page;
mod site;
mod source;
mod template;
mod trouble;

use std::path::Path;

pub use site::{File, Site};
pub use trouble::Trouble;

/// Makes the site from the repository at `root`; it links to the inspector if its address is given.
pub fn build(root: &Path, inspector: Option<&str>) -> Result<Site, Trouble> {
    site::build(root, inspector)
}

/// The repository that this was compiled in.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The diagram of the connection's states, with a group for each to light up: for the inspector.
pub fn states(root: &Path) -> Result<String, Trouble> {
    drawing::states(root)
}
