//! Code and tests say why they do a thing by the id of a row, such as P-54 or F030. Whoever reads that must find
//! the row in docs/, or the reason is lost: so each id that is cited anywhere is explained there, once.
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
    for file in files(root(), &["rs", "md", "mjs"]) {
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

#[test]
fn an_id_is_told_from_other_words() {
    let text = "see P-54, (F030/ORD-1) and A-100–A-102: not UTF-8, SHA-256, F0301, F03, P-x, XP-54 or A-1";
    let ids: Vec<_> = words(text).filter(|word| is_id(word)).collect();
    assert_eq!(ids, ["P-54", "F030", "ORD-1", "A-100", "A-102"]);
}

/// The ids that begin a row: `- **P-54** …`.
fn explained() -> BTreeSet<String> {
    let mut rows = BTreeSet::new();
    for file in files(&docs(), &["md"]) {
        let text = fs::read_to_string(&file).unwrap();
        let starts = text.lines().filter_map(|line| line.strip_prefix("- **")?.split_once("**"));
        for (id, _) in starts.filter(|(id, _)| is_id(id)) {
            assert!(rows.insert(String::from(id)), "{id} has a second row in {}", file.display());
        }
    }
    rows
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
            if name != "target" && name != "node_modules" && !name.starts_with('.') {
                found.extend(files(&path, extensions));
            }
        } else if path.extension().is_some_and(|it| extensions.iter().any(|other| it == *other)) {
            found.push(path);
        }
    }
    found.sort();
    found
}
