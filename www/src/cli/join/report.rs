//! What happens, in words.

use sockeye_native::{CloseDetails, DisconnectReason, ManagerEvent};
use www::{Person, Place, Said};

/// A line about the connection, if it is one that a person wants to know of.
pub(super) fn connection(event: &ManagerEvent) -> Option<String> {
    Some(match event {
        ManagerEvent::Upgrade(transport) => format!("- the connection moved to {}", transport.as_str()),
        ManagerEvent::UpgradeError(error) => format!("- the connection stays on polling: {error}"),
        ManagerEvent::ReconnectScheduled { attempt, delay } => {
            format!("- reconnecting, attempt {attempt} in {:.1} s", delay.as_secs_f32())
        }
        ManagerEvent::ReconnectError(error) => format!("- no connection yet: {error}"),
        _ => return None,
    })
}

/// Why the room is gone.
pub(super) fn disconnected(reason: DisconnectReason, details: &CloseDetails) -> String {
    match details {
        CloseDetails::None => format!("- disconnected: {reason}"),
        details => format!("- disconnected: {reason} ({details})"),
    }
}

/// Who said what, and where if not everybody hears it.
pub(super) fn said(Said { user, text, place }: &Said, me: Option<&str>) -> String {
    match place {
        Place::Everywhere => format!("{user}: {text}"),
        Place::Room(room) => format!("{user} (#{room}): {text}"),
        Place::Between { from, to } if Some(from.as_str()) == me => {
            format!("{user} (to {} alone): {text}", to.name)
        }
        Place::Between { .. } => format!("{user} (to you alone): {text}"),
    }
}

pub(super) fn online(people: &[Person]) -> String {
    let names: Vec<_> = people.iter().map(|it| it.name.as_str()).collect();
    format!("* online ({}): {}", names.len(), names.join(", "))
}

pub(super) const HELP: [&str; 8] = [
    "* type and press Enter to say something",
    "* /msg NAME TEXT       says it to that person alone",
    "* /image PATH          shows a PNG, JPEG, GIF or WebP of at most 700 kB",
    "* /join ROOM           joins a room; what you say then is for those in it",
    "* /all                 speaks to everyone again, and stays in the room",
    "* /leave-room [ROOM]   leaves that room, or the one you speak in",
    "* /who                 lists who is online",
    "* /leave, or Ctrl-C    leaves the chat",
];

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_wait_has_its_number_and_its_length() {
        let event = ManagerEvent::ReconnectScheduled { attempt: 3, delay: Duration::from_millis(1_240) };
        assert_eq!(connection(&event).as_deref(), Some("- reconnecting, attempt 3 in 1.2 s"));
    }

    #[test]
    fn what_few_hear_is_marked() {
        let me = Some("id of ann");
        let words = |place| said(&Said { user: "ann".into(), text: "hello".into(), place }, me);
        let to = Person { name: "bob".into(), id: "id of bob".into() };
        let between = |from: &str| Place::Between { from: from.into(), to: to.clone() };
        assert_eq!(words(Place::Everywhere), "ann: hello");
        assert_eq!(words(Place::Room("fish".into())), "ann (#fish): hello");
        assert_eq!(words(between("id of ann")), "ann (to bob alone): hello");
        assert_eq!(words(between("id of another ann")), "ann (to you alone): hello");
    }

    #[test]
    fn a_disconnect_has_its_reason() {
        let reason = DisconnectReason::TransportClose;
        assert_eq!(disconnected(reason, &CloseDetails::None), "- disconnected: transport close");
        assert_eq!(
            disconnected(reason, &CloseDetails::Offline),
            "- disconnected: transport close (the network is gone)"
        );
    }
}
