//! Docs, fields and variants of Rust code, read by its lines: rustfmt writes them in one way.

use std::path::Path;

use super::{Documented, docs, read};
use crate::Trouble;

/// A source file.
pub(crate) struct File {
    path: String,
    text: String,
}

impl File {
    pub(crate) fn read(root: &Path, path: &str) -> Result<Self, Trouble> {
        Ok(Self { path: path.into(), text: read(root, path)? })
    }

    /// The diagram in the docs of a type: its first block of text.
    pub(crate) fn diagram(&self, of: &str) -> Result<String, Trouble> {
        let (docs, _) = self.item(of)?;
        let inside = docs.split_once("```text\n").and_then(|(_, rest)| rest.split_once("```"));
        let (drawn, _) = inside.ok_or_else(|| self.trouble(format!("the docs of {of} have no diagram")))?;
        Ok(docs::blank_rows(drawn).trim_end().into())
    }

    /// The names of an enum's variants.
    pub(crate) fn variants(&self, of: &str) -> Result<Vec<String>, Trouble> {
        let (_, body) = self.item(of)?;
        let name = |line: &str| {
            // One level below the item: fields of a variant are further in.
            let line =
                line.strip_prefix("    ").filter(|it| it.starts_with(|it: char| it.is_ascii_uppercase()))?;
            line.split(|it: char| !it.is_alphanumeric()).next().map(String::from)
        };
        Ok(body.lines().filter_map(name).collect())
    }

    /// The public fields of a struct, with their docs.
    pub(crate) fn fields(&self, of: &str) -> Result<Vec<Documented>, Trouble> {
        let (_, body) = self.item(of)?;
        let (mut fields, mut docs) = (Vec::new(), String::new());
        for line in body.lines().map(str::trim) {
            if let Some(words) = line.strip_prefix("///") {
                docs += &format!("{} ", words.trim());
            } else if let Some((name, kind)) = line.strip_prefix("pub ").and_then(|it| it.split_once(": ")) {
                fields.push(Documented::new(name, kind.trim_end_matches(','), docs.trim()));
                docs.clear();
            }
        }
        Ok(fields)
    }

    /// The docs of a struct or an enum, and what stands between its braces.
    fn item(&self, name: &str) -> Result<(String, &str), Trouble> {
        let begins = |line: &str| {
            let rest = line.trim_start_matches("pub ").trim_start_matches("pub(crate) ");
            let rest = rest.strip_prefix("struct ").or_else(|| rest.strip_prefix("enum "));
            rest.is_some_and(|it| it.split(|it: char| !it.is_alphanumeric()).next() == Some(name))
        };
        let mut at = 0;
        let mut docs = String::new();
        for line in self.text.split_inclusive('\n') {
            at += line.len();
            if begins(line) {
                let rest = &self.text[at..];
                return Ok((docs, rest.split_once("\n}").map_or(rest, |(body, _)| body)));
            }
            match line.strip_prefix("///") {
                Some(words) => docs += words.strip_prefix(' ').unwrap_or(words),
                None if line.starts_with("#[") => {}
                None => docs.clear(),
            }
        }
        Err(self.trouble(format!("there is no struct or enum {name}")))
    }

    fn trouble(&self, what: String) -> Trouble {
        Trouble::new(self.path.as_str(), what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "/// ```text\n///  A ──▶ B\n/// ```\n#[derive(Clone)]\npub(crate) enum It {\n    /// Docs.\n    A,\n    \
                        B {\n        Cc: u8,\n    },\n}\n\npub struct Options {\n    /// How long.\n    /// Default 1 s (O-1).\n    \
                        pub delay: Duration,\n    hidden: bool,\n}\n";

    fn file() -> File {
        File { path: "it.rs".into(), text: TEXT.into() }
    }

    #[test]
    fn diagrams_variants_and_fields_are_found() {
        assert_eq!(file().diagram("It").expect("a diagram"), " A ──▶ B");
        assert_eq!(file().variants("It").expect("variants"), ["A", "B"]);
        let fields = file().fields("Options").expect("fields");
        assert_eq!(fields, [Documented::new("delay", "Duration", "How long. Default 1 s.")]);
    }

    #[test]
    fn what_is_not_there_is_named() {
        let error = file().diagram("Options").expect_err("no diagram").to_string();
        assert_eq!(error, "it.rs: the docs of Options have no diagram");
        let error = file().variants("Gone").expect_err("no enum").to_string();
        assert_eq!(error, "it.rs: there is no struct or enum Gone");
    }
}
