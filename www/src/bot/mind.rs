//! What the bot knows, and what it answers. No network in here.

use std::collections::HashSet;
use std::time::SystemTime;

use crate::heard::{Heard, Person, Place, Said};

const HELP: &str =
    "I answer `hello`, `help`, `time` and `who`, and I repeat what you tell me with `@sockeye …` or alone.";

/// Nobody's words are repeated beyond this.
const LONGEST_ECHO: usize = 200;

/// Of that many it remembers that they were here before.
const MOST_KNOWN: usize = 1_000;

/// What it has to say.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) text: String,
    /// For this person alone: an id. Else for all.
    pub(super) to: Option<String>,
}

pub(super) struct Mind {
    name: &'static str,
    online: Vec<String>,
    /// Whether it has seen who is here since it entered.
    looked_around: bool,
    known: HashSet<String>,
}

impl Mind {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, online: Vec::new(), looked_around: false, known: HashSet::new() }
    }

    /// It comes in: whoever is there already was there first, and is not greeted.
    pub(super) fn enters(&mut self) {
        self.looked_around = false;
    }

    /// What it has to say to that.
    pub(super) fn hears(&mut self, heard: Heard) -> Vec<Words> {
        match heard {
            Heard::Said(said) => self.answers(said).into_iter().collect(),
            Heard::Online(people) => {
                let greetings = self.looks(people.into_iter().map(|Person { name, .. }| name).collect());
                greetings.into_iter().map(|text| Words { text, to: None }).collect()
            }
            _ => Vec::new(),
        }
    }

    fn looks(&mut self, names: Vec<String>) -> Vec<String> {
        // Two may have the same name: who is new is found by taking out one for one who was there.
        let mut before = std::mem::replace(&mut self.online, names);
        let mut came = Vec::new();
        for name in self.online.iter().filter(|name| *name != self.name) {
            match before.iter().position(|other| other == name) {
                Some(position) => drop(before.swap_remove(position)),
                None => came.push(name.clone()),
            }
        }
        let greets = std::mem::replace(&mut self.looked_around, true);
        let mut greetings = Vec::new();
        for name in came {
            let known = self.known.contains(&name);
            if greets {
                greetings.push(greeting(&name, known));
            }
            if self.known.len() < MOST_KNOWN {
                self.known.insert(name);
            }
        }
        greetings
    }

    /// Where it was asked: what was said to it alone is not answered before all.
    fn answers(&self, said: Said) -> Option<Words> {
        // Also if it is another of the same name: the two would never stop.
        if said.user == self.name {
            return None;
        }
        let to = match said.place {
            Place::Everywhere => None,
            Place::Between { from, .. } => Some(from),
            // It is in none.
            Place::Room(_) => return None,
        };
        let addressed = self.addressed(&said.text).or_else(|| to.is_some().then(|| said.text.trim()));
        let text = match addressed {
            None => self.known_word(&said.text, &said.user),
            Some("") => Some(format!("Yes, {}? {HELP}", clipped(&said.user))),
            Some(rest) => self
                .known_word(rest, &said.user)
                .or_else(|| Some(format!("{} said: {}", clipped(&said.user), clipped(rest)))),
        };
        text.map(|text| Words { text, to })
    }

    /// What follows `@sockeye`, if the text starts with that.
    fn addressed<'a>(&self, text: &'a str) -> Option<&'a str> {
        let rest = text.trim().strip_prefix('@')?;
        let (name, rest) = rest.split_at_checked(self.name.len())?;
        let is_whole = !rest.starts_with(|letter: char| letter.is_alphanumeric());
        (name.eq_ignore_ascii_case(self.name) && is_whole)
            .then(|| rest.trim_start_matches([',', ':', ' ']).trim())
    }

    fn known_word(&self, text: &str, user: &str) -> Option<String> {
        let word = text.trim().trim_end_matches(['!', '?', '.']).to_lowercase();
        match word.as_str() {
            "hello" | "hi" => Some(format!("Hello, {}!", clipped(user))),
            "help" => Some(HELP.to_owned()),
            "time" => Some(format!("It is {}.", humantime::format_rfc3339_seconds(SystemTime::now()))),
            "who" => Some(format!("Online: {}.", clipped(&self.online.join(", ")))),
            _ => None,
        }
    }
}

fn greeting(name: &str, known: bool) -> String {
    let name = clipped(name);
    if known {
        format!("Welcome back, {name}!")
    } else {
        format!("Welcome, {name}! Say `help` to see what I answer.")
    }
}

