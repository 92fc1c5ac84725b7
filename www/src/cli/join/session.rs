//! A visit to the chat, from the first connection to the goodbye.

use std::time::Duration;

use futures_util::FutureExt;
use sockeye_native::{DisconnectReason, Events, Lifecycle, Manager, ManagerEvent, Message, Socket};
use tokio::sync::mpsc::Receiver;
use www::{Heard, Person};

use super::command::{self, Command};
use super::content::{Content, Image};
use super::editor::{Edited, Editor};
use super::input::{self, Input};
use super::outbox::Outbox;
use super::report;
use super::rooms::Rooms;
use super::screen::Screen;
use super::typing::Typing;
use crate::cli::Failure;

/// How long what was said may still take when the person leaves.
const GOODBYE: Duration = Duration::from_secs(5);

pub(super) struct Session {
    name: String,
    manager: Manager,
    socket: Socket,
    heard: Events<Message>,
    life: Events<Lifecycle>,
    connection: Events<ManagerEvent>,
    outbox: Outbox,
    rooms: Rooms,
    typing: Typing,
    editor: Editor,
    online: Vec<Person>,
    /// The list that comes with one's own arrival is shown; later ones only when asked for. Until it is there a pipe is not
    /// read: nobody can be spoken to.
    show_online: bool,
    /// Whether something was said that nobody may have heard.
    unheard: bool,
}

/// What a step leads to.
enum Next {
    Stay,
    Leave,
    Fail(Failure),
}

impl Session {
    pub(super) fn new(name: String, manager: Manager, socket: Socket) -> Self {
        Self {
            name,
            heard: socket.on_any(),
            life: socket.lifecycle(),
            connection: manager.events(),
            manager,
            socket,
            outbox: Outbox::default(),
            rooms: Rooms::default(),
            typing: Typing::default(),
            editor: Editor::default(),
            online: Vec::new(),
            show_online: true,
            unheard: false,
        }
    }

    pub(super) async fn run(
        &mut self,
        mut input: Receiver<Input>,
        screen: &mut Screen,
    ) -> Result<(), Failure> {
        let asked = input::asked_to_leave();
        tokio::pin!(asked);
        loop {
            // First the person, whom no flood of messages may lock out. Then what came over the connection, and only
            // then what became of it: two streams have no order, and last words come before the end.
            let reads_on =
                screen.is_live() || self.outbox.has_room() && !self.rooms.is_asking() && !self.show_online;
            let next = tokio::select! {
                biased;
                asked = &mut asked => asked.map_or_else(Next::Fail, |()| Next::Leave),
                typed = input.recv(), if reads_on => self.types(typed, screen),
                Some(message) = self.heard.next() => self.hears(&message, screen),
                Some(change) = self.life.next() => self.lives(change, screen),
                Some(event) = self.connection.next() => moves(&event, screen),
                Some(answer) = self.rooms.answer() => {
                    match self.rooms.learn(answer) {
                        Ok(told) => told.iter().for_each(|line| screen.line(line)),
                        Err(trouble) => self.trouble(&trouble, screen),
                    }
                    Next::Stay
                }
                Some(outcome) = self.outbox.outcome() => self.learns(outcome, screen),
                () = self.typing.pauses() => {
                    self.typing.stop(&self.socket);
                    Next::Stay
                }
            };
            match next {
                Next::Stay if screen.is_gone() => return self.leave(screen).await,
                Next::Stay => {
                    screen.prompt(&self.editor, &self.typing.shown(), self.rooms.spoken_in());
                }
                Next::Leave => return self.leave(screen).await,
                Next::Fail(failure) => return Err(failure),
            }
        }
    }

    fn lives(&mut self, change: Lifecycle, screen: &mut Screen) -> Next {
        match change {
            Lifecycle::Connect { .. } => {
                screen.line(&format!("- connected, you are {}", self.name));
                self.show_online = true;
                // The server forgets who was where with every connection; what waited goes after the name.
                let named = self.outbox.enters(&self.name, &self.socket);
                self.rooms.join_again(&self.socket);
                let refused = self.outbox.sends_what_waited(&self.socket);
                for trouble in named.err().into_iter().chain(refused) {
                    self.trouble(&trouble, screen);
                }
                Next::Stay
            }
            Lifecycle::Disconnect { reason, details } => {
                self.outbox.lost();
                self.show_online = false;
                self.typing = Typing::default();
                screen.line(&report::disconnected(reason, &details));
                if reason == DisconnectReason::IoServerDisconnect {
                    return Next::Fail(Failure::later("the server sent you away; join again if you may"));
                }
                Next::Stay
            }
            Lifecycle::ConnectError(error) if !self.socket.active() => {
                Next::Fail(Failure::later(format!("the server does not let you back in: {error}")))
            }
            _ => Next::Stay,
        }
    }

    fn hears(&mut self, message: &Message, screen: &mut Screen) -> Next {
        match Heard::read(message) {
            Ok(Heard::Said(said)) => {
                self.typing.stops(&said.user);
                screen.line(&report::said(&said, self.socket.id().as_deref()));
            }
            Ok(Heard::System(text)) => screen.line(&format!("* {text}")),
            Ok(Heard::Online(people)) => {
                self.typing.keep_only(&people);
                self.online = people;
                if std::mem::take(&mut self.show_online) {
                    screen.line(&report::online(&self.online));
                }
            }
            Ok(Heard::Typing(name)) => {
                if self.typing.starts(name.clone()) && !screen.is_live() {
                    screen.line(&format!("~ {name} is typing"));
                }
            }
            Ok(Heard::StoppedTyping(name)) => {
                if self.typing.stops(&name) && !screen.is_live() {
                    screen.line(&format!("~ {name} stopped typing"));
                }
            }
            Ok(_) => {}
            Err(error) => {
                screen.line(&format!("! not understood, a {}: {error}", message.event()));
            }
        }
        Next::Stay
    }

