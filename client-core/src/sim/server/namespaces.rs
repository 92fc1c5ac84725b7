//! The Socket.IO side: who joined what, and what they are told.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use std::format;

use bytes::Bytes;

use super::{
    Server,
    packets::Head,
    session::{Joined, Seat, Session},
};
use crate::{time::Instant, wire::Encoded};

/// What happens to those who want to join a namespace.
#[derive(Clone, Debug)]
pub enum Policy {
    /// They may; what holds when nothing is said.
    Accept,
    /// They may not: the body of the refusal, as JSON (P-89).
    Refuse(String),
    /// They are not answered, until [`Server::answer_pending`].
    Hold,
}

/// A seat that was lost with its connection.
#[derive(Debug)]
pub(super) struct Kept {
    seat: Seat,
}

/// An event that was sent, for those who missed it.
#[derive(Debug)]
pub(super) struct Logged {
    namespace: String,
    offset: String,
    packet: String,
}

impl Server {
    /// From now on this holds for that namespace.
    pub fn namespace(&mut self, name: &str, policy: Policy) {
        self.policies.retain(|it| it.0 != name);
        self.policies.push((name.to_string(), policy));
    }

    /// Lets those in who were held.
    pub fn answer_pending(&mut self) {
        for at in 0..self.sessions.len() {
            let pending = self.sessions[at].seats.clone();
            for seat in pending.into_iter().filter(|it| it.state == Joined::Pending) {
                self.welcome(at, &seat.namespace);
            }
        }
        self.flush();
    }

    /// Sends an event to everyone in a namespace: a JSON array that starts with its name.
    pub fn emit(&mut self, namespace: &str, args: &str) {
        let mut args = args.to_string();
        if self.recovery {
            self.ids += 1;
            let offset = format!("Pf{:05}", self.ids);
            args.insert_str(args.len() - 1, &format!(",\"{offset}\""));
            let packet = event(namespace, "", &args);
            self.sent.push(Logged { namespace: namespace.to_string(), offset, packet });
        }
        self.broadcast(namespace, &event(namespace, "", &args), &[]);
    }

    /// The same with an answer asked for.
    pub fn ask(&mut self, namespace: &str, args: &str) {
        self.ack_ids += 1;
        let id = self.ack_ids.to_string();
        self.broadcast(namespace, &event(namespace, &id, args), &[]);
    }

    /// The same with attachments; `args` has their placeholders.
    pub fn emit_binary(&mut self, namespace: &str, args: &str, attachments: &[&[u8]]) {
        let packet = format!("45{}-{}{args}", attachments.len(), prefix(namespace));
        self.broadcast(namespace, &packet, attachments);
    }

    /// Throws everyone out of a namespace.
    pub fn disconnect(&mut self, namespace: &str) {
        let packet = format!("41{}", prefix(namespace));
        self.broadcast(namespace, &packet, &[]);
        for session in &mut self.sessions {
            if let Some(seat) = session.seat(namespace) {
                seat.state = Joined::Kicked;
            }
        }
    }

    /// How many have joined a namespace.
    pub fn members(&self, namespace: &str) -> usize {
        let joined = |it: &&Seat| it.namespace == namespace && it.state == Joined::Yes;
        self.sessions.iter().map(|it| it.seats.iter().filter(joined).count()).sum()
    }

    /// Those whose connection is lost, and not left, may come back.
    pub(super) fn keep(&mut self, session: &Session) {
        if self.recovery {
            let joined = session.seats.iter().filter(|it| it.state == Joined::Yes);
            self.kept.extend(joined.map(|seat| Kept { seat: seat.clone() }));
        }
    }

