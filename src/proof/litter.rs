//! What optical reading leaves behind: runs of signs that no text has, years with letters in them.

use super::Passage;
use super::passage::OBJECT;
use crate::base::path::ContentPath;
use crate::diag::{Code, Diagnostic, Label};

/// Signs that a transcription hardly ever has.
const RARE: &str = "^~|\\¦¬■□▪▫●○◆◇¶{}<>@#_=`§•©®¤¢¥";

pub(super) fn run(path: &ContentPath, passage: &Passage, findings: &mut Vec<Diagnostic>) {
    let mut at = 0;
    for word in passage.text.split(|letter: char| letter.is_whitespace()) {
        let what = if is_litter(word) && !is_rule(word) {
            Some(format!("`{word}` is no text"))
        } else {
            year(word).map(|year| format!("`{word}` is a year with letters in it: {year}"))
        };
        if let Some(message) = what {
            findings.push(
                Diagnostic::new(Code::OcrLitter, message, Label::new(path, passage.span(at, at + word.len())))
                    .help("compare with the source, and type what stands there"),
            );
        }
        at += word.len() + passage.text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
}

/// Four signs or more, of three kinds at least, one of them rare; no letter, no figure.
fn is_litter(word: &str) -> bool {
    if word.len() < 4 || word.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    let mut kinds: Vec<char> = Vec::new();
    let mut count = 0;
    for letter in word.chars() {
        if letter.is_alphanumeric() || letter == OBJECT {
            return false;
        }
        count += 1;
        if !kinds.contains(&letter) && kinds.len() < 8 {
            kinds.push(letter);
        }
    }
    count > 3 && kinds.len() > 2 && kinds.iter().any(|letter| RARE.contains(*letter))
}

/// `|–-|---|`: the second line of a table, which has a finding of its own.
fn is_rule(word: &str) -> bool {
    word.chars().all(|letter| matches!(letter, '|' | '-' | '–' | '—' | ':'))
}

/// `l9l8`, `I922`, `19I8`: the year that is meant.
fn year(word: &str) -> Option<String> {
    if word.len() < 4 || word.len() > 8 {
        return None;
    }
    let bare = word.trim_matches(|letter: char| matches!(letter, ',' | '.' | ';' | ':' | '(' | ')' | '[' | ']' | '?' | '!'));
    let figures = bare.bytes().filter(u8::is_ascii_digit).count();
    if bare.len() != 4 || !(2..4).contains(&figures) {
        return None;
    }
    let read: Option<String> = bare
        .chars()
        .map(|letter| match letter {
            'l' | 'I' => Some('1'),
            'O' | 'o' => Some('0'),
            '0'..='9' => Some(letter),
            _ => None,
        })
        .collect();
    read.filter(|year| year.starts_with("1") && matches!(year.as_bytes().get(1), Some(b'5'..=b'9')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn litter_is_told_from_signs() {
        for litter in ["^*»'~", "■•^;:", "|\\_,", "~^'■"] {
            assert!(is_litter(litter), "{litter}");
        }
        for right in ["***", "....", ".)”—", "————", "____", "[…]—", "₤$—;", "5—6", "“…”", "§§", "—?!”", "\u{fffc}\u{fffc}.—"]
        {
            assert!(!is_litter(right), "{right}");
        }
        assert_eq!(year("l9l8,"), Some("1918".into()));
        assert_eq!(year("(I922)"), Some("1922".into()));
        for right in ["1918", "Ol12", "lOth", "861.51", "II99", "1st", "O9l8"] {
            assert_eq!(year(right), None, "{right}");
        }
    }
}
