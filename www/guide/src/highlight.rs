//! Colours for code: comments, strings and the words of the language. No more than helps to read.

use crate::drawing::svg::escaped;

/// Code as HTML.
pub(crate) fn highlight(text: &str, language: &str) -> String {
    let Some(language) = LANGUAGES.iter().find(|it| it.names.contains(&language)) else {
        return escaped(text);
    };
    let mut html = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (class, length) = language.token(rest, first);
        let (token, after) = rest.split_at(length);
        html += &match class {
            "" => escaped(token),
            class => format!("<span class=\"{class}\">{}</span>", escaped(token)),
        };
        rest = after;
    }
    html
}

struct Language {
    names: &'static [&'static str],
    comments: &'static [(&'static str, &'static str)],
    quotes: &'static [char],
    words: &'static [&'static str],
}

impl Language {
    /// What comes next, and how long it is.
    fn token(&self, rest: &str, first: char) -> (&'static str, usize) {
        for (begin, end) in self.comments {
            if let Some(inside) = rest.strip_prefix(begin) {
                let length =
                    inside.find(end).map_or(rest.len(), |at| begin.len() + at + end.trim_end().len());
                return ("comment", length);
            }
        }
        if self.quotes.contains(&first) {
            return ("string", quoted(rest, first));
        }
        let length = rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(rest.len());
        if length == 0 {
            return ("", first.len_utf8());
        }
        (if self.words.contains(&&rest[..length]) { "word" } else { "" }, length)
    }
}

/// Up to the same mark, not behind a backslash.
fn quoted(rest: &str, mark: char) -> usize {
    let mut escape = false;
    for (at, letter) in rest.char_indices().skip(1) {
        if escape {
            escape = false;
        } else if letter == '\\' {
            escape = true;
        } else if letter == mark {
            return at + 1;
        }
    }
    rest.len()
}

const LANGUAGES: [Language; 4] = [
    Language {
        names: &["rs", "rust"],
        comments: &[("//", "\n"), ("/*", "*/")],
        quotes: &['"'],
        words: &[
            "as", "async", "await", "break", "const", "else", "enum", "fn", "for", "if", "impl", "in", "let",
            "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "self", "struct", "trait", "type",
            "use", "where", "while",
        ],
    },
    Language {
        names: &["js", "mjs", "ts", "mts", "tsx", "jsx", "javascript"],
        comments: &[("//", "\n"), ("/*", "*/")],
        quotes: &['"', '\'', '`'],
        words: &[
            "async",
            "await",
            "break",
            "case",
            "catch",
            "class",
            "const",
            "else",
            "export",
            "extends",
            "false",
            "for",
            "from",
            "function",
            "if",
            "import",
            "in",
            "interface",
            "let",
            "new",
            "null",
            "of",
            "return",
            "switch",
            "this",
            "throw",
            "true",
            "try",
            "type",
            "undefined",
            "while",
        ],
    },
    Language {
        names: &["html"],
        comments: &[("<!--", "-->")],
        quotes: &['"'],
        words: &["script", "src", "type", "const"],
    },
    Language {
        names: &["sh", "toml", "nginx", "conf"],
        comments: &[("#", "\n")],
        quotes: &['"', '\''],
        words: &[],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_strings_and_words_are_told_apart() {
        let html = highlight("let it = \"a \\\" b\"; // let <go>\nletter", "rust");
        let expected = "<span class=\"word\">let</span> it = <span class=\"string\">&quot;a \\&quot; b&quot;</span>; \
                        <span class=\"comment\">// let &lt;go&gt;</span>\nletter";
        assert_eq!(html, expected);
    }

    #[test]
    fn what_is_not_known_is_text() {
        assert_eq!(highlight("a < b", "text"), "a &lt; b");
        assert_eq!(highlight("\"never ends", "js"), "<span class=\"string\">&quot;never ends</span>");
    }
}
