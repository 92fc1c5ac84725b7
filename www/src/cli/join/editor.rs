//! A line being typed.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use unicode_width::UnicodeWidthChar;

use crate::cli::clean::clean;

/// More is no message that somebody types.
const LONGEST: usize = 4_000;

#[derive(Default)]
pub(super) struct Editor {
    text: Vec<char>,
    cursor: usize,
}

/// What a key came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Edited {
    /// The line is another now.
    Changed,
    /// The cursor is elsewhere, or the terminal has another size.
    Moved,
    /// Enter: the line, which is empty again.
    Done(String),
    /// The person wants to go.
    Leave,
    Nothing,
}

impl Editor {
    pub(super) fn take(&mut self, event: Event) -> Edited {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.key(key),
            // Line breaks become spaces: a paste is one message, sent when the person says so.
            Event::Paste(text) => self.insert(clean(&text).chars()),
            Event::Resize(..) => Edited::Moved,
            _ => Edited::Nothing,
        }
    }

    /// The line, as far as it concerns others: a command does not.
    pub(super) fn is_message(&self) -> bool {
        self.text.first().is_some_and(|&first| first != '/')
    }

    fn key(&mut self, key: KeyEvent) -> Edited {
        if key.modifiers.contains(KeyModifiers::CONTROL) {
            return self.control(key.code);
        }
        match key.code {
            KeyCode::Char(letter) => self.insert([letter]),
            KeyCode::Enter => {
                self.cursor = 0;
                Edited::Done(std::mem::take(&mut self.text).into_iter().collect())
            }
            KeyCode::Backspace if self.cursor > 0 => self.cut(self.cursor - 1, self.cursor),
            KeyCode::Delete if self.cursor < self.text.len() => self.cut(self.cursor, self.cursor + 1),
            KeyCode::Left => self.go(self.cursor.saturating_sub(1)),
            KeyCode::Right => self.go(self.cursor + 1),
            KeyCode::Home => self.go(0),
            KeyCode::End => self.go(self.text.len()),
            _ => Edited::Nothing,
        }
    }

    fn control(&mut self, code: KeyCode) -> Edited {
        match code {
            KeyCode::Char('c') => Edited::Leave,
            KeyCode::Char('d') if self.text.is_empty() => Edited::Leave,
            KeyCode::Char('a') => self.go(0),
            KeyCode::Char('e') => self.go(self.text.len()),
            KeyCode::Char('u') => self.cut(0, self.cursor),
            KeyCode::Char('k') => self.cut(self.cursor, self.text.len()),
            KeyCode::Char('w') => self.cut(self.word_start(), self.cursor),
            _ => Edited::Nothing,
        }
    }

    fn insert(&mut self, letters: impl IntoIterator<Item = char>) -> Edited {
        for letter in letters {
            if self.text.len() < LONGEST && !letter.is_control() {
                self.text.insert(self.cursor, letter);
                self.cursor += 1;
            }
        }
        Edited::Changed
    }

    fn cut(&mut self, from: usize, to: usize) -> Edited {
        self.text.drain(from..to);
        self.cursor = from;
        Edited::Changed
    }

    fn go(&mut self, to: usize) -> Edited {
        self.cursor = to.min(self.text.len());
        Edited::Moved
    }

    fn word_start(&self) -> usize {
        let before = &self.text[..self.cursor];
        let end = before.iter().rposition(|letter| *letter != ' ').map_or(0, |last| last + 1);
        before[..end].iter().rposition(|letter| *letter == ' ').map_or(0, |space| space + 1)
    }

    /// The part of the line around the cursor that fits into `room` columns, and the cursor's column in it.
    pub(super) fn view(&self, room: usize) -> (String, usize) {
        let mut start = self.cursor;
        let mut column = 0;
        while start > 0 && column + width(self.text[start - 1]) < room {
            start -= 1;
            column += width(self.text[start]);
        }
        let mut used = 0;
        let fits = self.text[start..].iter().take_while(|letter| {
            used += width(**letter);
            used <= room
        });
        (fits.collect(), column)
    }
}

fn width(letter: char) -> usize {
    letter.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(editor: &mut Editor, code: KeyCode, modifiers: KeyModifiers) -> Edited {
        editor.take(Event::Key(KeyEvent::new(code, modifiers)))
    }

    fn typed(text: &str) -> Editor {
        let mut editor = Editor::default();
        for letter in text.chars() {
            press(&mut editor, KeyCode::Char(letter), KeyModifiers::NONE);
        }
        editor
    }

    #[test]
    fn a_line_is_typed_corrected_and_done() {
        let mut editor = typed("helo wörld");
        press(&mut editor, KeyCode::Home, KeyModifiers::NONE);
        for _ in 0..3 {
            press(&mut editor, KeyCode::Right, KeyModifiers::NONE);
        }
        press(&mut editor, KeyCode::Char('l'), KeyModifiers::NONE);
        press(&mut editor, KeyCode::Char('e'), KeyModifiers::CONTROL);
        press(&mut editor, KeyCode::Backspace, KeyModifiers::NONE);
        assert_eq!(press(&mut editor, KeyCode::Enter, KeyModifiers::NONE), Edited::Done("hello wörl".into()));
        assert!(!editor.is_message());
    }

    #[test]
    fn words_and_lines_are_cut() {
        let mut editor = typed("one two  ");
        press(&mut editor, KeyCode::Char('w'), KeyModifiers::CONTROL);
        assert_eq!(editor.view(80), ("one ".into(), 4));
        press(&mut editor, KeyCode::Char('u'), KeyModifiers::CONTROL);
        assert_eq!(editor.view(80), (String::new(), 0));
        assert_eq!(press(&mut editor, KeyCode::Backspace, KeyModifiers::NONE), Edited::Nothing);
    }

    #[test]
    fn leaving() {
        let mut editor = typed("x");
        assert_eq!(press(&mut editor, KeyCode::Char('d'), KeyModifiers::CONTROL), Edited::Nothing);
        assert_eq!(press(&mut editor, KeyCode::Char('c'), KeyModifiers::CONTROL), Edited::Leave);
        let mut empty = Editor::default();
        assert_eq!(press(&mut empty, KeyCode::Char('d'), KeyModifiers::CONTROL), Edited::Leave);
    }

    #[test]
    fn a_paste_is_one_line() {
        let mut editor = Editor::default();
        editor.take(Event::Paste("one\ntwo\u{1b}[2J".into()));
        assert_eq!(editor.view(80).0, "one two[2J");
        assert!(editor.is_message());
    }

    #[test]
    fn what_is_wider_than_the_screen_is_shown_around_the_cursor() {
        let mut editor = typed("日本語のテキスト");
        let (shown, column) = editor.view(7);
        assert_eq!((shown.as_str(), column), ("キスト", 6));
        press(&mut editor, KeyCode::Home, KeyModifiers::NONE);
        assert_eq!(editor.view(7), ("日本語".into(), 0));
    }
}
