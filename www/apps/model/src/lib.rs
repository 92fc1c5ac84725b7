//! The chat as the pages in Rust show it, whatever they are built with: [`Chat`] is what is shown and how it changes,
//! [`Session`] what a person can do, over a socket. No view in here.

mod admin;
mod build;
mod chat;
mod connection;
mod facts;
mod page;
mod session;
mod target;
mod words;

pub use admin::{Admin, Door};
pub use build::reload;
pub use chat::{Change, Chat, Line, Outgoing, Sending, What};
pub use connection::{Connection, Watch};
pub use facts::{Image, Said, User, Whom};
pub use page::{Picture, is_wide, time_of_day};
pub use session::Session;
pub use target::{Target, targets};
pub use words::{IMAGES, problem_of_image, problem_of_name, typing, words};
