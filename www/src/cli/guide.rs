//! The guide for the pages: written anew at each start, as it takes a moment.

use std::path::Path;

/// Where the table of the site looks for it, seen from the root of the repository.
const FOLDER: &str = "www/guide/dist";

/// Writes it; what the person who started the server has to know if that fails.
pub(super) fn write(root: &Path) -> Option<String> {
    // The inspector stands beside it here.
    let site = match sockeye_guide::build(root, Some("../inspector/")) {
        Ok(site) => site,
        Err(trouble) => return Some(format!("The guide cannot be made: {trouble}")),
    };
    let folder = root.join(FOLDER);
    let error = site.write(&folder).err()?;
    Some(format!("The guide cannot be written to {}: {error}", folder.display()))
}
