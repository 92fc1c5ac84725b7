//! Pictures, as SVG that stands in the page: they take its colours and its letters.

mod ascii;
mod backoff;
mod bars;
mod run;
mod sequence;
pub(crate) mod svg;

use std::path::Path;

pub(crate) use backoff::{crowd, delays};
pub(crate) use bars::{Bar, Mark, bars};
pub(crate) use run::run;

use crate::{Trouble, source::rust};

/// The diagram of a type's docs, its boxes named by the variants of `states` in the same file.
pub(crate) fn diagram(root: &Path, file: &str, of: &str, states: &str) -> Result<String, Trouble> {
    let source = rust::File::read(root, file)?;
    let (drawn, names) = (source.diagram(of)?, source.variants(states)?);
    ascii::draw(&drawn, &names).map_err(|what| Trouble::new(file, what))
}

/// The states of a connection, as [`sockeye_core::State`] has them.
pub(crate) fn states(root: &Path) -> Result<String, Trouble> {
    diagram(root, "client-core/src/client/facts.rs", "State", "State")
}
