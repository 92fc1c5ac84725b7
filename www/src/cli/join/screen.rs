//! What the person sees: lines, and in a terminal a prompt below them that stays where it is.

use std::io::{self, IsTerminal, Write, stdin, stdout};

use crossterm::cursor::MoveToColumn;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{self, Clear, ClearType};
use crossterm::{execute, queue};

use super::editor::Editor;
use crate::cli::clean::clean;

pub(super) struct Screen {
    /// In a terminal; elsewhere lines only.
    live: Option<Live>,
    /// Nobody reads any more.
    gone: bool,
}

/// The terminal in raw mode, for as long as this lives.
struct Live {
    prompt: String,
    /// Where the cursor stands in it.
    column: u16,
}

impl Screen {
    pub(super) fn new() -> Self {
        // With only one end at a terminal there is nobody to edit for.
        let terminal = stdin().is_terminal() && stdout().is_terminal();
        let live = if terminal { Live::enter().ok() } else { None };
        Self { live, gone: false }
    }

    pub(super) fn is_live(&self) -> bool {
        self.live.is_some()
    }

    pub(super) fn is_gone(&self) -> bool {
        self.gone
    }

    /// The only way to the terminal for words of any origin, so that nothing unclean goes past it.
    pub(super) fn line(&mut self, text: &str) {
        let text = clean(text);
        let written = match &self.live {
            None => writeln!(stdout(), "{text}").and_then(|()| stdout().flush()),
            Some(live) => {
                Live::clear().and_then(|()| write!(stdout(), "{text}\r\n")).and_then(|()| live.draw())
            }
        };
        self.gone |= written.is_err();
    }

    /// Shows what is being typed, here and by others; and in which room, if not for everyone.
    pub(super) fn prompt(&mut self, editor: &Editor, others: &str, room: Option<&str>) {
        let Some(live) = &mut self.live else { return };
        let width = terminal::size().map_or(80, |(width, _)| usize::from(width));
        let mut head = if others.is_empty() { String::new() } else { format!("({}) ", clean(others)) };
        if let Some(room) = room {
            head = format!("{head}#{} ", clean(room));
        }
        head.push_str("> ");
        if head.chars().count() * 2 > width {
            head = String::from("> ");
        }
        let room = width.saturating_sub(head.chars().count() + 1).max(1);
        let (shown, cursor) = editor.view(room);
        let column = head.chars().count() + cursor;
        live.prompt = head + &shown;
        live.column = u16::try_from(column).unwrap_or(u16::MAX);
        self.gone |= Live::clear().and_then(|()| live.draw()).is_err();
    }
}

impl Live {
    fn enter() -> io::Result<Self> {
        terminal::enable_raw_mode()?;
        let live = Self { prompt: String::new(), column: 0 };
        execute!(stdout(), EnableBracketedPaste)?;
        Ok(live)
    }

    fn clear() -> io::Result<()> {
        queue!(stdout(), MoveToColumn(0), Clear(ClearType::FromCursorDown))
    }

    fn draw(&self) -> io::Result<()> {
        queue!(stdout(), Print(&self.prompt), MoveToColumn(self.column))?;
        stdout().flush()
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        let _ = execute!(stdout(), MoveToColumn(0), Clear(ClearType::FromCursorDown), DisableBracketedPaste);
        let _ = terminal::disable_raw_mode();
    }
}
