//! Code from a file that is compiled or run, whole or in part.

use std::path::Path;

use super::read;
use crate::Trouble;

/// A file; or what stands in it between the lines `#region NAME` and `#endregion`, without its indent: `FILE#NAME`; or one
/// function of a Rust file: `FILE@NAME`.
pub(crate) fn snippet(root: &Path, place: &str) -> Result<String, Trouble> {
    let mark = place.find(['#', '@']).unwrap_or(place.len());
    let (path, part) = place.split_at(mark);
    let text = read(root, path)?;
    let found = match part.split_at_checked(1) {
        None => return Ok(without_preface(&text)),
        Some(("#", name)) => region(&text, name),
        Some((_, name)) => function(&text, name),
    };
    if found.is_empty() { Err(Trouble::new(path, format!("there is no {part}"))) } else { Ok(found) }
}

/// The name of a snippet's file.
pub(crate) fn path(place: &str) -> &str {
    place.split(['#', '@']).next().unwrap_or_default()
}

fn region(text: &str, name: &str) -> String {
    let begins = |line: &&str| line.split_once("#region ").is_some_and(|(_, it)| bare(it) == name);
    let lines: Vec<_> = text
        .lines()
        .skip_while(|line| !begins(line))
        .skip(1)
        .take_while(|line| !line.contains("#endregion"))
        .filter(|line| !line.contains("#region "))
        .collect();
    outdented(&lines)
}

/// With its docs and attributes, up to the brace in the first column.
fn function(text: &str, name: &str) -> String {
    let begins = |block: &&str| {
        block.lines().any(|line| !line.starts_with(' ') && line.contains(&format!("fn {name}(")))
    };
    let block = text.split_inclusive("\n}\n").find(begins).unwrap_or_default();
    let at = block.find(&format!("fn {name}(")).unwrap_or_default();
    // What stands before it is divided from it by an empty line.
    block[block[..at].rfind("\n\n").map_or(0, |it| it + 2)..].trim_start().into()
}

/// Without what a file says about itself, and about its lints.
fn without_preface(text: &str) -> String {
    let is_preface = |line: &&str| line.is_empty() || line.starts_with("//!") || line.starts_with("#![");
    text.lines().skip_while(is_preface).map(|line| format!("{line}\n")).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    const RUST: &str =
        "//! About.\n#![allow(x)]\n\nuse a;\n\n/// Docs.\nfn one() {\n    1\n\n}\n\nfn two() {\n    2\n}\n";

    #[test]
    fn functions_are_taken_with_their_docs() {
        assert_eq!(function(RUST, "one"), "/// Docs.\nfn one() {\n    1\n\n}\n");
        assert_eq!(function(RUST, "two"), "fn two() {\n    2\n}\n");
        assert_eq!(function(RUST, "three"), "");
    }

    #[test]
    fn regions_lose_their_indent_and_files_their_preface() {
        let text = "a\n  // #region it\n  b\n    c\n  <!-- #endregion -->\nd\n";
        assert_eq!(region(text, "it"), "b\n  c\n");
        assert_eq!(region(text, "other"), "");
        assert!(without_preface(RUST).starts_with("use a;\n"));
    }
}
