//! The wire of Rust users: a text is a `ByteString`, an attachment is `Bytes`, serde reads and writes arguments.

#![allow(clippy::arithmetic_side_effects, reason = "positions in what is in memory")]

use alloc::{borrow::Cow, string::String, sync::Arc, vec::Vec};
use core::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use bytestring::ByteString;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    ABSENT, DataError, Encoded, Frame, RESERVED_EVENTS, Shape, Text, WRONG, Wire, head, scan, typed,
};
use crate::{
    error::{ConnectError, ParseError},
    json::{Object, number, unescape},
};

/// The wire of Rust users; only a name for it, there is no value of it.
///
/// A frame is never copied: text and arguments are views of it, attachments are the binary frames themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Json {}

/// The arguments of an event, of an answer, or of a `connect`: JSON text, and the bytes its placeholders stand for.
///
/// Cheap to clone. Nothing is parsed before [`data`](Self::data) is called, and then straight from the text into
/// the type that is asked for; `&str` and `&[u8]` borrow from the packet.
///
/// ```
/// use sockeye_core::Args;
///
/// let args = Args::event("chat", &("Ada", "hello"))?;
/// assert_eq!(args.text(), r#"["chat","Ada","hello"]"#);
/// assert_eq!(args.name().as_deref(), Some("chat"));
///
/// let (from, said): (&str, &str) = args.data()?;
/// assert_eq!((from, said), ("Ada", "hello"));
/// # Ok::<(), sockeye_core::DataError>(())
/// ```
///
/// # How many arguments a value is
///
/// | a Rust value | is |
/// |---|---|
/// | a tuple, a tuple struct, a fixed array `[T; N]` | as many arguments as it has fields |
/// | `()`, a unit struct | no arguments |
/// | anything else: a struct, a `Vec`, an `Option`, a newtype struct | one argument |
///
/// The same holds for reading, and only for the outermost type. A peer may send more than was asked for, which is
/// ignored: a server with connection state recovery appends a string to its events (P-101). It may send less, which
/// is `None` to an `Option` and an error to any other type. To exchange a tuple as one argument, a list to the
/// peer, put it into another: `((1, 2),)`.
///
/// # Bytes
///
/// What serde knows as bytes travels as a binary attachment, wherever it is in the value: `bytes::Bytes` with its
/// feature `serde`, the types of `serde_bytes`, fields marked `#[serde(with = "serde_bytes")]`. To serde a plain
/// `Vec<u8>` is a list of numbers. `&[u8]` reads an attachment without a copy; so does
/// [`attachments`](Self::attachments), as `Bytes`. Two things to know:
///
/// * Types that serde buffers before it knows them (`#[serde(flatten)]`, `untagged` and internally tagged enums)
///   can be sent with bytes inside, but not be read.
/// * The protocol has no escape for an object that only looks like a placeholder,
///   `{"_placeholder":true,"num":0}`. It is sent as it is, like everywhere in Socket.IO: without attachments the peer
///   leaves it alone, with attachments the peer takes it for one of them, or for an error (F088).
///
/// # Numbers, characters and depth
///
/// Integers are exact up to the type that is asked for, where JavaScript rounds beyond 2^53 (B-32). Not-a-number
/// and infinity are written as `null` (P-86). A string in which JavaScript holds half a surrogate pair is no string in Rust and cannot
/// be read as one (F020). JSON that is nested deeper than 128 levels is not read either (F071).
#[derive(Clone)]
pub struct Args {
    /// The frame it came in, or will leave in if it leaves as most do; the JSON starts at `from`.
    frame: ByteString,
    from: u32,
    /// Where the event's name ends, if it was looked for and nothing in it is escaped; otherwise 0.
    name_end: u32,
    // None for an empty list, which most are: nothing to allocate or to count.
    attachments: Option<Arc<[Bytes]>>,
}

impl Args {
    /// The event `name` with `data`.
    pub fn event<T: Serialize + ?Sized>(name: &str, data: &T) -> Result<Self, DataError> {
        Self::written(typed::write(Some(name), data), typed::EVENT_HEAD.len())
    }

    /// An answer with `data`.
    pub fn ack<T: Serialize + ?Sized>(data: &T) -> Result<Self, DataError> {
        Self::written(typed::write(None, data), 0)
    }

