//! Takes one guard after the other out of a copy of this tree, and looks whether the test that was named for it fails:
//! `guards`, `guards F005 F006`, `guards --at FOLDER`. Writes `tests/faults/results/guards.md`.
#![allow(clippy::print_stdout, reason = "what it prints is its result")]

#[cfg(not(target_arch = "wasm32"))]
mod table;
#[cfg(not(target_arch = "wasm32"))]
mod tree;
#[cfg(not(target_arch = "wasm32"))]
mod trial;

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    use std::process::ExitCode;
    match command::run(std::env::args().skip(1)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod command {
    use std::{collections::BTreeMap, path::PathBuf};

    use sockeye_tests::faults::{Guard, guards};

    use crate::{
        table::Table,
        tree::Tree,
        trial::{Trial, Verdict},
    };

    /// Whether every guard that was tried is missed when it is gone.
    pub(super) fn run(words: impl Iterator<Item = String>) -> Result<bool, String> {
        let (wanted, folder) = arguments(words)?;
        let (guards, without) = guards()?;
        let chosen: Vec<_> = guards.iter().filter(|it| is_wanted(it, &wanted)).collect();
        if chosen.is_empty() {
            return Err(String::from("no guard is for that"));
        }
        let tree = Tree::copied(&folder)?;
        let mut table = Table::read()?;
        let sound = sound(&tree, &chosen);
        let mut all_killed = true;
        for (at, guard) in chosen.iter().enumerate() {
            let verdict = match &sound[&guard.proof.to_string()] {
                Verdict::Passed => {
                    tree.without(guard, || Trial { tree: &tree, proof: &guard.proof, whole: false }.run())?
                }
                other => other.clone().before(),
            };
            all_killed &= verdict.is_good();
            println!("{:3}/{} {} {verdict}", at + 1, chosen.len(), guard.key());
            table = Table::read()?;
            table.set(guard, &verdict);
            table.write(&guards, &without)?;
        }
        println!("{}", table.summary(&guards, &without));
        Ok(all_killed)
    }

    /// How each test ends with its guard: one that fails anyhow, or is none, proves nothing. All of them come first, as
    /// they need the tree but once.
    fn sound(tree: &Tree, guards: &[&Guard]) -> BTreeMap<String, Verdict> {
        let mut sound = BTreeMap::new();
        for Guard { proof, .. } in guards {
            sound.entry(proof.to_string()).or_insert_with(|| Trial { tree, proof, whole: true }.run());
        }
        sound
    }

    fn arguments(mut words: impl Iterator<Item = String>) -> Result<(Vec<String>, PathBuf), String> {
        let (mut wanted, mut folder) = (Vec::new(), std::env::temp_dir().join("sockeye-guards"));
        while let Some(word) = words.next() {
            match word.as_str() {
                "--at" => folder = words.next().ok_or("`--at` wants a folder")?.into(),
                word if word.starts_with('-') => return Err(format!("`{word}` is not known")),
                _ => wanted.push(word),
            }
        }
        Ok((wanted, folder))
    }

    /// By a row, a part of a file's name, or some of its words.
    fn is_wanted(guard: &Guard, wanted: &[String]) -> bool {
        let is = |it: &String| guard.rows.contains(it) || guard.file.contains(it) || guard.about.contains(it);
        wanted.is_empty() || wanted.iter().any(is)
    }
}
