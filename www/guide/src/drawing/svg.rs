//! Small parts that all pictures are made of.

/// Text that may stand in HTML, and in an attribute.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A picture with what it shows in words.
pub(crate) fn picture(kind: &str, width: usize, height: usize, words: &str, inside: &str) -> String {
    let words = escaped(words);
    format!(
        "<svg class=\"{kind}\" role=\"img\" aria-label=\"{words}\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\">\n{inside}</svg>"
    )
}

/// A picture between the words of a page, which can be scrolled where it is too wide.
pub(crate) fn figure(picture: &str, caption: &str) -> String {
    let caption =
        if caption.is_empty() { String::new() } else { format!("<figcaption>{caption}</figcaption>\n") };
    format!("<figure>\n<div class=\"wide\" tabindex=\"0\">{picture}</div>\n{caption}</figure>\n")
}

/// A coordinate as short as it can be.
#[expect(clippy::cast_precision_loss, reason = "pictures are smaller than 2^52")]
pub(crate) fn real(number: usize) -> f64 {
    number as f64
}
