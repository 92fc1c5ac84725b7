//! Every row of the table of faults has a case, or a line in `coverage.md` that says where it is tested or why it is
//! not.

use std::{collections::BTreeSet, fs, path::Path};

use sockeye_tests::faults::cases;

const ROWS: u32 = 138;

#[test]
fn every_row_has_a_case_or_a_reason() {
    let mut known: BTreeSet<_> = cases().iter().map(|it| it.row().to_owned()).collect();
    known.extend(lines().into_iter().map(|it| it.0));
    let missing: Vec<_> = (1..=ROWS).map(|it| format!("F{it:03}")).filter(|it| !known.contains(it)).collect();
    assert!(missing.is_empty(), "rows without a case, and not in coverage.md: {missing:?}");
}

#[test]
fn every_row_is_one_of_the_documentation() {
    let documented = read("docs/faults.md");
    for row in cases().iter().map(|it| it.row().to_owned()).chain(lines().into_iter().map(|it| it.0)) {
        assert!(documented.contains(&format!("- **{row}**")), "{row} has no row in docs/faults.md");
    }
}

#[test]
fn what_coverage_names_is_there() {
    for (row, line) in lines() {
        for place in line.split('`').skip(1).step_by(2).filter(|it| it.contains('/')) {
            let (file, name) = place.split_once("::").unwrap_or((place, &row));
            assert!(read(file).contains(name), "{row}: {file} says nothing of `{name}`");
        }
    }
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let mut names = BTreeSet::new();
    for case in cases() {
        assert!(names.insert(case.id.clone()), "{} is there twice", case.id);
        assert!(!case.demands().is_empty(), "{} demands nothing", case.id);
    }
}

/// The lines of the tables: row, and the rest.
fn lines() -> Vec<(String, String)> {
    let text = read("tests/faults/coverage.md");
    let lines = text.lines().filter_map(|it| it.strip_prefix("| F"));
    lines
        .filter_map(|it| it.split_once(" | "))
        .map(|(row, rest)| (format!("F{row}"), rest.to_owned()))
        .collect()
}

fn read(file: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository");
    fs::read_to_string(root.join(file)).unwrap_or_else(|why| panic!("{file}: {why}"))
}
