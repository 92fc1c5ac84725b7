//! What a row promises stands on a line of code. A guard names that line, what the code is without it, and the test that
//! has to fail then; `tests/faults/README.md` has the language.

use std::{collections::BTreeSet, fmt, fs, path::Path};

/// A line that a row stands on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guard {
    /// The rows that it is for.
    pub rows: Vec<String>,
    /// What it does, in words.
    pub about: String,
    /// From the root of the repository.
    pub file: String,
    /// Pieces of code as they stand, and what they are without it.
    pub changes: Vec<(String, String)>,
    /// What has to fail then.
    pub proof: Proof,
}

/// What has to fail without a guard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Proof {
    /// Not said.
    #[default]
    None,
    /// Tests of `client-core/tests/FILE.rs`, or of the crate itself (`lib`), by parts of their names.
    Core {
        /// Without `.rs`.
        file: String,
        /// One is enough.
        names: Vec<String>,
    },
    /// Tests of `client-native`, by parts of their names.
    Native {
        /// One is enough.
        names: Vec<String>,
    },
    /// Cases of the abuse server, before the native client.
    Abuse {
        /// As `abuse` takes them.
        cases: Vec<String>,
    },
    /// Tests of `client-wasm/npm/tests/FILE.test.mjs`, by a part of their name.
    Npm {
        /// Without `.test.mjs`.
        file: String,
        /// A pattern.
        name: String,
    },
}

/// A row that has no line to take out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unguarded {
    /// Which.
    pub row: String,
    /// Why there is none.
    pub why: String,
}

/// All guards, in the order of their files, and the rows without one.
pub fn guards() -> Result<(Vec<Guard>, Vec<Unguarded>), String> {
    let (mut guards, mut without) = (Vec::new(), Vec::new());
    for name in FILES {
        // Not built in: a line that is added is no reason to build anything.
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("faults/guards").join(name);
        let text = fs::read_to_string(file).map_err(|why| format!("{name}: {why}"))?;
        let (some, none) = read(&text).map_err(|why| format!("{name}, {why}"))?;
        guards.extend(some);
        without.extend(none);
    }
    Ok((guards, without))
}

/// What a file of guards says, or in which line it is wrong.
fn read(text: &str) -> Result<(Vec<Guard>, Vec<Unguarded>), String> {
    let (mut guards, mut without) = (Vec::<Guard>::new(), Vec::new());
    let mut in_code = false;
    for (at, line) in text.lines().enumerate() {
        let wrong = |why: &str| format!("line {}: {why}: {line}", at + 1);
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match (word, guards.last_mut()) {
            ("" | "#", _) => {}
            ("=", _) => {
                let (rows, about) = rows(rest);
                if rows.is_empty() || about.is_empty() {
                    return Err(wrong("a guard has rows, and words"));
                }
                guards.push(Guard { rows, about, ..Guard::default() });
            }
            ("none", _) => {
                let (rows, why) = rows(rest);
                without.extend(rows.into_iter().map(|row| Unguarded { row, why: why.clone() }));
            }
            ("in", Some(it)) => rest.clone_into(&mut it.file),
            ("-", Some(it)) => {
                if !std::mem::replace(&mut in_code, true) {
                    it.changes.push(Default::default());
                }
                it.changes.last_mut().into_iter().for_each(|it| push_line(&mut it.0, rest));
                continue;
            }
            ("+", Some(it)) => it.changes.last_mut().into_iter().for_each(|it| push_line(&mut it.1, rest)),
            ("by", Some(it)) => it.proof = proof(rest).ok_or_else(|| wrong("no such proof"))?,
            _ => return Err(wrong("what is this")),
        }
        in_code = false;
    }
    let unchanged = |it: &Guard| it.changes.is_empty() || it.changes.iter().any(|it| it.0 == it.1);
    let unfinished = |it: &&Guard| it.file.is_empty() || unchanged(it) || it.proof == Proof::None;
    match guards.iter().find(unfinished) {
        Some(it) => Err(format!("`{}` has no file, changes nothing, or has no test", it.about)),
        None => Ok((guards, without)),
    }
}

impl Guard {
    /// `source` without it; each piece of its code stands there once.
    pub fn removed(&self, source: &str) -> Result<String, String> {
        let mut source = source.to_owned();
        for (code, instead) in &self.changes {
            match source.matches(code.as_str()).count() {
                1 => source = source.replacen(code.as_str(), instead, 1),
                times => return Err(format!("{} has the code of `{}` {times} times", self.file, self.about)),
            }
        }
        Ok(source)
    }

    /// By what its line in the table of results is known.
    pub fn key(&self) -> String {
        format!("| {} | {} | {} |", self.rows.join(" "), self.about, self.proof)
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Core { file, names } => write!(f, "core `{file}` {}", names.join(" ")),
            Self::Native { names } => write!(f, "native {}", names.join(" ")),
            Self::Abuse { cases } => write!(f, "abuse {}", cases.join(" ")),
            Self::Npm { file, name } => write!(f, "npm `{file}` {name}"),
        }
    }
}

/// The rows at the beginning, and the words behind them.
fn rows(text: &str) -> (Vec<String>, String) {
    let is_row = |it: &&str| it.len() == 4 && it.starts_with('F');
    let rows: Vec<_> = text.split(' ').take_while(is_row).map(str::to_owned).collect();
    let words: Vec<_> = text.split(' ').skip(rows.len()).collect();
    (rows, words.join(" "))
}

fn push_line(code: &mut String, line: &str) {
    if !code.is_empty() {
        code.push('\n');
    }
    code.push_str(line);
}

fn proof(text: &str) -> Option<Proof> {
    let (kind, rest) = text.split_once(' ')?;
    let names = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    Some(match kind {
        "core" => {
            let (file, rest) = rest.split_once(' ')?;
            Proof::Core { file: file.to_owned(), names: names(rest) }
        }
        "native" => Proof::Native { names: names(rest) },
        "abuse" => Proof::Abuse { cases: names(rest) },
        "npm" => {
            let (file, name) = rest.split_once(' ')?;
            Proof::Npm { file: file.to_owned(), name: name.to_owned() }
        }
        _ => return None,
    })
}

/// The rows that have a guard, each with all of them.
pub fn guarded(guards: &[Guard]) -> BTreeSet<&str> {
    guards.iter().flat_map(|it| it.rows.iter().map(String::as_str)).collect()
}

const FILES: [&str; 8] = [
    "opening.txt",
    "transports.txt",
    "packets.txt",
    "namespaces.txt",
    "sending.txt",
    "native.txt",
    "npm.txt",
    "none.txt",
];
