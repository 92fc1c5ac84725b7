//! What a line must look like.

/// The beginning of a line, `*` standing for anything; several with ` || ` between them are alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern(String);

impl Pattern {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    pub(crate) fn fits(&self, line: &str) -> bool {
        self.0.split(" || ").any(|one| begins(one, line))
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

fn begins(pattern: &str, line: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = line.strip_prefix(first) else { return false };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_the_beginning_of_a_line() {
        let fits = |pattern, line| Pattern::new(pattern).fits(line);
        assert!(fits("connect /", "connect / recovered"));
        assert!(fits("a || connect", "connect /"));
        assert!(fits("error *400*known", "error / HTTP 400: not known here"));
        assert!(!fits("connect /", "disconnect /"));
        assert!(!fits("error *400*known", "error known 400"));
    }
}