    /// What a namespace is joined with: a value that is a JSON object, as servers of other kinds fall over anything
    /// else (F103), and holds no bytes, as a `connect` carries none (P-83).
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use sockeye_core::Args;
    ///
    /// let auth = Args::auth(&BTreeMap::from([("token", "abc")]))?;
    /// assert_eq!(auth.text(), r#"{"token":"abc"}"#);
    /// assert!(Args::auth("abc").is_err());
    /// # Ok::<(), sockeye_core::DataError>(())
    /// ```
    pub fn auth<T: Serialize + ?Sized>(data: &T) -> Result<Self, DataError> {
        let args = Self::written(typed::write_bare(data), 0)?;
        if args.text().starts_with('{') && args.attachments.is_none() {
            Ok(args)
        } else {
            Err(DataError::no_auth())
        }
    }

    /// The event's name, borrowed if nothing in it is escaped. A name that is a number (B-14) is given as it is
    /// written. `None` if these are not the arguments of an event.
    pub fn name(&self) -> Option<Cow<'_, str>> {
        match self.frame.get(self.from as usize + 2..self.name_end as usize) {
            Some(name) => Some(Cow::Borrowed(name)),
            None => scan::name(self.text()),
        }
    }

    /// What an event says after its name.
    ///
    /// The whole text is read, so this is where a peer's text that is no JSON comes to light, whatever is asked for.
    /// All arguments, however many, are in [`text`](Self::text).
    pub fn data<'a, T: Deserialize<'a>>(&'a self) -> Result<T, DataError> {
        typed::read(self.text(), self.attachments(), true).map_err(|error| DataError::unread(&error))
    }

    /// What an answer says.
    ///
    /// ```
    /// use sockeye_core::Args;
    ///
    /// let args = Args::ack(&("ok", 3))?;
    /// assert_eq!(args.ack_data::<&str>()?, "ok");
    /// assert_eq!(args.ack_data::<(String, u32, Option<u32>)>()?, ("ok".into(), 3, None));
    /// # Ok::<(), sockeye_core::DataError>(())
    /// ```
    pub fn ack_data<'a, T: Deserialize<'a>>(&'a self) -> Result<T, DataError> {
        typed::read(self.text(), self.attachments(), false).map_err(|error| DataError::unread(&error))
    }

    /// The JSON text, with placeholders for bytes: of an event, an array that starts with its name; of an answer,
    /// an array; of a `connect`, an object.
    pub fn text(&self) -> &str {
        self.frame.get(self.from as usize..).unwrap_or_default()
    }

    /// What the placeholders stand for, by their number.
    pub fn attachments(&self) -> &[Bytes] {
        self.attachments.as_deref().unwrap_or_default()
    }

    #[inline]
    fn new(frame: ByteString, from: usize, name_end: usize, attachments: Vec<Bytes>) -> Self {
        let attachments = if attachments.is_empty() { None } else { Some(attachments.into()) };
        // A frame is far shorter than 4 GiB; one that is not is read from its start, and is no JSON.
        let unit = |at| u32::try_from(at).unwrap_or_default();
        Self { frame, from: unit(from), name_end: unit(name_end), attachments }
    }

    #[inline]
    fn written(result: serde_json::Result<(Bytes, Vec<Bytes>)>, from: usize) -> Result<Self, DataError> {
        let (text, attachments) = result.map_err(|error| DataError::unwritten(&error))?;
        let text = ByteString::try_from(text).map_err(|error| DataError::unwritten(&error))?;
        Ok(Self::new(text, from, 0, attachments))
    }
}

impl PartialEq for Args {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text() && self.attachments() == other.attachments()
    }
}

impl Eq for Args {}

impl Wire for Json {
    type Text = ByteString;
    type Binary = Bytes;
    type Args = Args;

    fn encode(args: &Args) -> Encoded<Self> {
        Encoded { text: args.frame.slice_ref(args.text()), attachments: args.attachments().to_vec() }
    }

    fn framed(args: &Args) -> Option<ByteString> {
        let plain =
            args.from as usize == typed::EVENT_HEAD.len() && args.frame.starts_with(typed::EVENT_HEAD);
        (plain && args.attachments.is_none()).then(|| args.frame.clone())
    }

