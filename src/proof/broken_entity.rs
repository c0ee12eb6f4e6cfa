//! Names of characters that a browser cannot read: `&Swhatthe;meral`, `&nbsp` without its semicolon, `&amp;amp;`.

use super::Passage;
use crate::base::path::ContentPath;
use crate::diag::{Code, Diagnostic, Label};

/// Names common in saved web pages, which stand in the text only when they were encoded twice or lost their semicolon.
const COMMON: [&str; 24] = [
    "amp", "lt", "gt", "quot", "apos", "nbsp", "mdash", "ndash", "ldquo", "rdquo", "lsquo", "rsquo", "laquo", "raquo", "bdquo", "sect",
    "para", "deg", "hellip", "eacute", "egrave", "uuml", "ouml", "auml",
];

/// Longest name looked at.
const LONGEST: usize = 32;

pub(super) fn run(path: &ContentPath, passage: &Passage, findings: &mut Vec<Diagnostic>) {
    let text = passage.text.as_str();
    for (at, _) in text.match_indices('&') {
        let rest = &text[at + 1..];
        let length = rest.bytes().take(LONGEST).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        let (name, after) = rest.split_at(length);
        let Some(message) = fault(name, after, text[..at].chars().next_back()) else { continue };
        let end = at + 1 + length + usize::from(after.starts_with(';'));
        findings.push(
            Diagnostic::new(Code::BrokenEntity, message, Label::new(path, passage.span(at, end)))
                .help("type the character itself; if these letters are meant, type a backslash before `&`"),
        );
    }
}

fn fault(name: &str, after: &str, before: Option<char>) -> Option<String> {
    let common = COMMON.contains(&name);
    let number = name
        .strip_prefix('#')
        .is_some_and(|number| !number.is_empty() && number.trim_start_matches(['x', 'X']).bytes().all(|byte| byte.is_ascii_hexdigit()));
    if !after.starts_with(';') {
        let ends = !after.starts_with(|next: char| next.is_alphanumeric());
        return (common && ends && name != "para" && name != "sect").then(|| format!("`&{name}` stands here as text: it has no semicolon"));
    }
    if common || number {
        return Some(format!("`&{name};` stands here as text: it was encoded twice"));
    }
    // `R&D; `, `B&Bs; ` are words; a name amid a word is not.
    let amid = after[1..].starts_with(char::is_alphabetic) || !before.is_some_and(char::is_alphanumeric);
    (name.len() > 1 && amid && !name.contains('#')).then(|| format!("`&{name};` is the name of no character"))
}
