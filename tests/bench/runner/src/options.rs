//! The command line of the benchmark.

use bench_common::{Case, Error, Result};
use std::path::{Path, PathBuf};

/// What to run.
pub struct Options {
    pub quick: bool,
    pub rounds: usize,
    pub cases: Vec<Case>,
    /// All of them, if empty.
    pub clients: Vec<String>,
    out: Option<PathBuf>,
}

impl Options {
    pub fn from_env() -> Result<Self> {
        let mut options = Self { quick: false, rounds: 0, cases: Vec::new(), clients: Vec::new(), out: None };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| Error::from(format!("{word} needs a value")));
            match word.as_str() {
                "--quick" => options.quick = true,
                "--rounds" => options.rounds = value()?.parse()?,
                "--case" => {
                    let name = value()?;
                    options.cases.push(Case::parse(&name).ok_or_else(|| format!("no such case: {name}"))?);
                }
                "--client" => options.clients.push(value()?),
                "--out" => options.out = Some(value()?.into()),
                _ => return Err(format!("unknown argument {word}; see tests/bench/README.md").into()),
            }
        }
        if options.rounds == 0 {
            options.rounds = if options.quick { 3 } else { 7 };
        }
        if options.out.is_none() {
            options.out = Some(results_directory().join(options.default_file()));
        }
        if options.cases.is_empty() {
            options.cases = Case::ALL.into();
        }
        Ok(options)
    }

    /// How many messages, or connections.
    pub fn count(&self, case: Case) -> u64 {
        let count = match case {
            Case::In | Case::Out => 300_000,
            Case::In16k => 20_000,
            Case::PingPong => 30_000,
            Case::Idle => 5_000,
        };
        if self.quick { count / 10 } else { count }
    }

    /// The JSON file and the Markdown file.
    pub fn files(&self) -> (PathBuf, PathBuf) {
        let out = self.out.clone().unwrap_or_else(|| self.default_file().into());
        (out.with_extension("json"), out.with_extension("md"))
    }

    /// Only a whole run may overwrite the table that is kept.
    fn default_file(&self) -> &'static str {
        match (self.quick, self.cases.is_empty() && self.clients.is_empty()) {
            (true, _) => "quick",
            (false, true) => "table",
            (false, false) => "partial",
        }
    }
}

/// The workspace of the benchmark.
pub fn workspace() -> &'static Path {
    let runner = Path::new(env!("CARGO_MANIFEST_DIR"));
    runner.parent().unwrap_or(runner)
}

fn results_directory() -> PathBuf {
    workspace().join("results")
}
