//! The guards stand where the list says, the tests named for them are there, and the table of results says that each
//! was missed. Taking them out takes minutes: `cargo run -p sockeye-tests --bin guards`.

use std::{collections::BTreeSet, fs, path::Path};

use sockeye_tests::faults::{Guard, Proof, cases, guarded, guards};

#[test]
fn each_guard_stands_once() {
    let wrong: Vec<_> = all().0.iter().filter_map(|it| it.removed(&read(&it.file)).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_guard_has_a_test() {
    for guard in all().0 {
        match &guard.proof {
            Proof::None => panic!("{}: no test", guard.key()),
            Proof::Core { file, names } if file == "lib" => has(names, &sources("client-core/src"), &guard),
            Proof::Core { file, names } => has(names, &read(&format!("client-core/tests/{file}.rs")), &guard),
            Proof::Native { names } => has(names, &sources("client-native/src"), &guard),
            Proof::Abuse { cases: named } => {
                let known: BTreeSet<_> =
                    cases().into_iter().flat_map(|it| [it.row().to_owned(), it.id]).collect();
                let case = |it: &str| it.split('/').next().is_some_and(|it| known.contains(it));
                assert!(named.iter().all(|it| case(it)), "{}: no such case", guard.key());
            }
            Proof::Npm { file, name } => {
                has(
                    std::slice::from_ref(name),
                    &read(&format!("client-wasm/npm/tests/{file}.test.mjs")),
                    &guard,
                );
            }
        }
    }
}

#[test]
fn each_row_is_one_of_the_documentation() {
    let documented = read("docs/faults.md");
    let (guards, without) = all();
    let rows = guarded(&guards).into_iter().chain(without.iter().map(|it| it.row.as_str()));
    for row in rows {
        assert!(documented.contains(&format!("- **{row}**")), "{row} has no row in docs/faults.md");
    }
}

#[test]
fn the_results_are_of_these_guards_and_none_survived() {
    let results = read("tests/faults/results/guards.md");
    let (guards, _) = all();
    for guard in &guards {
        let line = results.lines().find(|it| it.starts_with(&guard.key()));
        let killed = line.is_some_and(|it| it[guard.key().len()..].starts_with(" killed"));
        assert!(killed, "{}: {}", guard.key(), line.unwrap_or("not in the table; run the guards"));
    }
    let lines = results.lines().filter(|it| it.starts_with("| F") && it.matches(" | ").count() == 3).count();
    assert_eq!(lines, guards.len(), "the table has other guards than the list; run them");
}

fn all() -> (Vec<Guard>, Vec<sockeye_tests::faults::Unguarded>) {
    guards().expect("the lists are in the language")
}

/// Each name is in a source of its tests.
fn has(names: &[String], source: &str, guard: &Guard) {
    for name in names {
        assert!(source.contains(name.trim_start_matches("tests::")), "{}: no test `{name}`", guard.key());
    }
}

fn sources(folder: &str) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(root().join(folder)).expect("a folder of the repository") {
        let path = entry.expect("an entry").path();
        let inside = format!("{folder}/{}", path.file_name().unwrap_or_default().to_string_lossy());
        text += &if path.is_dir() { sources(&inside) } else { read(&inside) };
    }
    text
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|why| panic!("{file}: {why}"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository")
}
