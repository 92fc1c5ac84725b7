//! Members of TypeScript interfaces with their docs: what the npm package declares.

use std::path::Path;

use super::{Documented, read};
use crate::Trouble;

/// The members of `interface`, in the order in which they are declared.
pub(crate) fn members(root: &Path, path: &str, interface: &str) -> Result<Vec<Documented>, Trouble> {
    let text = read(root, path)?;
    let begin = format!("export interface {interface} ");
    let body = text
        .split_once(&begin)
        .and_then(|(_, rest)| rest.split_once("{\n"))
        .and_then(|(_, rest)| rest.split_once("\n}"))
        .map(|(body, _)| body)
        .ok_or_else(|| Trouble::new(path, format!("there is no interface {interface}")))?;
    Ok(declared(body))
}

fn declared(body: &str) -> Vec<Documented> {
    let (mut members, mut docs) = (Vec::new(), String::new());
    for line in body.lines().map(str::trim) {
        if line.starts_with("/**") || line.starts_with('*') {
            docs += &format!("{} ", line.trim_start_matches(['/', '*']).trim_end_matches("*/").trim());
        } else if let Some((name, kind)) = line.trim_end_matches(';').split_once(": ") {
            members.push(Documented::new(name.trim_end_matches('?'), kind, docs.trim()));
            docs.clear();
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_have_their_docs() {
        let body = "  /** How long. Default 1. */\n  delay?: number;\n  /**\n   * Two\n   * lines.\n   */\n  \
                    auth?: { [key: string]: any } | ((cb: (data: object) => void) => void);\n  bare: boolean;";
        let expected = [
            Documented::new("delay", "number", "How long. Default 1."),
            Documented::new(
                "auth",
                "{ [key: string]: any } | ((cb: (data: object) => void) => void)",
                "Two lines.",
            ),
            Documented::new("bare", "boolean", ""),
        ];
        assert_eq!(declared(body), expected);
    }
}
