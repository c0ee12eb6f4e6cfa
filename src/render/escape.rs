//! Text as HTML: the one escaping rule of every page.

use crate::base::text::find_byte;

/// Escapes text for HTML content and double-quoted attributes.
pub fn escape_html(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = find_byte(rest.as_bytes(), |byte| (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"')) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}
