//! The table of results: what is not tried anew keeps what it says of it.

use std::{collections::BTreeMap, fmt::Write, fs, path::PathBuf};

use sockeye_tests::faults::{Guard, Unguarded, guarded};

use crate::{tree::checkout, trial::Verdict};

/// Verdicts, by the keys of the guards.
#[derive(Default)]
pub(crate) struct Table(BTreeMap<String, String>);

impl Table {
    pub(crate) fn read() -> Result<Self, String> {
        let text = match fs::read_to_string(path()) {
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => String::new(),
            read => read.map_err(|why| why.to_string())?,
        };
        let lines = text.lines().filter(|it| it.starts_with("| F"));
        let halves = lines.filter_map(|it| it.strip_suffix(" |")?.rsplit_once(" | "));
        Ok(Self(halves.map(|(key, verdict)| (format!("{key} |"), verdict.to_owned())).collect()))
    }

    pub(crate) fn set(&mut self, guard: &Guard, verdict: &Verdict) {
        self.0.insert(guard.key(), verdict.to_string());
    }

    pub(crate) fn write(&self, guards: &[Guard], without: &[Unguarded]) -> Result<(), String> {
        let mut page = String::from(HEAD);
        let told = |why: std::fmt::Error| why.to_string();
        writeln!(page, "{}\n\n{TITLES}", self.summary(guards, without)).map_err(told)?;
        for guard in guards {
            let verdict = self.0.get(&guard.key()).map_or("not tried", String::as_str);
            writeln!(page, "{} {verdict} |", guard.key()).map_err(told)?;
        }
        page.push_str(WITHOUT);
        for it in without {
            writeln!(page, "| {} | {} |", it.row, it.why).map_err(told)?;
        }
        fs::write(path(), page).map_err(|why| why.to_string())
    }

    pub(crate) fn summary(&self, guards: &[Guard], without: &[Unguarded]) -> String {
        let is_killed = |it: &&Guard| self.0.get(&it.key()).is_some_and(|it| it.starts_with("killed"));
        let killed = guards.iter().filter(is_killed).count();
        let rows = guarded(guards);
        let whole = |row: &&&str| {
            guards.iter().filter(|it| it.rows.iter().any(|own| own == **row)).all(|it| is_killed(&it))
        };
        let rows_killed = rows.iter().filter(whole).count();
        let other = without.iter().filter(|it| !rows.contains(it.row.as_str())).count();
        format!(
            "{killed} of {} guards are missed when they are gone. Of {ROWS} rows {rows_killed} stand on such guards only, {} on \
             others, {other} have none to take out, and {} are not looked at.",
            guards.len(),
            rows.len() - rows_killed,
            ROWS - rows.len() - other,
        )
    }
}

fn path() -> PathBuf {
    checkout().join("tests/faults/results/guards.md")
}

const ROWS: usize = 138;

const HEAD: &str = "\
# What fails without a guard

Written by `cargo run -p sockeye-tests --bin guards`, from [guards](../guards); the words are explained in
[README.md](../README.md#guards). A row is done when its test fails on the code without its guard.

";
const TITLES: &str = "| rows | guard | test | without the guard it is |\n|---|---|---|---|";
const WITHOUT: &str = "\n## Nothing to take out\n\n| row | why |\n|---|---|\n";