fn clipped(text: &str) -> String {
    match text.char_indices().nth(LONGEST_ECHO) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mind() -> Mind {
        let mut mind = Mind::new("sockeye");
        mind.enters();
        mind
    }

    fn online(names: &[&str]) -> Heard {
        let person = |name: &&str| Person { name: (*name).to_owned(), id: format!("id of {name}") };
        Heard::Online(names.iter().map(person).collect())
    }

    /// What it says to all.
    fn hears(mind: &mut Mind, heard: Heard) -> Vec<String> {
        let to_all = |Words { text, to }: Words| {
            assert_eq!(to, None, "{text}");
            text
        };
        mind.hears(heard).into_iter().map(to_all).collect()
    }

    fn said(user: &str, text: &str) -> Heard {
        Heard::Said(Said { user: user.to_owned(), text: text.to_owned(), place: Place::Everywhere })
    }

    #[test]
    fn greets_who_comes_and_not_who_was_there() {
        let mut mind = mind();
        assert!(hears(&mut mind, online(&["ann", "sockeye"])).is_empty());
        assert_eq!(
            hears(&mut mind, online(&["ann", "sockeye", "bob"])),
            ["Welcome, bob! Say `help` to see what I answer."]
        );
        assert!(hears(&mut mind, online(&["ann", "sockeye"])).is_empty());
        assert_eq!(hears(&mut mind, online(&["ann", "sockeye", "bob"])), ["Welcome back, bob!"]);
        assert_eq!(hears(&mut mind, online(&["ann", "sockeye", "bob", "bob"])), ["Welcome back, bob!"]);
    }

    #[test]
    fn those_who_come_after_a_restart_are_welcomed_back() {
        let mut mind = mind();
        hears(&mut mind, online(&["ann", "sockeye"]));
        mind.enters();
        assert!(hears(&mut mind, online(&["sockeye"])).is_empty());
        assert_eq!(hears(&mut mind, online(&["sockeye", "ann"])), ["Welcome back, ann!"]);
    }

    #[test]
    fn answers_its_words_alone_and_addressed() {
        let mut mind = mind();
        hears(&mut mind, online(&["ann", "sockeye"]));
        for text in ["hello", " Hello! ", "hi", "@sockeye hello", "@Sockeye: hello?", "@sockeye, hi"] {
            assert_eq!(hears(&mut mind, said("ann", text)), ["Hello, ann!"], "{text}");
        }
        assert_eq!(hears(&mut mind, said("ann", "who?")), ["Online: ann, sockeye."]);
        assert_eq!(hears(&mut mind, said("ann", "HELP")), [HELP]);
        assert!(hears(&mut mind, said("ann", "time"))[0].starts_with("It is 20"));
    }

    #[test]
    fn repeats_what_is_addressed_to_it_and_nothing_else() {
        let mut mind = mind();
        assert_eq!(hears(&mut mind, said("ann", "@sockeye how are you")), ["ann said: how are you"]);
        assert_eq!(hears(&mut mind, said("ann", "@sockeye")), [format!("Yes, ann? {HELP}")]);
        for text in ["how are you", "@sockeyes hello", "@sock", "mail me @sockeye", "", "@", "@sockey\u{e9}"]
        {
            assert!(hears(&mut mind, said("ann", text)).is_empty(), "{text}");
        }
        let echo = hears(&mut mind, said("ann", &format!("@sockeye {}", "é".repeat(5_000))));
        assert_eq!(echo, [format!("ann said: {}…", "é".repeat(LONGEST_ECHO))]);
    }

    #[test]
    fn answers_who_speaks_to_it_alone_and_nobody_else() {
        let between = |user: &str, text: &str| {
            let to = Person { name: "sockeye".into(), id: "its id".into() };
            let place = Place::Between { from: format!("id of {user}"), to };
            Heard::Said(Said { user: user.into(), text: text.into(), place })
        };
        for (text, answer) in [
            ("hello", "Hello, ann!"),
            ("@sockeye hello", "Hello, ann!"),
            ("how are you", "ann said: how are you"),
            (" ", &format!("Yes, ann? {HELP}")),
        ] {
            let words = Words { text: answer.into(), to: Some("id of ann".into()) };
            assert_eq!(mind().hears(between("ann", text)), [words], "{text}");
        }
        // Its own answer, which comes to it too.
        assert!(mind().hears(between("sockeye", "Hello, ann!")).is_empty());
    }

    #[test]
    fn says_nothing_in_rooms() {
        let said = Said { user: "ann".into(), text: "hello".into(), place: Place::Room("fish".into()) };
        assert!(mind().hears(Heard::Said(said)).is_empty());
    }

    #[test]
    fn never_answers_its_own_name() {
        assert!(mind().hears(said("sockeye", "@sockeye hello")).is_empty());
    }
}
