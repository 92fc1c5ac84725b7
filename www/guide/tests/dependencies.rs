//! Code in Rust can be copied: each crate that a page's code uses is among the dependencies that the page lists.

use std::{collections::BTreeSet, fs};

use sockeye_guide::root;

#[test]
fn a_page_lists_what_its_code_uses() {
    let mut looked_at = BTreeSet::new();
    for entry in fs::read_dir(root().join("www/guide/pages")).expect("the pages") {
        let path = entry.expect("an entry").path();
        let page = fs::read_to_string(&path).expect("a page");
        let Some(listed) = between(&page, "[dependencies]\n", "```") else { continue };
        let listed: BTreeSet<_> = listed
            .lines()
            .filter_map(|line| line.split_once(" = "))
            .map(|(name, _)| name.replace('-', "_"))
            .collect();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        for file in
            page.lines().filter_map(|line| line.strip_prefix("code ")).filter(|file| file.contains(".rs"))
        {
            let code = fs::read_to_string(root().join(file.split(['#', '@']).next().unwrap_or_default()));
            for used in crates(&code.expect("code")) {
                assert!(listed.contains(&used), "{name}: {file} uses {used}, which is not listed");
            }
            looked_at.insert(name.clone());
        }
    }
    let expected = ["bot", "leptos", "yew"].map(String::from);
    assert!(looked_at.is_superset(&expected.into()), "looked at {looked_at:?} only");
}

#[test]
fn crates_are_told_from_modules() {
    let code =
        "mod near;\nuse std::fmt;\nuse crate::a;\nuse near::b;\nuse far_away::{c, d};\npub use other::e;";
    assert_eq!(crates(code), ["far_away", "other"].map(String::from).into());
}

/// The first names of what is used, without modules of the file's own.
fn crates(code: &str) -> BTreeSet<String> {
    let own: Vec<_> =
        code.lines().filter_map(|line| line.trim().strip_prefix("mod ")?.strip_suffix(';')).collect();
    let paths = code.lines().filter_map(|line| {
        let line = line.trim();
        line.strip_prefix("pub ").unwrap_or(line).strip_prefix("use ")?.split("::").next()
    });
    let others =
        paths.filter(|it| !["std", "core", "crate", "self", "super"].contains(it) && !own.contains(it));
    others.map(|it| it.trim_end_matches(';').to_owned()).collect()
}

fn between<'a>(text: &'a str, begin: &str, end: &str) -> Option<&'a str> {
    text.split_once(begin)?.1.split_once(end).map(|(it, _)| it)
}
