//! The frame around a page.

use crate::{
    contents::CONTENTS,
    drawing::svg::escaped,
    page::{LEAD_END, Page},
};

/// What all pages share.
pub(crate) struct Template<'a> {
    pages: &'a [Page],
    inspector: Option<&'a str>,
}

impl<'a> Template<'a> {
    pub(crate) fn new(pages: &'a [Page], inspector: Option<&'a str>) -> Self {
        Self { pages, inspector }
    }

    pub(crate) fn frame(&self, page: &Page) -> String {
        FRAME
            .replace("{{title}}", &escaped(&page.title))
            .replace("{{summary}}", &escaped(&page.summary))
            .replace("{{navigation}}", &self.navigation(page))
            .replace("{{steps}}", &self.steps(page))
            // Last: it may hold anything.
            .replace("{{body}}", &page.body.replacen(LEAD_END, &format!("{LEAD_END}{}", on_page(page)), 1))
    }

    fn navigation(&self, here: &Page) -> String {
        let mut html = String::new();
        for (heading, names) in CONTENTS {
            html += &format!("<h2>{heading}</h2>\n<ul>\n");
            for page in names.iter().filter_map(|name| self.page(name)) {
                let current = if page.name == here.name { " aria-current=\"page\"" } else { "" };
                html += &format!(
                    "<li><a href=\"{}.html\"{current}>{}</a></li>\n",
                    page.name,
                    escaped(&page.title)
                );
            }
            html += "</ul>\n";
        }
        if let Some(address) = self.inspector {
            html += "<h2>Try</h2>\n<ul>\n";
            html +=
                &format!("<li><a href=\"{}\" data-outside>The inspector</a></li>\n</ul>\n", escaped(address));
        }
        html
    }

    fn page(&self, name: &str) -> Option<&Page> {
        self.pages.iter().find(|it| it.name == name)
    }

    /// The page before, and the page after.
    fn steps(&self, here: &Page) -> String {
        let at = self.pages.iter().position(|it| it.name == here.name).unwrap_or_default();
        let step = |page: Option<&Page>, rel: &str, word: &str| match page {
            None => String::from("<span></span>"),
            Some(page) => format!(
                "<a rel=\"{rel}\" href=\"{}.html\"><small>{word}</small>{}</a>",
                page.name,
                escaped(&page.title)
            ),
        };
        let before = at.checked_sub(1).and_then(|it| self.pages.get(it));
        step(before, "prev", "Before") + &step(self.pages.get(at + 1), "next", "Next")
    }
}

fn on_page(page: &Page) -> String {
    if page.headings.len() < 3 {
        return String::new();
    }
    let items: String = page
        .headings
        .iter()
        .map(|(id, words)| format!("<li><a href=\"#{id}\">{}</a></li>\n", escaped(words)))
        .collect();
    format!("<nav class=\"onpage\" aria-label=\"On this page\">\n<ul>\n{items}</ul>\n</nav>\n")
}

const FRAME: &str = include_str!("../assets/frame.html");
