//! Every page can be read, and every address in it leads somewhere.

use std::collections::{BTreeMap, BTreeSet};

use sockeye_guide::{Site, build, root};

fn site() -> Site {
    build(root(), Some("../inspector/")).unwrap_or_else(|trouble| panic!("{trouble}"))
}

fn pages(site: &Site) -> BTreeMap<&str, String> {
    let pages = site.files().iter().filter(|it| it.path.rsplit('.').next() == Some("html"));
    pages.map(|it| (it.path.as_str(), String::from_utf8(it.content.clone()).expect("UTF-8"))).collect()
}

/// The values of an attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let begin = format!(" {attribute}=\"");
    html.split(&begin).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_address_leads_somewhere() {
    let site = site();
    let pages = pages(&site);
    let files: BTreeSet<_> = site.files().iter().map(|it| it.path.as_str()).collect();
    let mut followed = 0;
    for (name, html) in &pages {
        for address in values(html, "href").into_iter().chain(values(html, "src")) {
            if address == "../inspector/" {
                continue;
            }
            let (path, id) = address.split_once('#').unwrap_or((address, ""));
            let there = if path.is_empty() { name } else { path };
            assert!(files.contains(there), "{name}: {address} is no file of the site");
            if !id.is_empty() {
                let there = &pages[there];
                assert!(values(there, "id").contains(&id), "{name}: {address} names no part of that page");
            }
            followed += 1;
        }
    }
    assert!(followed > 300, "{followed} addresses were followed");
}

#[test]
fn every_page_has_a_title_a_heading_and_a_way_past_the_navigation() {
    let site = site();
    let mut titles = BTreeSet::new();
    for (name, html) in pages(&site) {
        let between =
            |begin: &str, end: &str| html.split_once(begin)?.1.split_once(end).map(|(it, _)| it.to_owned());
        let title = between("<title>", " · Sockeye</title>").expect("a title");
        let heading = between("<h1>", "</h1>").expect("a heading");
        assert_eq!(html.matches("<h1>").count(), 1, "{name}");
        assert!(!heading.is_empty() && titles.insert(title), "{name}: a title of its own");
        assert!(html.contains("<html lang=\"en\">") && html.contains("name=\"viewport\""), "{name}");
        let first = html.split_once("<a ").expect("a link").1;
        assert!(
            first.starts_with("class=\"skip\" href=\"#content\""),
            "{name}: the first link skips to the content"
        );
        assert_eq!(html.matches("aria-current=\"page\"").count(), 1, "{name}");
        assert!(!html.contains("{{"), "{name}: nothing is left to be filled in");
    }
}

#[test]
fn ids_are_there_once_and_headings_go_down_step_by_step() {
    for (name, html) in pages(&site()) {
        let ids = values(&html, "id");
        let once: BTreeSet<_> = ids.iter().collect();
        assert_eq!(once.len(), ids.len(), "{name}: {ids:?}");
        let (_, main) = html.split_once("<main").expect("a main part");
        let mut level = 0;
        for rest in main.split("<h").skip(1) {
            let Some(next) = rest.chars().next().and_then(|it| it.to_digit(10)) else { continue };
            assert!(next <= level + 1, "{name}: from h{level} to h{next}");
            level = next;
        }
    }
}

#[test]
fn pictures_say_in_words_what_they_show() {
    let mut drawn = 0;
    for (name, html) in pages(&site()) {
        for picture in html.split("<svg ").skip(1) {
            let tag = picture.split('>').next().unwrap_or_default();
            let tag = format!(" {tag}");
            let words = values(&tag, "aria-label");
            assert!(
                tag.contains("role=\"img\"") && words.first().is_some_and(|it| it.len() > 20),
                "{name}: {tag}"
            );
            drawn += 1;
        }
    }
    assert!(drawn >= 18, "{drawn} pictures");
}

#[test]
fn no_page_names_another_host_to_load_from() {
    for (name, html) in pages(&site()) {
        for address in values(&html, "href").into_iter().chain(values(&html, "src")) {
            assert!(!address.contains("://") && !address.starts_with("//"), "{name}: {address}");
        }
    }
}

#[test]
fn figures_are_those_of_the_results() {
    let site = site();
    let pages = pages(&site);
    let table = std::fs::read_to_string(root().join("tests/bench/results/table.md")).expect("the results");
    let comparison = &pages["comparison.html"];
    // The table that people read, made of the same results: `| sockeye | **0.637** (…`.
    let medians: Vec<f64> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| sockeye | **")?.split("**").next()?.parse().ok())
        .collect();
    assert_eq!(medians.len(), 5);
    for median in medians {
        let said = if median < 10.0 { format!(">{median:.2} ") } else { format!(">{median:.1} ") };
        assert!(comparison.contains(&said), "{said} is not on the page");
    }
}

#[test]
fn every_snippet_is_shown_and_none_stands_in_a_page_itself() {
    let folder = root().join("www/guide");
    let pages: String = std::fs::read_dir(folder.join("pages"))
        .expect("the pages")
        .map(|it| std::fs::read_to_string(it.expect("an entry").path()).expect("a page"))
        .collect();
    for kind in ["js", "react", "script", "server"] {
        for entry in std::fs::read_dir(folder.join("snippets").join(kind)).expect("snippets") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|it| it == "json") {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a snippet");
            let name =
                format!("www/guide/snippets/{kind}/{}", path.file_name().expect("a name").to_string_lossy());
            for region in text.lines().filter_map(|it| it.split_once("#region ")).map(|(_, it)| it) {
                let region = region.trim_end_matches("-->").trim();
                assert!(pages.contains(&format!("code {name}#{region}\n")), "{name}#{region} is on no page");
            }
        }
    }
}