    fn types(&mut self, typed: Option<Input>, screen: &mut Screen) -> Next {
        let line = match typed {
            None => return Next::Leave,
            Some(Input::Line(line)) => line,
            Some(Input::Key(event)) => match self.editor.take(event) {
                Edited::Done(line) => line,
                Edited::Leave => return Next::Leave,
                Edited::Changed => {
                    if self.editor.is_message() && self.outbox.is_in_the_room() {
                        self.typing.key(&self.socket);
                    } else {
                        self.typing.stop(&self.socket);
                    }
                    return Next::Stay;
                }
                Edited::Moved | Edited::Nothing => return Next::Stay,
            },
        };
        self.typing.stop(&self.socket);
        match command::read(&line) {
            Some(Command::Leave) => return Next::Leave,
            Some(command) => {
                if let Err(mistake) = self.obeys(&command, &line, screen) {
                    screen.line(&format!("! {mistake}"));
                }
            }
            None => {}
        }
        Next::Stay
    }

    /// An error is a mistake of the person: nothing was done.
    fn obeys(&mut self, command: &Command<'_>, line: &str, screen: &mut Screen) -> Result<(), String> {
        let there_is_a_room = if self.outbox.is_in_the_room() {
            Ok(())
        } else {
            Err("there is no connection; it is tried again".to_owned())
        };
        let room = self.rooms.spoken_in().map(str::to_owned);
        match *command {
            Command::Say(text) => self.says(Content::text(text).in_room(room), screen),
            Command::Image(path) => self.says(Content::image(Image::read(path)?).in_room(room), screen),
            Command::Message(said) => {
                // Who comes back with the next connection has another id.
                there_is_a_room?;
                let me = self.socket.id();
                let (person, text) = command::recipient(said, &self.online, me.as_deref())?;
                let content = Content::text(text).to(&person.id);
                self.says(content, screen);
            }
            Command::Join("") => return Err("say which room, as in /join fish".into()),
            Command::Join(room) => {
                there_is_a_room?;
                self.rooms.join(room, &self.socket);
            }
            Command::LeaveRoom(room) => {
                there_is_a_room?;
                self.rooms.leave(room, &self.socket)?;
            }
            Command::All => {
                self.rooms.speak_to_all();
                screen.line("* you speak to everyone now");
            }
            Command::Who if there_is_a_room.is_ok() => screen.line(&report::online(&self.online)),
            Command::Who => screen.line("* there is no connection, so nobody knows"),
            Command::Help => report::HELP.iter().for_each(|line| screen.line(line)),
            Command::Leave | Command::Unknown => {
                return Err(format!("there is no command {}; /help says which there are", line.trim()));
            }
        }
        Ok(())
    }

    fn says(&mut self, content: Content, screen: &mut Screen) {
        if !self.outbox.is_in_the_room() {
            screen.line(&format!("- waits for the connection: {}", content.words()));
        }
        if let Err(trouble) = self.outbox.say(content, &self.socket) {
            self.trouble(&trouble, screen);
        }
    }

    fn learns(&mut self, outcome: Result<(), String>, screen: &mut Screen) -> Next {
        // The first is that of the name, whether a list came with it or not.
        self.show_online = false;
        if let Err(trouble) = outcome {
            self.trouble(&trouble, screen);
        }
        Next::Stay
    }

    fn trouble(&mut self, trouble: &str, screen: &mut Screen) {
        screen.line(&format!("! {trouble}"));
        self.unheard = true;
    }

    /// Lets what was said arrive and what comes meanwhile be read, then closes the connection.
    async fn leave(&mut self, screen: &mut Screen) -> Result<(), Failure> {
        self.unheard = false;
        let given_up: Vec<String> = self.outbox.give_up().collect();
        for trouble in given_up {
            self.trouble(&trouble, screen);
        }
        let drained = self.manager.drain(GOODBYE);
        tokio::pin!(drained);
        loop {
            tokio::select! {
                biased;
                Some(message) = self.heard.next() => drop(self.hears(&message, screen)),
                Some(outcome) = self.outbox.outcome() => drop(self.learns(outcome, screen)),
                _ = &mut drained => break,
            }
        }
        while let Some(Some(message)) = self.heard.next().now_or_never() {
            self.hears(&message, screen);
        }
        while !self.outbox.is_confirmed() {
            if let Some(outcome) = self.outbox.outcome().await {
                self.learns(outcome, screen);
            }
        }
        screen.line("- you left");
        if self.unheard { Err(Failure::later("not everything you said arrived; see above")) } else { Ok(()) }
    }
}

fn moves(event: &ManagerEvent, screen: &mut Screen) -> Next {
    if let Some(line) = report::connection(event) {
        screen.line(&line);
    }
    match event {
        ManagerEvent::ReconnectFailed => {
            Next::Fail(Failure::later("the connection cannot be made again; see above, then join again"))
        }
        _ => Next::Stay,
    }
}
