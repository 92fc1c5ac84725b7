//! Sections and tables of READMEs.

use std::path::Path;

use super::{docs, read};
use crate::Trouble;

/// What stands below a heading, up to the next of its level; without the ids of rows.
pub(crate) fn section(root: &Path, path: &str, heading: &str) -> Result<String, Trouble> {
    let text = read(root, path)?;
    let mut lines = text.lines().skip_while(|line| line.trim_start_matches('#').trim() != heading);
    let first = lines.next().ok_or_else(|| Trouble::new(path, format!("there is no heading {heading}")))?;
    let level = first.len() - first.trim_start_matches('#').len();
    let ends =
        |line: &&str| line.starts_with('#') && line.len() - line.trim_start_matches('#').len() <= level;
    let body: String = lines.take_while(|line| !ends(line)).map(|line| format!("{line}\n")).collect();
    Ok(docs::without_rows(&body))
}

/// The rows of the first table below a heading, the first of them its head: cells without their marks.
pub(crate) fn table(root: &Path, path: &str, heading: &str) -> Result<Vec<Vec<String>>, Trouble> {
    let body = section(root, path, heading)?;
    let cell = |text: &str| text.trim().trim_matches('*').replace(['`', '*'], "");
    let rows: Vec<Vec<String>> = body
        .lines()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .filter(|line| !line.starts_with("|--"))
        // An empty cell may be the first.
        .map(|line| line[1..].trim_end_matches('|').split('|').map(cell).collect())
        .collect();
    if rows.len() < 2 {
        return Err(Trouble::new(path, format!("there is no table below {heading}")));
    }
    Ok(rows)
}
