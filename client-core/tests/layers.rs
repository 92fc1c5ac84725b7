//! The house keeps its order: a room uses only rooms below it, siblings do not know each other, and no file is
//! longer than anyone wants to read.
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// From below to above; what is on one line is of one floor and may use each other, but for the siblings.
const FLOORS: &[&[&str]] = &[
    &["time", "rng", "json", "config", "counters", "queue"],
    &["error", "wire"],
    &["input", "output", "explain"],
    &["ground"],
    &["desk"],
    &["engine", "socket"],
    &["client"],
    &["dispatch"],
    &["handle"],
    &["sim"],
];
const SIBLINGS: [&str; 2] = ["engine", "socket"];
const LONGEST: usize = 400;
/// What a person writes.
const WRITTEN: &[&str] =
    &["rs", "ts", "mts", "cts", "tsx", "mjs", "cjs", "js", "jsx", "css", "html", "md", "sh", "txt"];

#[test]
fn a_room_uses_only_rooms_below_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in files(&src, &["rs"]) {
        let room =
            file.strip_prefix(&src).unwrap().components().next().unwrap().as_os_str().to_str().unwrap();
        let room = room.strip_suffix(".rs").unwrap_or(room);
        if room == "lib" {
            continue;
        }
        let own = floor(room).unwrap_or_else(|| panic!("{room} has no floor: add it to the list"));
        for used in used_rooms(&fs::read_to_string(&file).unwrap()) {
            // `crate::Name` is of the front page, which only rooms above everything need.
            let Some(floor) = floor(&used) else { continue };
            let siblings = SIBLINGS.contains(&room) && SIBLINGS.contains(&used.as_str()) && room != used;
            if floor > own || siblings {
                wrong.push(format!("{} uses {used}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_file_is_too_long() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let long: Vec<_> = files(root, WRITTEN)
        .into_iter()
        .filter(|file| fs::read_to_string(file).unwrap().lines().count() > LONGEST)
        .collect();
    assert!(long.is_empty(), "longer than {LONGEST} lines: {long:#?}");
}

#[test]
fn the_list_is_right() {
    let text =
        "use crate::{\n    wire::{Text, Wire},\n    time::Instant,\n};\nlet x = crate::output::EmitId;";
    assert_eq!(used_rooms(text), ["output", "time", "wire"]);
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&room))
}

/// What stands behind `crate::`, in braces or without.
fn used_rooms(text: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for rest in text.split("crate::").skip(1) {
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0_usize;
            let mut name = String::new();
            for unit in list.chars() {
                match unit {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => rooms.push(core::mem::take(&mut name)),
                    _ if depth == 0 => name.push(unit),
                    _ => {}
                }
            }
            rooms.push(name);
        } else {
            rooms.push(rest.chars().take_while(|unit| unit.is_alphanumeric() || *unit == '_').collect());
        }
    }
    let first = |name: &String| name.trim().split("::").next().unwrap_or_default().to_string();
    let mut rooms: Vec<_> = rooms.iter().map(first).filter(|name| !name.is_empty()).collect();
    rooms.sort();
    rooms.dedup();
    rooms
}

fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap_or_default();
        if path.is_dir() {
            // What is built, fetched or generated is not written by hand, nor is what is hidden.
            if !["target", "node_modules", "dist", "results"].contains(&name) && !name.starts_with('.') {
                found.extend(files(&path, extensions));
            }
        } else if path.extension().is_some_and(|it| extensions.iter().any(|other| it == *other)) {
            found.push(path);
        }
    }
    found.sort();
    found
}
