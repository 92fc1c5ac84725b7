//! Who we were and how far we had read, so that a lost session can be found again (section 1.9).

use crate::{output::Recovery as Outcome, wire::Text};

/// What is kept across connections.
pub(crate) struct Recovery<T> {
    /// A secret, like the session id.
    pid: Option<T>,
    offset: Option<T>,
    joined_before: bool,
}

impl<T: Text> Recovery<T> {
    pub(crate) fn new() -> Self {
        Self { pid: None, offset: None, joined_before: false }
    }

    /// What to ask for, if there is anything to find.
    pub(crate) fn claim(&self) -> Option<(&T, Option<&T>)> {
        self.pid.as_ref().map(|pid| (pid, self.offset.as_ref()))
    }

    /// The server's answer: the same private id means that the session was found.
    pub(crate) fn joined(&mut self, pid: Option<T>, max_len: usize) -> Outcome {
        let pid = pid.filter(|pid| pid.is_plain(max_len));
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
    /// looks like one counts, and once one is known, only what looks like it (Q-10, F127). What stands in the first event
    /// may have been the application's own: it gives way to what looks more like one.
    pub(crate) fn saw(&mut self, candidate: T, max_len: usize) -> bool {
        let follows =
            |known| is_alike(known, &candidate) || !is_well_known(known) && is_well_known(&candidate);
        let fits = self.pid.is_some()
            && candidate.units() >= MIN_OFFSET
            && candidate.is_plain(max_len)
            && self.offset.as_ref().is_none_or(follows);
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

/// The adapters' offsets are clocks, in base 64, decimal or hexadecimal, and perhaps a counter behind: of one length,
/// and for days the same at the start, until the second digit turns over, and with the last one the first (P-102).
fn is_alike<T: Text>(known: &T, candidate: &T) -> bool {
    let at = |at| (known.ascii(at), candidate.ascii(at));
    let is_next = |(last, digit)| {
        DIGITS.windows(2).any(|it| it == [last, digit])
            || (last, digit) == (b'9', b'a' /* hexadecimal */)
    };
    let (first, second) = (at(0), at(1));
    clock(known) == clock(candidate)
        && (first.0 == first.1 && (second.0 == second.1 || is_next(second))
            || is_next(first) && b"9f_".contains(&second.0) && second.1 == b'0')
}

/// Whether it has the form that the built-in adapter (from 2024 to 2046), Redis streams or `MongoDB` gives an offset.
fn is_well_known<T: Text>(offset: &T) -> bool {
    let clock = clock(offset);
    let all = |fits: fn(&u8) -> bool| (0..clock).map(|at| offset.ascii(at)).all(|it| fits(&it));
    match clock {
        MIN_OFFSET => (b'P'..=b'Z').contains(&offset.ascii(0)),
        13 => clock < offset.units() && all(u8::is_ascii_digit),
        24 => all(u8::is_ascii_hexdigit),
        _ => false,
    }
}

/// How long an offset is without its counter: `.7` or `.1b` for those of one millisecond, `-7` from Redis. A sign within the
/// shortest of clocks is one of its digits.
fn clock<T: Text>(offset: &T) -> usize {
    let end = offset.units();
    let at = offset.find(b'.', MIN_OFFSET).min(offset.find(b'-', MIN_OFFSET));
    let mut counter = (at..end).skip(1).map(|it| offset.ascii(it));
    let is_counter = match offset.ascii(at) {
        b'.' => (1..=MAX_COUNTER).contains(&counter.len()) && counter.all(|it| DIGITS.contains(&it)),
        _ => counter.all(|it| it.is_ascii_digit()),
    };
    if is_counter { at } else { end }
}

/// The built-in adapter's are the shortest.
const MIN_OFFSET: usize = 7;

/// Digits in base 64: nobody sends more events than that in a millisecond.
const MAX_COUNTER: usize = 3;

/// The built-in adapter's, in which decimal and hexadecimal ones are in order, too.
const DIGITS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

#[cfg(all(test, feature = "json"))]
mod tests {
    use alloc::string::String;

    use bytestring::ByteString;

    use super::*;
    use crate::wire::{Json, Wire};

    fn written(it: &Recovery<ByteString>) -> String {
        let (pid, offset) = it.claim().expect("something to find");
        String::from(&*Json::claim(pid, offset, None))
    }

    fn claim_after(offsets: &[&str]) -> String {
        let mut it = Recovery::new();
        it.joined(Some(ByteString::from("pid")), 256);
        for offset in offsets {
            it.saw(ByteString::from(*offset), 256);
        }
        written(&it)
    }

    #[test]
    fn what_adapters_send_counts() {
        // P-102; in turn the built-in adapter, Redis streams, MongoDB
        for offset in ["PfxrQjZ", "PfxrQjZ.1", "1763683200000-0", "691f2a3b4c5d6e7f80910a1b"] {
            assert_eq!(claim_after(&[offset]), alloc::format!(r#"{{"pid":"pid","offset":"{offset}"}}"#));
        }
        assert!(claim_after(&["PfxrQjZ", "PfxrQk0.2"]).contains("PfxrQk0.2"));
        assert!(claim_after(&["1763683200000-0", "1763683200000-12"]).contains("0-12"));
        // More than ten events in one millisecond: the built-in adapter counts in base 64.
        for next in ["PfxrQjZ.A", "PfxrQjZ.z", "PfxrQjZ.-", "PfxrQjZ._", "PfxrQjZ.1-", "PfxrQjZ.10a"] {
            assert!(claim_after(&["PfxrQjZ.9", next]).contains(next), "{next}");
        }
    }

    #[test]
    fn what_adapters_send_counts_on_when_their_clock_turns_over() {
        // Q-09: an offset that stands still brings back what was already seen. In turn the built-in adapter,
        // Redis streams, MongoDB; the second digit turns over, and then with it the first.
        for (last, next) in [
            ("Q7___z2", "Q8000Ck"),
            ("Q9____z.3", "QA00002"),
            ("QZ____z", "Qa00002.1"),
            ("Qz____z", "Q-00002"),
            ("Q-____z", "Q_00002"),
            ("Q_____z", "R000002"),
            ("Z_____z.12", "a000002"),
            ("1799999999999-0", "1800000000000-0"),
            ("1999999999999-7", "2000000000000-12"),
            ("69ffffff4c5d6e7f80910a1b", "6a0000004c5d6e7f80910a1b"),
            ("6effffff4c5d6e7f80910a1b", "6f0000004c5d6e7f80910a1b"),
            ("6fffffff4c5d6e7f80910a1b", "700000004c5d6e7f80910a1b"),
        ] {
            assert!(claim_after(&[last, next]).contains(next), "{last}, {next}");
        }
    }

    #[test]
    fn what_an_application_sends_first_gives_way() {
        // Q-10: a name, a word, an address, an id
        for first in
            ["alexander", "charles", "user-12345", "10.0.0.1", "3fa85f64-5717-4562-b3fc-2c963f66afa6"]
        {
            for offset in ["Q7___z2", "QA00002.1b", "1763683200000-0", "691f2a3b4c5d6e7f80910a1b"] {
                assert!(claim_after(&[first, offset]).contains(offset), "{first}, {offset}");
                assert!(claim_after(&[first, offset, first]).contains(offset), "{first} after {offset}");
            }
        }
    }

    #[test]
    fn what_an_application_sends_does_not() {
        // Q-10, F127, F130
        for word in ["hello", "", "with a space", "quote\"inside", "Grüße an alle"] {
            assert_eq!(claim_after(&[word]), r#"{"pid":"pid"}"#, "{word}");
        }
        for (known, words) in [
            (
                "PfxrQjZ",
                &[
                    "goodbye",
                    "something",
                    "Pizzeria",
                    "PfxrQjZlonger",
                    "PfxrQjZ.html",
                    "PfxrQjZ.a.b",
                    "PfxrQjZ-ab",
                    "Re00002",
                    "Ph00002",
                    "Qf00002",
                ][..],
            ),
            ("Q7___z2", &["R800002", "R000002", "Q900002", "Q6___z2", "P8000Ck", "Q8000Ck-no", "q8000Ck"]),
            (
                "1799999999999-0",
                &["2000000000000-0", "180000000000-0", "1799999999999-0-0", "1600000000000-0"],
            ),
            (
                "69ffffff4c5d6e7f80910a1b",
                &["6b0000004c5d6e7f80910a1b", "6a0000004c5d6e7f80910a1", "6900000-aa"],
            ),
        ] {
            for word in words {
                assert!(
                    claim_after(&[known, word]).contains(&alloc::format!("\"{known}\"")),
                    "{known}, {word}"
                );
            }
        }
    }

    #[test]
    fn outcomes() {
        let pid = |text: &str| Some(ByteString::from(text));
        let mut it = Recovery::new();
        assert_eq!(it.joined(pid("a"), 256), Outcome::New);
        assert_eq!(it.joined(pid("b"), 256), Outcome::NoOffset);
        it.saw(ByteString::from("PfxrQjZ"), 256);
        assert_eq!(it.joined(pid("b"), 256), Outcome::Recovered);
        assert_eq!(it.joined(pid("c"), 256), Outcome::NotFound);
        assert_eq!(written(&it), r#"{"pid":"c"}"#, "the offset of the old session is gone (Q-09)");
        assert_eq!(it.joined(None, 256), Outcome::Disabled);
    }
}
