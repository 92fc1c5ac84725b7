//! One page: its words in Markdown, and what its blocks put between them.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::{Trouble, blocks::Blocks};

/// A page that is ready to be framed.
pub(crate) struct Page {
    pub(crate) name: &'static str,
    pub(crate) title: String,
    /// One sentence, for search engines and for the front page.
    pub(crate) summary: String,
    pub(crate) body: String,
    /// Headings of the second level: their ids and words.
    pub(crate) headings: Vec<(String, String)>,
}

impl Page {
    /// Reads `text`: the title as its first heading, the summary as its first paragraph.
    pub(crate) fn read(name: &'static str, text: &str, blocks: &Blocks<'_>) -> Result<Self, Trouble> {
        let mut options = Options::empty();
        options.insert(Options::ENABLE_TABLES);
        let mut page = Self {
            name,
            title: String::new(),
            summary: String::new(),
            body: String::new(),
            headings: Vec::new(),
        };
        let events = page.filled(Parser::new_ext(text, options), blocks)?;
        html::push_html(&mut page.body, events.into_iter());
        if page.title.is_empty() || page.summary.is_empty() {
            return Err(Trouble::new(
                name,
                "it begins with a heading and a paragraph, which are its title and its summary",
            ));
        }
        page.body = page.body.replace("<table>", "<div class=\"wide\" tabindex=\"0\"><table>");
        page.body = page.body.replace("</table>", "</table></div>");
        // A corner that heads nothing is no heading.
        page.body = page.body.replace("<th></th>", "<td></td>");
        Ok(page)
    }

    fn filled<'a>(&mut self, parser: Parser<'a>, blocks: &Blocks<'_>) -> Result<Vec<Event<'a>>, Trouble> {
        let mut events = Vec::new();
        let mut parser = parser.into_iter();
        while let Some(event) = parser.next() {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    let text = words(&mut parser, TagEnd::CodeBlock);
                    let html = match &*language {
                        "guide" => blocks.fill(&text).map_err(|it| it.on(self.name))?,
                        language if TOLD.contains(&language) => blocks.code(&text, language),
                        language => {
                            let what = format!(
                                "code in {language:?} belongs in a file that is compiled or run by a test"
                            );
                            return Err(Trouble::new(self.name, what));
                        }
                    };
                    events.push(Event::Html(html.into()));
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    let mut inside = Vec::new();
                    for event in parser.by_ref() {
                        if matches!(event, Event::End(TagEnd::Heading(_))) {
                            break;
                        }
                        inside.push(event);
                    }
                    self.heading(level, inside, &mut events);
                }
                Event::Start(Tag::Paragraph) if self.summary.is_empty() => {
                    let inside: Vec<_> = parser
                        .by_ref()
                        .take_while(|it| !matches!(it, Event::End(TagEnd::Paragraph)))
                        .collect();
                    self.summary = plain(&inside).replace('\n', " ");
                    events.push(Event::Html("<p class=\"lead\">".into()));
                    events.extend(inside);
                    events.push(Event::Html(LEAD_END.into()));
                }
                other => events.push(other),
            }
        }
        Ok(events)
    }

    fn heading<'a>(&mut self, level: HeadingLevel, inside: Vec<Event<'a>>, to: &mut Vec<Event<'a>>) {
        let words = plain(&inside);
        if level == HeadingLevel::H1 {
            self.title.clone_from(&words);
            to.push(Event::Html("<h1>".into()));
        } else {
            let id = slug(&words);
            to.push(Event::Html(CowStr::from(format!("<{level} id=\"{id}\">"))));
            if level == HeadingLevel::H2 {
                self.headings.push((id, words));
            }
        }
        to.extend(inside);
        to.push(Event::Html(format!("</{level}>\n").into()));
    }
}

/// How the first paragraph ends: behind it is room for what the page is made of.
pub(crate) const LEAD_END: &str = "</p><!-- lead -->\n";

/// What may stand in a page itself: commands, and the settings of other programs.
const TOLD: [&str; 3] = ["sh", "toml", "nginx"];

/// What stands inside, up to the end.
fn words(parser: &mut Parser<'_>, end: TagEnd) -> String {
    let mut words = String::new();
    for event in parser.by_ref() {
        match event {
            Event::Text(text) => words.push_str(&text),
            Event::End(it) if it == end => break,
            _ => {}
        }
    }
    words
}

fn plain(events: &[Event<'_>]) -> String {
    let word = |event: &Event<'_>| match event {
        Event::Text(text) | Event::Code(text) => text.to_string(),
        Event::SoftBreak | Event::HardBreak => "\n".into(),
        _ => String::new(),
    };
    events.iter().map(word).collect()
}

/// An id that can stand in an address.
pub(crate) fn slug(words: &str) -> String {
    let letters = words.to_lowercase();
    let parts: Vec<_> = letters.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    parts.join("-")
}
