//! Hyphens that a line end of the printed page left behind: “their -agreement”, “agree- ment”.

use super::{Passage, Setting};
use crate::base::path::ContentPath;
use crate::diag::{Code, Diagnostic, Label};

/// Words before which a word may end with a hyphen: “pre- and post-war”.
const JOINING: [&str; 24] = [
    "and", "or", "to", "nor", "but", "than", "through", "und", "oder", "bis", "sowie", "noch", "wie", "als", "et", "ou", "à", "и", "или",
    "либо", "да", "но", "o", "y",
];

pub(super) fn run(path: &ContentPath, passage: &Passage, setting: &Setting, findings: &mut Vec<Diagnostic>) {
    let text = passage.text.as_str();
    for (at, sign) in text.match_indices(['-', '\u{2010}']) {
        let (before, after) = (&text[..at], &text[at + sign.len()..]);
        let apart = left(before, after, setting);
        let Some((from, to)) = apart.or_else(|| right(before, after)) else { continue };
        let (from, to) = (at - from, at + sign.len() + to);
        let typed = &text[from..to];
        // A hyphen before a word is mostly a speck; one behind it divides the word.
        let blank = if apart.is_some() { " " } else { "" };
        let joined = format!("{}{blank}{}", text[from..at].trim_end(), text[at + sign.len()..to].trim_start());
        findings.push(
            Diagnostic::new(
                Code::HyphenDebris,
                format!("a hyphen stands beside a space in `{}`", crate::base::text::squeeze(typed)),
                Label::new(path, passage.span(from, to)),
            )
            .help(format!(
                "write `{joined}`, or with the hyphen and no space; if the source prints it so, write `[{joined}](<sic:{}>)`",
                crate::base::text::squeeze(typed)
            )),
        );
    }
}

/// `their -agreement`: bytes of the word before, bytes of the word behind. Languages that shorten words so (“Gesetze und -verordnungen”) are left alone.
fn left(before: &str, after: &str, setting: &Setting) -> Option<(usize, usize)> {
    if setting.speaks(&["de", "nl", "da", "sv", "nb", "no", "nn", "fi"]) {
        return None;
    }
    let word = before.trim_end();
    let spaced = before.len() > word.len() && !before[word.len()..].contains('\u{2028}');
    let length = letters_at_end(word);
    let behind = letters_at_start(after);
    let count = after[..behind].chars().count();
    let small = after.starts_with(char::is_lowercase);
    let ends = !after[behind..].starts_with(['-', '’', '\'', '\u{2010}']);
    (spaced && length > 0 && small && count > 3 && ends).then(|| (length + before.len() - word.len(), behind))
}

/// `agree- ment`, also at the end of a line.
fn right(before: &str, after: &str) -> Option<(usize, usize)> {
    let length = letters_at_end(before);
    let word = after.trim_start();
    let spaced = after.len() > word.len() && !after[..after.len() - word.len()].contains('\u{2028}');
    let behind = letters_at_start(word);
    let joins = JOINING.contains(&word[..behind].to_lowercase().as_str());
    let several = before[before.len() - length..].chars().nth(1).is_some();
    (several && spaced && word.starts_with(char::is_lowercase) && !joins && behind > 0).then(|| (length, after.len() - word.len() + behind))
}

fn letters_at_end(text: &str) -> usize {
    text.chars().rev().take_while(|letter| letter.is_alphabetic()).map(char::len_utf8).sum()
}

fn letters_at_start(text: &str) -> usize {
    text.chars().take_while(|letter| letter.is_alphabetic()).map(char::len_utf8).sum()
}
