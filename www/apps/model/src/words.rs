//! Limits, and texts of others.

use serde_json::Value;

/// Peers may send any JSON, of any length.
pub fn words(it: &Value) -> String {
    let text = it.as_str().map_or_else(|| it.to_string(), str::to_owned);
    match text.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Of a person or a room; empty if there is none.
pub fn problem_of_name(name: &str) -> String {
    let length = name.chars().count();
    if name.is_empty() {
        "Enter a name!".into()
    } else if length > LONGEST_NAME {
        format!("That is {length} characters; choose a name of at most {LONGEST_NAME}.")
    } else {
        String::new()
    }
}

/// Of a file that is to be sent; empty if there is none.
pub fn problem_of_image(name: &str, kind: &str, size: u64) -> String {
    if !IMAGES.contains(&kind) {
        format!("{name} is no image of a kind that all browsers show: PNG, JPEG, GIF or WebP.")
    } else if size > LARGEST_IMAGE {
        format!("{name} has {} kB; {} kB can be sent.", size.div_ceil(1000), LARGEST_IMAGE / 1000)
    } else {
        String::new()
    }
}

/// Who types.
pub fn typing(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [name] => format!("{name} is typing..."),
        names if names.len() > 3 => format!("{} people are typing...", names.len()),
        names => format!("{} are typing...", names.join(", ")),
    }
}

/// What browsers show, and nothing that holds scripts.
pub const IMAGES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];
/// More does not fit in the largest message that a server takes (`maxHttpBufferSize`), in base64 as it may go.
const LARGEST_IMAGE: u64 = 700_000;
const LONGEST_NAME: usize = 40;
const LONGEST_SHOWN: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_there_and_not_too_long() {
        assert_eq!(problem_of_name("ann"), "");
        assert_eq!(problem_of_name(""), "Enter a name!");
        assert_eq!(problem_of_name(&"é".repeat(40)), "");
        assert!(problem_of_name(&"é".repeat(41)).starts_with("That is 41 characters"));
    }

    #[test]
    fn an_image_is_one_and_not_too_large() {
        assert_eq!(problem_of_image("a.png", "image/png", LARGEST_IMAGE), "");
        assert_eq!(problem_of_image("a.png", "image/png", 700_001), "a.png has 701 kB; 700 kB can be sent.");
        assert!(problem_of_image("a.svg", "image/svg+xml", 1).starts_with("a.svg is no image"));
    }

    #[test]
    fn any_json_has_words() {
        assert_eq!(words(&Value::from("<b>")), "<b>");
        assert_eq!(words(&serde_json::json!({ "a": 1 })), r#"{"a":1}"#);
        assert_eq!(words(&Value::from("é".repeat(20_000))).chars().count(), LONGEST_SHOWN + 1);
    }
}