    /// Looks at both ends of the text only. What is wrong between them comes to light when the application reads
    /// it: [`Args::data`] then says so, and the connection stays. The reference ends the connection instead (B-13,
    /// B-18), as it parses every packet whether anyone listens or not.
    fn decode(
        shape: Shape,
        frame: ByteString,
        from: usize,
        attachments: Vec<Bytes>,
    ) -> Result<Args, ParseError> {
        let text = frame.get(from..).unwrap_or_default();
        let name_end = match shape {
            Shape::Event => {
                let name = scan::name(text).ok_or(ParseError::Payload)?;
                if RESERVED_EVENTS.contains(&&*name) {
                    return Err(ParseError::Payload);
                }
                match name {
                    Cow::Borrowed(name) if text.get(2..2 + name.len()) == Some(name) => from + 2 + name.len(),
                    _ => 0,
                }
            }
            Shape::Ack if scan::array(text).is_some() => 0,
            Shape::Ack => return Err(ParseError::Payload),
        };
        Ok(Args::new(frame, from, name_end, attachments))
    }

    fn size(args: &Args) -> usize {
        args.text().len() + args.attachments().iter().map(Bytes::len).sum::<usize>()
    }

    fn alone(mut args: Args) -> Args {
        args.frame = ByteString::from(&*args.frame);
        args
    }

    fn attachments(args: &Args) -> usize {
        args.attachments().len()
    }

    fn offset(args: &Args) -> Option<ByteString> {
        scan::last_string(args.text()).map(|it| ByteString::from(&*it))
    }

    fn without_last(args: Args) -> Args {
        let Some(head) = scan::before_last(args.text()) else { return args };
        let mut text = String::with_capacity(head.len() + "[]".len());
        text.push('[');
        text.push_str(head);
        text.push(']');
        Args { frame: text.into(), from: 0, name_end: 0, attachments: args.attachments }
    }

    fn is_object(text: &ByteString) -> bool {
        Object::new(text).is_some()
    }

    fn string(text: &ByteString, key: Option<&str>) -> Option<ByteString> {
        let raw = match key {
            None => text.trim_ascii(),
            Some(key) => Object::new(text)?.raw(key)?,
        };
        unescape(raw).map(ByteString::from)
    }

    fn number(text: &ByteString, key: &str) -> u64 {
        match Object::new(text).and_then(|it| it.raw(key)) {
            None => ABSENT,
            Some(raw) => number(raw).unwrap_or(WRONG),
        }
    }

    fn lists(text: &ByteString, key: &str, name: &str) -> bool {
        let list = Object::new(text).and_then(|it| it.raw(key)).filter(|it| it.starts_with('['));
        list.is_some_and(|it| it.split('"').any(|part| part == name))
    }

    fn packet(
        kind: u8,
        attachments: usize,
        namespace: Option<&ByteString>,
        id: Option<u64>,
        payload: Option<ByteString>,
    ) -> ByteString {
        let head = head::head(kind, attachments, namespace, id);
        match payload {
            Some(payload) => payload.prefixed(&head),
            None => head.into(),
        }
    }

    fn claim(pid: &ByteString, offset: Option<&ByteString>, auth: Option<ByteString>) -> ByteString {
        head::claim(pid, offset, auth)
    }

    fn binary_len(bytes: &Bytes) -> usize {
        bytes.len()
    }

    fn to_base64(bytes: &Bytes) -> ByteString {
        STANDARD.encode(bytes).into()
    }

    fn from_base64(text: &ByteString) -> Result<Bytes, ParseError> {
        STANDARD.decode(text.as_bytes()).map(Bytes::from).map_err(|_| ParseError::Base64)
    }
}

/// Sizes only: arguments may be a token, and what is printed ends in a log (F122).
impl fmt::Debug for Args {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Args")
            .field("bytes", &self.text().len())
            .field("attachments", &self.attachments().len())
            .finish()
    }
}

impl ConnectError<Json> {
    /// `data` of the server's error, if it refused and gave some (P-89).
    pub fn data<T: DeserializeOwned>(&self) -> Option<Result<T, DataError>> {
        let Self::Refused { body, .. } = self else { return None };
        let body: serde_json::Result<Body<T>> = serde_json::from_str(body);
        body.map(|body| body.data).map_err(|error| DataError::unread(&error)).transpose()
    }
}

#[derive(Deserialize)]
struct Body<T> {
    data: Option<T>,
}

/// Sizes only, for the same reason.
impl fmt::Debug for Frame<Json> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if matches!(self, Self::Text(_)) { "Text" } else { "Binary" };
        write!(f, "{kind}({} bytes)", self.len())
    }
}

impl PartialEq for Frame<Json> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::Binary(one), Self::Binary(other)) => one == other,
            _ => false,
        }
    }
}

impl Eq for Frame<Json> {}
