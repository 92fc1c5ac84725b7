//! What was measured, as it was committed.

use std::path::Path;

use serde_json::Value;

use super::{markdown, read};
use crate::{Trouble, drawing::Bar};

/// One case of the native benchmark: the medians, and in which unit.
pub(crate) fn bench(root: &Path, case: &str) -> Result<(&'static str, Vec<Bar>), Trouble> {
    let table = json(root, BENCH)?;
    let (kind, field, unit) =
        if case == "idle" { ("idle", "kib", "KiB") } else { ("messages", "cpu_us", "µs") };
    let mut bars = Vec::new();
    for client in table["clients"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let of = |run: &&Value| run["client"] == client && run["case"] == case;
        let mut all: Vec<f64> = table["runs"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(of)
            .filter_map(|run| run["outcome"][kind][field].as_f64())
            .collect();
        all.sort_by(f64::total_cmp);
        let Some(median) = all.get(all.len() / 2) else { continue };
        bars.push(Bar { name: client.into(), value: *median, said: format!("{} {unit}", rounded(*median)) });
    }
    if bars.len() < 2 {
        return Err(Trouble::new(BENCH, format!("the case {case} has {} clients", bars.len())));
    }
    Ok((unit, bars))
}

/// On what machine, and with which versions.
pub(crate) fn bench_machine(root: &Path) -> Result<String, Trouble> {
    let table = json(root, BENCH)?;
    let machine = &table["machine"];
    let versions: Vec<_> =
        machine["versions"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    Ok(format!(
        "{}, {} cores, Linux {}; {}; medians of {} rounds.",
        machine["cpu"].as_str().unwrap_or_default(),
        machine["cores"],
        machine["kernel"].as_str().unwrap_or_default(),
        versions.join(", "),
        table["rounds"]
    ))
}

/// What a page loads, compressed, as the npm package's README has it: the package, and what it takes the place of.
pub(crate) fn sizes(root: &Path) -> Result<Vec<Bar>, Trouble> {
    let mut bars = Vec::new();
    for row in markdown::table(root, PACKAGE, "Size")?.into_iter().skip(1) {
        let [file, ours, theirs, ..] = row.as_slice() else { continue };
        let name = file.split_once(", ").map_or(file.as_str(), |(_, what)| what);
        let mut bar = |whose: &str, bytes: &str| {
            let number: String = bytes.chars().filter(char::is_ascii_digit).collect();
            if let Ok(value) = number.parse() {
                bars.push(Bar { name: format!("{whose}, {name}"), value, said: format!("{bytes} bytes") });
            }
        };
        // The machine is in the files above it; it is no file to load beside them.
        if !theirs.is_empty() {
            bar("sockeye", ours);
            bar("socket.io-client", theirs);
        }
    }
    if bars.is_empty() {
        return Err(Trouble::new(PACKAGE, "its table of sizes has no numbers that can be compared"));
    }
    Ok(bars)
}

/// The package's share of what the published client needs, as the package's README has it: one for each number in its table.
pub(crate) fn speeds(root: &Path) -> Result<Vec<Bar>, Trouble> {
    let rows = markdown::table(root, PACKAGE, "Speed")?;
    let mut bars = Vec::new();
    for row in &rows[1..] {
        for (kind, ratio) in rows[0].iter().zip(row).skip(1) {
            if let Ok(value) = ratio.parse() {
                bars.push(Bar { name: format!("{}, {kind}", row[0]), value, said: ratio.clone() });
            }
        }
    }
    if bars.is_empty() {
        return Err(Trouble::new(PACKAGE, "its table of speed has no numbers"));
    }
    Ok(bars)
}

/// How many cases of the comparison with the reference there are, and how they came out.
pub(crate) fn differential(root: &Path) -> Result<Vec<String>, Trouble> {
    let text = read(root, "tests/differential/results/table.md")?;
    let lines: Vec<_> = text.lines().filter(|it| it.contains(" cases: ")).map(String::from).collect();
    if lines.is_empty() {
        return Err(Trouble::new(
            "tests/differential/results/table.md",
            "it says nowhere how many cases there are",
        ));
    }
    Ok(lines)
}

fn json(root: &Path, path: &str) -> Result<Value, Trouble> {
    serde_json::from_str(&read(root, path)?).map_err(|error| Trouble::new(path, error.to_string()))
}

fn rounded(number: f64) -> String {
    if number < 10.0 { format!("{number:.2}") } else { format!("{number:.1}") }
}

const BENCH: &str = "tests/bench/results/table.json";
const PACKAGE: &str = "client-wasm/npm/README.md";
