//! Where callbacks leave what they have to say, for the task that asks for it.

use std::{
    cell::{Cell, RefCell},
    mem,
    task::{Context, Waker},
};

/// News between a callback and a task of the same thread.
pub(crate) struct Mailbox<T> {
    news: RefCell<Vec<T>>,
    task: Cell<Option<Waker>>,
}

impl<T> Mailbox<T> {
    pub(crate) fn new() -> Self {
        Self { news: RefCell::default(), task: Cell::new(None) }
    }

    pub(crate) fn put(&self, news: T) {
        self.news.borrow_mut().push(news);
        if let Some(task) = self.task.take() {
            task.wake();
        }
    }

    /// Everything that was put since the last time; the next will wake this task.
    pub(crate) fn take(&self, cx: &mut Context<'_>) -> Vec<T> {
        self.task.set(Some(cx.waker().clone()));
        mem::take(&mut self.news.borrow_mut())
    }
}
