//! Code and tests say why they do a thing by the id of a row, such as P-54 or F030. Whoever reads that must find
//! the row in docs/, or the reason is lost: so each id that is cited anywhere is explained there, once; and the tests
//! that a row names are there.
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

#[test]
fn each_cited_row_is_explained() {
    let explained = explained();
    let mut missing = BTreeMap::<_, BTreeSet<_>>::new();
    for file in files(root(), WRITTEN) {
        if file.starts_with(docs()) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for id in words(&text).filter(|word| is_id(word) && !explained.contains(*word)) {
            missing.entry(String::from(id)).or_default().insert(file.clone());
        }
    }
    assert!(missing.is_empty(), "cited, and without a row in docs/: {missing:#?}");
}

#[test]
fn rows_cite_rows_that_there_are() {
    let explained = explained();
    for file in files(&docs(), &["md"]) {
        let text = fs::read_to_string(&file).unwrap();
        let missing: BTreeSet<_> =
            words(&text).filter(|word| is_id(word) && !explained.contains(*word)).collect();
        assert!(missing.is_empty(), "{} cites what has no row: {missing:?}", file.display());
    }
}

/// docs/README.md says how a row names the tests that cite it.
#[test]
fn the_tests_that_rows_name_are_there() {
    let mut named = 0;
    for file in files(&docs(), &["md"]) {
        let text = fs::read_to_string(&file).unwrap();
        for (id, test) in rows(&text).flat_map(|(id, row)| tests(row).map(move |test| (id, test))) {
            let path = root().join(path_of(test));
            assert!(path.is_file(), "{id} names the test {test}, and there is no {}", path.display());
            named += 1;
        }
    }
    assert!(named > 200, "only {named} tests were found in the rows");
}

#[test]
fn the_tests_of_a_row_are_told_from_other_brackets() {
    let text = "- **P-54** An empty `[]` is refused [1].\n  The rest is kept. [acks,\n  npm/life]\n\n## Next [x]\n- **F030** Nothing.";
    let found: Vec<_> = rows(text).map(|(id, row)| (id, tests(row).collect::<Vec<_>>())).collect();
    assert_eq!(found, [("P-54", vec!["acks", "npm/life"]), ("F030", vec![])]);
}

#[test]
fn an_id_is_told_from_other_words() {
    let text = "see P-54, (F030/ORD-1) and A-100–A-102: not UTF-8, SHA-256, F0301, F03, P-x, XP-54 or A-1";
    let ids: Vec<_> = words(text).filter(|word| is_id(word)).collect();
    assert_eq!(ids, ["P-54", "F030", "ORD-1", "A-100", "A-102"]);
}

/// The ids that begin a row: `- **P-54** …`.
fn explained() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for file in files(&docs(), &["md"]) {
        let text = fs::read_to_string(&file).unwrap();
        for (id, _) in rows(&text) {
            assert!(ids.insert(String::from(id)), "{id} has a second row in {}", file.display());
        }
    }
    ids
}

/// Each row's id, and what follows it up to the next row or paragraph.
fn rows(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let starts = text.split("\n\n").flat_map(|paragraph| paragraph.split("\n- **"));
    let starts = starts.filter_map(|row| row.strip_prefix("- **").unwrap_or(row).split_once("**"));
    starts.filter(|(id, _)| is_id(id))
}

/// The names in brackets at the end of a row.
fn tests(row: &str) -> impl Iterator<Item = &str> {
    let inner = row.trim_end().strip_suffix(']').and_then(|row| row.rsplit_once('['));
    inner.into_iter().flat_map(|(_, names)| names.split(',').map(str::trim))
}

fn path_of(test: &str) -> String {
    match test.split_once('/') {
        Some(("native", name)) => format!("client-native/src/tests/{name}.rs"),
        Some(("page", name)) => format!("client-wasm/tests/page/{name}.rs"),
        Some(("nodes", name)) => format!("tests/nodes/{name}.rs"),
        Some(("npm", name)) => format!("client-wasm/npm/tests/{name}.test.mjs"),
        Some(("browser", name)) => format!("tests/browser/npm/stories/{name}.js"),
        Some(("differential", name)) => format!("tests/differential/cases/{name}.mjs"),
        _ => format!("client-core/tests/{test}.rs"),
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|unit: char| !(unit.is_ascii_alphanumeric() || unit == '-' || unit == '_'))
}

fn is_id(word: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(number) = word.strip_prefix('F') {
        return number.len() == 3 && digits(number);
    }
    match word.split_once('-') {
        Some(("P" | "B" | "O" | "A" | "Q", number)) => matches!(number.len(), 2 | 3) && digits(number),
        Some(("ORD", number)) => number.len() == 1 && digits(number),
        _ => false,
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn docs() -> PathBuf {
    root().join("docs")
}

fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap_or_default();
        if path.is_dir() {
            // What is built or fetched is not ours, nor is what is hidden.
            if !["target", "node_modules", "dist"].contains(&name) && !name.starts_with('.') {
                found.extend(files(&path, extensions));
            }
        } else if path.extension().is_some_and(|it| extensions.iter().any(|other| it == *other)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What a person writes ids into; the cases and guards of `tests/faults` are `.txt`.
const WRITTEN: &[&str] = &[
    "rs", "md", "mjs", "cjs", "js", "jsx", "ts", "mts", "cts", "tsx", "css", "html", "sh", "txt", "yaml",
    "yml",
];
