//! Who we were and how far we had read, so that a lost session can be found again (section 1.9).

use alloc::string::String;

use crate::output::Recovery as Outcome;

/// What is kept across connections.
#[derive(Default)]
pub(crate) struct Recovery {
    /// A secret, like the session id.
    pid: Option<String>,
    offset: Option<String>,
    joined_before: bool,
}

impl Recovery {
    /// Members for the CONNECT payload, without braces; empty when there is nothing to find.
    pub(crate) fn claim(&self) -> String {
        let mut claim = String::new();
        if let Some(pid) = &self.pid {
            push_member(&mut claim, "pid", pid);
            if let Some(offset) = &self.offset {
                claim.push(',');
                push_member(&mut claim, "offset", offset);
            }
        }
        claim
    }

    /// The server's answer: the same private id means that the session was found.
    pub(crate) fn joined(&mut self, pid: Option<String>, max_len: usize) -> Outcome {
        let pid = pid.filter(|pid| is_plain(pid, max_len));
        let outcome = match (&pid, &self.pid) {
            (Some(new), Some(old)) if new == old => Outcome::Recovered,
            _ if !self.joined_before => Outcome::New,
            (None, _) => Outcome::Disabled,
            _ if self.offset.is_none() => Outcome::NoOffset,
            _ => Outcome::NotFound,
        };
        if outcome != Outcome::Recovered {
            // An offset of another session would bring back what was already seen (Q-09).
            self.offset = None;
        }
        self.pid = pid;
        self.joined_before = true;
        outcome
    }

    /// The last argument of an event, a string, may be the offset or may be the application's own: only what
    /// looks like one counts, and once one is known, only what looks like it (Q-10, F127).
    pub(crate) fn saw(&mut self, candidate: String, max_len: usize) -> bool {
        let fits = self.pid.is_some()
            && candidate.len() >= MIN_OFFSET
            && is_plain(&candidate, max_len)
            && self.offset.as_deref().is_none_or(|known| is_alike(known, &candidate));
        if fits {
            self.offset = Some(candidate);
        }
        fits
    }

    /// Whether an offset may come at all.
    pub(crate) fn is_on(&self) -> bool {
        self.pid.is_some()
    }
}

fn push_member(text: &mut String, key: &str, value: &str) {
    text.push('"');
    text.push_str(key);
    text.push_str("\":\"");
    text.push_str(value);
    text.push('"');
}

/// Nothing that would need escaping (F130).
fn is_plain(text: &str, max_len: usize) -> bool {
    let plain = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':' | b'=' | b'+' | b'/')
    };
    !text.is_empty() && text.len() <= max_len && text.bytes().all(plain)
}

/// The adapters' offsets are clocks, in base 64 (7 characters and perhaps a counter behind a dot), decimal or
/// hexadecimal: of one length, and the same at the start for days.
fn is_alike(known: &str, candidate: &str) -> bool {
    let clock = |text: &str| text.bytes().position(|byte| byte == b'.').unwrap_or(text.len());
    clock(known) == clock(candidate) && known.get(..SAME) == candidate.get(..SAME)
}

/// The built-in adapter's are the shortest.
const MIN_OFFSET: usize = 7;
const SAME: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;

    fn claim_after(offsets: &[&str]) -> String {
        let mut it = Recovery::default();
        it.joined(Some(String::from("pid")), 256);
        for offset in offsets {
            it.saw(String::from(*offset), 256);
        }
        it.claim()
    }

    #[test]
    fn what_adapters_send_counts() {
        // P-102; in turn the built-in adapter, Redis streams, MongoDB
        for offset in ["PfxrQjZ", "PfxrQjZ.1", "1763683200000-0", "691f2a3b4c5d6e7f80910a1b"] {
            assert_eq!(claim_after(&[offset]), alloc::format!(r#""pid":"pid","offset":"{offset}""#));
        }
        assert!(claim_after(&["PfxrQjZ", "PfxrQk0.2"]).contains("PfxrQk0.2"));
    }

    #[test]
    fn what_an_application_sends_does_not() {
        // Q-10, F127, F130
        for word in ["hello", "", "with a space", "quote\"inside", "Grüße an alle"] {
            assert_eq!(claim_after(&[word]), r#""pid":"pid""#, "{word}");
        }
        assert!(claim_after(&["PfxrQjZ", "goodbye", "something"]).contains("PfxrQjZ"));
    }

    #[test]
    fn outcomes() {
        let pid = |text: &str| Some(String::from(text));
        let mut it = Recovery::default();
        assert_eq!(it.joined(pid("a"), 256), Outcome::New);
        assert_eq!(it.joined(pid("b"), 256), Outcome::NoOffset);
        it.saw(String::from("PfxrQjZ"), 256);
        assert_eq!(it.joined(pid("b"), 256), Outcome::Recovered);
        assert_eq!(it.joined(pid("c"), 256), Outcome::NotFound);
        assert_eq!(it.claim(), r#""pid":"c""#, "the offset of the old session is gone (Q-09)");
        assert_eq!(it.joined(None, 256), Outcome::Disabled);
    }
}
