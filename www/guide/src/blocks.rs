//! What the blocks of the language `guide` put into a page. The first word says which, the rest what of it; behind a
//! bar stands the caption of a picture.

use std::path::Path;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

use crate::{
    Trouble,
    drawing::{self, Mark, bars, svg},
    highlight::highlight,
    page::slug,
    source::{Documented, markdown, results, rust, snippet, types},
};

/// The blocks of pages, read from one repository.
pub(crate) struct Blocks<'a> {
    root: &'a Path,
}

impl<'a> Blocks<'a> {
    pub(crate) fn new(root: &'a Path) -> Self {
        Self { root }
    }

    /// The HTML of a block: each of its lines asks for one thing.
    pub(crate) fn fill(&self, block: &str) -> Result<String, Trouble> {
        block.lines().filter(|line| !line.trim().is_empty()).map(|line| self.line(line)).collect()
    }

    /// Code that stands in the page itself: commands, and what no test could compile.
    #[expect(clippy::unused_self, reason = "all that pages ask for is asked of this")]
    pub(crate) fn code(&self, text: &str, language: &str) -> String {
        framed(text, language, "")
    }

    fn line(&self, line: &str) -> Result<String, Trouble> {
        let (asked, caption) = line.split_once(" | ").unwrap_or((line, ""));
        let words: Vec<_> = asked.split_whitespace().collect();
        let caption = inline(caption);
        let figure = |picture: String| Ok(svg::figure(&picture, &caption));
        match words.as_slice() {
            ["code", place] => self.snippet(place),
            ["diagram", file, of, states] => figure(drawing::diagram(self.root, file, of, states)?),
            ["run", story @ ..] => figure(drawing::run(&story.join(" "))?),
            ["delays"] => figure(drawing::delays()),
            ["crowd", "spread"] => figure(drawing::crowd(false)),
            ["crowd", "capped"] => figure(drawing::crowd(true)),
            ["bench", case] => {
                let (unit, measured) = results::bench(self.root, case)?;
                figure(bars(case, unit, &measured, None))
            }
            ["bench-machine"] => Ok(paragraph(&results::bench_machine(self.root)?)),
            ["sizes"] => figure(bars("Size of a page's scripts", "bytes", &results::sizes(self.root)?, None)),
            ["speeds"] => {
                let mark = Mark { value: 1.0, name: "socket.io-client" };
                let words = "share of socket.io-client's CPU time for a message";
                figure(bars("Speed in a page", words, &results::speeds(self.root)?, Some(&mark)))
            }
            ["differential"] => {
                let lines: String = results::differential(self.root)?
                    .iter()
                    .map(|it| format!("<li>{}</li>\n", inline(it)))
                    .collect();
                Ok(format!("<ul>\n{lines}</ul>\n"))
            }
            ["members", file, interface] => {
                documented(file, interface, &types::members(self.root, file, interface)?)
            }
            ["fields", file, of] => documented(file, of, &rust::File::read(self.root, file)?.fields(of)?),
            ["section", file, heading @ ..] => {
                Ok(rendered(&markdown::section(self.root, file, &heading.join(" "))?))
            }
            _ => Err(Trouble::new(asked, "no block is called so, or it asks for something else")),
        }
    }

    fn snippet(&self, place: &str) -> Result<String, Trouble> {
        let path = snippet::path(place);
        let language = path.rsplit('.').next().unwrap_or_default();
        Ok(framed(&snippet::snippet(self.root, place)?, language, path))
    }
}

fn framed(text: &str, language: &str, path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    let label = if name.is_empty() {
        String::new()
    } else {
        format!("<figcaption>{}</figcaption>\n", svg::escaped(name))
    };
    format!(
        "<figure class=\"code\">\n{label}<pre tabindex=\"0\"><code>{}</code></pre>\n</figure>\n",
        highlight(text.trim_end(), language)
    )
}

/// A list of options; every one has to say what it does.
fn documented(file: &str, of: &str, all: &[Documented]) -> Result<String, Trouble> {
    let language = if file.split('.').next_back() == Some("rs") { "rust" } else { "" };
    let mut items = String::new();
    for it in all {
        if it.words.is_empty() && it.default.is_empty() {
            return Err(Trouble::new(file, format!("{} of {of} has no docs", it.name)));
        }
        let default = if it.default.is_empty() {
            String::new()
        } else {
            format!("<span class=\"default\">default {}</span>", inline(&it.default))
        };
        items += &format!(
            "<div id=\"{}\"><dt><code>{}</code> <span class=\"kind\">{}</span>{default}</dt>\n<dd>{}</dd></div>\n",
            slug(&format!("{language} {of} {}", it.name)),
            svg::escaped(&it.name),
            svg::escaped(&it.kind),
            inline(&it.words)
        );
    }
    Ok(format!("<dl class=\"options\">\n{items}</dl>\n"))
}

/// Markdown of another file. Its addresses lead from there, so only their words stay.
fn rendered(text: &str) -> String {
    let is_link = |it: &Event<'_>| matches!(it, Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link));
    let mut html = String::new();
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES);
    html::push_html(&mut html, parser.filter(|it| !is_link(it)));
    html
}

fn paragraph(text: &str) -> String {
    format!("<p class=\"source\">{}</p>\n", inline(text))
}

/// Markdown within a line.
fn inline(text: &str) -> String {
    let html = rendered(text);
    html.trim().trim_start_matches("<p>").trim_end_matches("</p>").into()
}
