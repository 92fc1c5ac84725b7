//! Who can be chosen to hear a message.

use crate::{Chat, Whom};

/// A choice, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub label: String,
    pub whom: Whom,
}

impl Default for Target {
    fn default() -> Self {
        Self { label: "Everyone".into(), whom: Whom::Everyone }
    }
}

impl Target {
    pub fn room(name: &str) -> Self {
        Self { label: format!("#{name}"), whom: Whom::Room(name.into()) }
    }

    pub fn person(name: &str, id: &str) -> Self {
        Self { label: format!("{name} alone"), whom: Whom::To(id.into()) }
    }
}

/// What was chosen stays, also when it is gone: a message for one must not become one for all.
pub fn targets(chat: &Chat, chosen: &Target) -> Vec<Target> {
    let mut all = vec![Target::default()];
    all.extend(chat.rooms.iter().map(|name| Target::room(name)));
    all.extend(chat.others().map(|user| Target::person(&user.username, &user.id)));
    if !all.iter().any(|it| it.whom == chosen.whom) {
        all.push(Target { label: format!("{} (gone)", chosen.label), whom: chosen.whom.clone() });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Change, User};

    #[test]
    fn who_was_chosen_stays_chosen_when_gone() {
        let mut chat = Chat::default();
        let user = |name: &str| User { username: name.into(), id: name.to_uppercase() };
        chat.change(Change::Users { users: vec![user("ann"), user("bob")], my_id: Some("ANN".into()) });
        let bob = Target::person("bob", "BOB");
        assert_eq!(targets(&chat, &bob), [Target::default(), bob.clone()]);
        chat.change(Change::Users { users: vec![user("ann")], my_id: Some("ANN".into()) });
        let gone = Target { label: "bob alone (gone)".into(), ..bob.clone() };
        assert_eq!(targets(&chat, &bob), [Target::default(), gone]);
    }
}
