//! Characters that no reader sees: of zero width, turning the direction of writing, byte order marks amid the text.
//!
//! Joiners and marks of direction beside letters of scripts that need them are left alone.

use crate::base::path::ContentPath;
use crate::base::span::Span;
use crate::base::text::{find_byte, is_invisible};
use crate::diag::{Code, Diagnostic, Label};
use std::collections::BTreeMap;

/// One finding for each character of a file, with its number.
pub(super) fn run(path: &ContentPath, text: &str, findings: &mut Vec<Diagnostic>) {
    let mut found: BTreeMap<char, Vec<Span>> = BTreeMap::new();
    let bytes = text.as_bytes();
    let mut next = 0;
    // Their first bytes: E2 80, E2 81, EF BB, and C2 AD of the soft hyphen.
    while let Some(step) = find_byte(&bytes[next..], |byte| (byte == 0xe2) | (byte == 0xef) | (byte == 0xc2)) {
        let at = next + step;
        next = at + 1;
        if !matches!(bytes.get(next), Some(0x80 | 0x81 | 0xbb | 0xad)) {
            continue;
        }
        let Some(letter) = text[at..].chars().next() else { continue };
        if at > 0 && (is_invisible(letter) || letter == '\u{ad}') && !is_needed(text, at, letter) {
            found.entry(letter).or_default().push(Span::new(at, at + letter.len_utf8()));
        }
    }
    for (letter, places) in found {
        let more = more(places.len());
        let message = format!("the invisible character U+{:04X} ({}) stands here{more}", letter as u32, name(letter));
        let finding = Diagnostic::new(Code::InvisibleCharacter, message, Label::new(path, places[0]))
            .help("remove it, as `ibid check --fix` does: words with it are not found by search");
        findings.push(places.iter().fold(finding, |finding, place| finding.fix(*place, "")));
    }
}

/// `, and 3 more times`
pub(super) fn more(count: usize) -> String {
    match count {
        0 | 1 => String::new(),
        2 => ", and once more in this file".into(),
        count => format!(", and {} more times in this file", count - 1),
    }
}

/// Joiners and marks of direction between letters of other scripts than ours, or of emoji.
fn is_needed(text: &str, at: usize, letter: char) -> bool {
    if !matches!(letter, '\u{200c}'..='\u{200f}') {
        return false;
    }
    let foreign = |letter: Option<char>| letter.is_some_and(|letter| matches!(letter as u32, 0x590..=0x1fff | 0x2600..=0x2fff | 0xa800.. ));
    foreign(text[..at].chars().next_back()) || foreign(text[at + letter.len_utf8()..].chars().next())
}

fn name(letter: char) -> &'static str {
    match letter {
        '\u{ad}' => "soft hyphen",
        '\u{200b}' => "zero width space",
        '\u{200c}' => "zero width non-joiner",
        '\u{200d}' => "zero width joiner",
        '\u{200e}' | '\u{200f}' => "mark of direction",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "turns the direction of writing",
        '\u{2060}' => "word joiner",
        '\u{feff}' => "byte order mark",
        _ => "invisible operator",
    }
}
