//! What a line asks for.

use www::Person;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command<'a> {
    Say(&'a str),
    /// To one person: the name and the text, which only who is online can tell apart.
    Message(&'a str),
    Image(&'a str),
    Join(&'a str),
    /// That room, or the one that is spoken in.
    LeaveRoom(&'a str),
    All,
    Who,
    Help,
    Leave,
    Unknown,
}

/// None of an empty line.
pub(super) fn read(line: &str) -> Option<Command<'_>> {
    let line = line.trim();
    if line.is_empty() {
        return None;
    }
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    Some(match (word, rest) {
        ("/msg", said) => Command::Message(said),
        ("/image", path) => Command::Image(path),
        ("/join", room) => Command::Join(room_of(room)),
        ("/leave-room", room) => Command::LeaveRoom(room_of(room)),
        ("/all", "") => Command::All,
        ("/who", "") => Command::Who,
        ("/help", "") => Command::Help,
        ("/leave", "") => Command::Leave,
        _ if line.starts_with('/') => Command::Unknown,
        _ => Command::Say(line),
    })
}

/// Who is to hear it, and what: names may hold spaces, so the longest that fits is meant.
pub(super) fn recipient<'a>(
    said: &'a str,
    online: &'a [Person],
    me: Option<&str>,
) -> Result<(&'a Person, &'a str), String> {
    if said.is_empty() {
        return Err("say to whom, and what, as in /msg ann hello".into());
    }
    let after = |person: &Person| {
        said.strip_prefix(&*person.name)
            .filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    };
    let longest = online.iter().filter(|it| after(it).is_some()).max_by_key(|it| it.name.len());
    let Some(named) = longest else {
        let name = said.split_whitespace().next().unwrap_or(said);
        return Err(format!("nobody here is called {name}; /who lists who is online"));
    };
    let name = &named.name;
    let text = after(named).unwrap_or_default().trim();
    let others: Vec<_> = online.iter().filter(|it| it.name == *name && Some(it.id.as_str()) != me).collect();
    match others[..] {
        [] => Err(format!("{name}: that is you")),
        [_] if text.is_empty() => Err(format!("say what, as in /msg {name} hello")),
        [person] => Ok((person, text)),
        _ => Err(format!("{} others are called {name}, and nothing here tells them apart", others.len())),
    }
}

fn room_of(said: &str) -> &str {
    said.strip_prefix('#').unwrap_or(said).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_words_or_commands() {
        for (line, command) in [
            (" hello there ", Command::Say("hello there")),
            ("/msg bob  see you", Command::Message("bob  see you")),
            ("/msg", Command::Message("")),
            ("/image my cat.png", Command::Image("my cat.png")),
            ("/join #fish", Command::Join("fish")),
            ("/leave-room", Command::LeaveRoom("")),
            ("/leave-room salmon and trout", Command::LeaveRoom("salmon and trout")),
            ("/all", Command::All),
            ("/who", Command::Who),
            ("/help", Command::Help),
            ("/leave", Command::Leave),
            // Somebody who means the room does not leave the chat.
            ("/leave fish", Command::Unknown),
            ("/nonsense", Command::Unknown),
        ] {
            assert_eq!(read(line), Some(command), "{line}");
        }
        assert_eq!(read("  "), None);
    }

    #[test]
    fn a_message_finds_its_person() {
        let person = |name: &str, id: &str| Person { name: name.into(), id: id.into() };
        let online = [
            person("ann", "1"),
            person("ann of the north", "2"),
            person("bob", "3"),
            person("me", "4"),
            person("cat", "5"),
            person("cat", "6"),
            person("me too", "7"),
        ];
        let found = |said| recipient(said, &online, Some("4")).map(|(it, text)| (&*it.id, text.to_owned()));
        for (said, id, text) in [
            ("ann hello you", "1", "hello you"),
            ("ann of the sea", "1", "of the sea"),
            ("ann of the north  hi", "2", "hi"),
            ("bob\thi", "3", "hi"),
            ("me too hi", "7", "hi"),
        ] {
            assert_eq!(found(said), Ok((id, text.to_owned())), "{said}");
        }
        for (said, why) in [
            ("", "say to whom, and what"),
            ("bob", "say what, as in /msg bob hello"),
            ("bobby hi", "nobody here is called bobby"),
            ("Ann hi", "nobody here is called Ann"),
            ("me hi", "me: that is you"),
            ("cat hi", "2 others are called cat"),
        ] {
            let told = found(said).unwrap_err();
            assert!(told.starts_with(why), "{told}");
        }
    }
}
