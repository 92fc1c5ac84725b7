//! What the guide reads of the repository, so that it cannot say anything else than the code does.

mod docs;
pub(crate) mod markdown;
pub(crate) mod results;
pub(crate) mod rust;
pub(crate) mod snippet;
pub(crate) mod types;

use std::{fs, path::Path};

use crate::Trouble;

/// A text file of the repository.
pub(crate) fn read(root: &Path, path: &str) -> Result<String, Trouble> {
    fs::read_to_string(root.join(path)).map_err(|error| Trouble::new(path, error.to_string()))
}

/// An option, a limit or a member: its name, its type, and what its docs say.
#[derive(Debug, PartialEq)]
pub(crate) struct Documented {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) words: String,
    /// What holds when nothing is given; empty if the docs name none.
    pub(crate) default: String,
}

impl Documented {
    /// Takes docs apart: the sentence that begins with "Default" is the default.
    pub(crate) fn new(name: &str, kind: &str, said: &str) -> Self {
        let said = docs::without_rows(said);
        let (words, default) = match said.split_once("Default: ").or_else(|| said.split_once("Default ")) {
            None => (said.as_str(), String::new()),
            Some((words, rest)) => {
                let (default, more) = rest.split_once(". ").unwrap_or((rest.trim_end_matches('.'), ""));
                return Self {
                    name: name.into(),
                    kind: kind.into(),
                    words: format!("{words}{more}").trim().into(),
                    default: default.into(),
                };
            }
        };
        Self { name: name.into(), kind: kind.into(), words: words.trim().into(), default }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docs_are_words_and_a_default() {
        let it =
            Documented::new("timeout", "Span", "Deadline of an attempt. Default 20 s (O-47). Or `false`.");
        assert_eq!((it.words.as_str(), it.default.as_str()), ("Deadline of an attempt. Or `false`.", "20 s"));
        let it = Documented::new("seed", "u64", "Seed of jitter (O-46).");
        assert_eq!((it.words.as_str(), it.default.as_str()), ("Seed of jitter.", ""));
    }
}
