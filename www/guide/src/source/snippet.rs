//! Code from a file that is compiled or run, whole or in part.

use std::path::Path;

use crate::{Trouble, site::read};

/// A file, or what stands in it between the lines `#region NAME` and `#endregion`, without its indent.
pub(crate) fn snippet(root: &Path, place: &str) -> Result<String, Trouble> {
    let (path, region) = place.split_once('#').map_or((place, None), |(path, region)| (path, Some(region)));
    let text = read(root, path)?;
    let Some(region) = region else { return Ok(text) };
    let begins = |line: &&str| line.split_once("#region ").is_some_and(|(_, name)| bare(name) == region);
    let lines: Vec<_> = text
        .lines()
        .skip_while(|line| !begins(line))
        .skip(1)
        .take_while(|line| !line.contains("#endregion"))
        .filter(|line| !line.contains("#region "))
        .collect();
    if lines.is_empty() {
        return Err(Trouble::new(path, format!("there is no region {region}")));
    }
    Ok(outdented(&lines))
}

/// A name without the end of the comment it stands in.
fn bare(name: &str) -> &str {
    name.trim().trim_end_matches("*/").trim_end_matches("-->").trim_end_matches("*/}").trim()
}

fn outdented(lines: &[&str]) -> String {
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let least = lines.iter().filter(|it| !it.trim().is_empty()).map(indent).min().unwrap_or_default();
    lines.iter().map(|line| line.get(least..).unwrap_or_default().to_owned() + "\n").collect()
}