    pub(super) fn act(&mut self, at: usize, head: &Head<'_>, attachments: Vec<Bytes>, now: Instant) {
        let state = self.sessions[at].seat(head.namespace).map(|it| it.state);
        match (head.kind, state) {
            (0, None | Some(Joined::Kicked)) => self.join(at, head, now),
            (0, Some(Joined::Yes)) => self.offend(at, "a second CONNECT"),
            (0, Some(Joined::Pending)) => self.offend(at, "a CONNECT while one is pending"),
            (_, Some(Joined::Kicked)) => {
                // The race that nobody can win: no offence, but the session ends all the same.
                let session = self.sessions.remove(at);
                self.say_goodbye(&session, 1005);
            }
            (_, None | Some(Joined::Pending)) => {
                let what = format!("a packet for {}, which was not joined", head.namespace);
                self.offend(at, &what);
            }
            (1, _) => self.sessions[at].seats.retain(|it| it.namespace != head.namespace),
            (2 | 5, _) if !head.id.is_empty() && self.acknowledges => self.acknowledge(at, head, attachments),
            (2 | 3 | 5 | 6, _) => {}
            _ => self.offend(at, "a packet that only servers send"),
        }
    }

    fn join(&mut self, at: usize, head: &Head<'_>, _now: Instant) {
        let name = head.namespace.to_string();
        self.sessions[at].seats.retain(|it| it.namespace != name);
        let policy = self.policies.iter().find(|it| it.0 == name).map_or(Policy::Accept, |it| it.1.clone());
        if let Policy::Refuse(body) = policy {
            let packet = format!("44{}{body}", prefix(&name));
            return self.sessions[at].queue.push_back(super::text(&packet));
        }
        let found = self.find_kept(&name, head.json);
        let state = Joined::Pending;
        let seat = if let Some((seat, missed)) = found {
            let packets = missed.iter().map(|packet| super::text(packet));
            self.sessions[at].queue.extend(packets);
            Seat { state, ..seat }
        } else {
            self.ids += 1;
            let pid = self.recovery.then(|| format!("pid{}", self.ids));
            Seat { namespace: name.clone(), sid: format!("id{}", self.ids), pid, state }
        };
        self.sessions[at].seats.push(seat);
        if !matches!(policy, Policy::Hold) {
            self.welcome(at, &name);
        }
    }

    fn welcome(&mut self, at: usize, name: &str) {
        let session = &mut self.sessions[at];
        let Some(seat) = session.seat(name) else { return };
        seat.state = Joined::Yes;
        let pid = seat.pid.as_ref().map(|pid| format!(",\"pid\":\"{pid}\"")).unwrap_or_default();
        let packet = format!("40{}{{\"sid\":\"{}\"{pid}}}", prefix(name), seat.sid);
        session.queue.push_back(super::text(&packet));
    }

    /// The seat that this client had, and what it missed since the offset that it saw last (P-105).
    fn find_kept(&mut self, namespace: &str, auth: &str) -> Option<(Seat, Vec<String>)> {
        let auth: serde_json::Value = serde_json::from_str(auth).ok()?;
        let (pid, offset) = (auth.get("pid")?.as_str()?, auth.get("offset")?.as_str()?);
        let from = self.sent.iter().position(|it| it.namespace == namespace && it.offset == offset)?;
        let at = self.kept.iter().position(|it| it.seat.pid.as_deref() == Some(pid))?;
        let seat = self.kept.remove(at).seat;
        let missed = self.sent[from + 1..].iter().filter(|it| it.namespace == namespace);
        Some((seat, missed.map(|it| it.packet.clone()).collect()))
    }

    /// Says back what was said, without the name.
    fn acknowledge(&mut self, at: usize, head: &Head<'_>, attachments: Vec<Bytes>) {
        let rest = head.json.split_once(',').map_or("]", |it| it.1);
        let kind =
            if attachments.is_empty() { "43".to_string() } else { format!("46{}-", attachments.len()) };
        let text = format!("{kind}{}{}[{rest}", prefix(head.namespace), head.id).into();
        self.sessions[at].push(Encoded { text, attachments });
    }

    fn broadcast(&mut self, namespace: &str, packet: &str, attachments: &[&[u8]]) {
        for session in &mut self.sessions {
            if session.seat(namespace).is_some_and(|it| it.state == Joined::Yes) {
                let attachments = attachments.iter().map(|it| Bytes::copy_from_slice(it)).collect();
                session.push(Encoded { text: packet.into(), attachments });
            }
        }
        self.flush();
    }
}

fn event(namespace: &str, id: &str, args: &str) -> String {
    format!("42{}{id}{args}", prefix(namespace))
}

fn prefix(namespace: &str) -> String {
    if namespace == "/" { String::new() } else { format!("{namespace},") }
}
