//! The inside of `[see @a, pp. 5–7; also @b]` in Pandoc's grammar (Pandoc User's Guide, "Citation syntax").
//!
//! Words are kept as typed; what a key means is for `resolve` to say.

use super::locator;
use crate::base::span::{Span, Spanned};
use crate::base::text::squeeze;
use crate::model::annotation::{Citation, Cite};

/// Longest run of letters searched for a key before a bracket.
const LONGEST_KEY: usize = 200;

/// Whether the inside of brackets holds a key: `@` at the beginning of a word, followed by a key.
#[must_use]
pub fn is_citation(inner: &str) -> bool {
    inner.match_indices('@').any(|(at, _)| key_at(inner, at).is_some())
}

/// The key whose `@` stands at byte `at`, as the bytes of the whole mark and of the key in it.
#[must_use]
pub fn key_at(text: &str, at: usize) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '\\' | '_' | '.' | '@' | '/' | '%' | '+')) {
        return None;
    }
    let rest = text.get(at + 1..)?;
    if let Some(inside) = rest.strip_prefix('{') {
        let close = inside.find(['}', '{', '\n']).filter(|close| *close > 0 && inside.as_bytes()[*close] == b'}')?;
        return Some((at..at + close + 3, at + 2..at + 2 + close));
    }
    let length = key_length(rest);
    (length > 0).then(|| (at..at + 1 + length, at + 1..at + 1 + length))
}

/// Letters, digits and `_`, with single marks of punctuation between them.
fn key_length(text: &str) -> usize {
    let mut end = 0;
    let mut punctuation = false;
    for (at, letter) in text.char_indices() {
        if letter.is_alphanumeric() || letter == '_' {
            end = at + letter.len_utf8();
            punctuation = false;
        } else if end > 0 && !punctuation && ":.#$%&-+?<>~/".contains(letter) {
            punctuation = true;
        } else {
            break;
        }
    }
    end
}

/// The start of the `@key` that ends just before the bracket at `bracket`, with one blank between: `@key [p. 3]`.
#[must_use]
pub fn key_before(text: &str, bracket: usize) -> Option<usize> {
    let end = text.get(..bracket)?.strip_suffix(' ')?.len();
    let mut floor = end.saturating_sub(LONGEST_KEY);
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    let at = floor + text[floor..end].rfind('@')?;
    bare_key_at(text, at).filter(|(whole, _)| whole.end == end).map(|_| at)
}

/// As [`key_at`] for a key in running text, where it must begin with a letter: `@ 5s.` and `@5` are prices.
#[must_use]
pub fn bare_key_at(text: &str, at: usize) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    key_at(text, at).filter(|(_, key)| text[key.clone()].chars().next().is_some_and(|letter| letter.is_alphabetic() || letter == '_'))
}

/// What a citation says, and the pieces that hold no key.
#[derive(Debug)]
pub struct CitationReading {
    /// The cites that could be read.
    pub citation: Citation,
    /// Pieces between semicolons without a key.
    pub keyless: Vec<Span>,
}

/// Reads the bytes `span` of `text`: `[…]`, or with `in_text` `@key` or `@key […]`.
#[must_use]
pub fn read(text: &str, span: Span, in_text: bool) -> CitationReading {
    let mut reading = CitationReading { citation: Citation { cites: Vec::new(), in_text, covered: false }, keyless: Vec::new() };
    let range = span.range();
    let mut rest = range.start + 1..range.end.saturating_sub(1);
    if in_text {
        let Some((whole, key)) = key_at(text, range.start) else { return reading };
        let mut cite = Cite {
            key: Spanned::new(text[key.clone()].to_owned(), key.into()),
            prefix: String::new(),
            locators: Vec::new(),
            suffix: String::new(),
            suppress_author: false,
        };
        if whole.end + 2 <= range.end {
            // The first piece in the bracket belongs to the key before it, unless it has its own.
            rest = whole.end + 2..range.end.saturating_sub(1);
            let first = pieces(text, rest.clone()).next().unwrap_or(rest.clone());
            if !is_citation(&text[first.clone()]) {
                (cite.locators, cite.suffix) = locator::read(&tidy(&text[first.clone()]));
                rest = (first.end + 1).min(rest.end)..rest.end;
            }
        } else {
            rest = range.end..range.end;
        }
        reading.citation.cites.push(cite);
        if rest.is_empty() {
            return reading;
        }
    }
    for piece in pieces(text, rest) {
        match cite(text, piece.clone()) {
            Some(cite) => reading.citation.cites.push(cite),
            None => reading.keyless.push(piece.into()),
        }
    }
    reading
}

/// Pieces between semicolons, those in braces and after a backslash apart.
fn pieces(text: &str, range: std::ops::Range<usize>) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut at = range.start;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let begin = at;
        let (mut braces, mut escaped) = (0_usize, false);
        for (offset, byte) in text[begin..range.end].bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'{' => braces += 1,
                b'}' => braces = braces.saturating_sub(1),
                b';' if braces == 0 => {
                    at = begin + offset + 1;
                    return Some(begin..begin + offset);
                }
                _ => {}
            }
        }
        done = true;
        Some(begin..range.end)
    })
}

fn cite(text: &str, piece: std::ops::Range<usize>) -> Option<Cite> {
    let typed = &text[piece.clone()];
    let (whole, key) = typed.match_indices('@').find_map(|(at, _)| key_at(typed, at))?;
    let before = &typed[..whole.start];
    let suppress_author = before.ends_with('-') && !before[..before.len() - 1].ends_with(char::is_alphanumeric);
    let prefix = if suppress_author { &before[..before.len() - 1] } else { before };
    let (locators, suffix) = locator::read(&tidy(&typed[whole.end..]));
    Some(Cite {
        key: Spanned::new(typed[key.clone()].to_owned(), Span::from(key).shifted(piece.start)),
        prefix: tidy(prefix),
        locators,
        suffix,
        suppress_author,
    })
}

/// White space as single blanks, without the `>` of a quotation at line starts and without backslashes before punctuation.
fn tidy(typed: &str) -> String {
    let out = one_line(typed);
    let mut plain = String::with_capacity(out.len());
    let mut letters = out.chars().peekable();
    while let Some(letter) = letters.next() {
        match letters.peek() {
            Some(next) if letter == '\\' && next.is_ascii_punctuation() => {}
            _ => plain.push(letter),
        }
    }
    squeeze(&plain)
}

/// What was typed, on one line and without the `>` of a quotation at line starts.
#[must_use]
pub fn one_line(typed: &str) -> String {
    let mut lines = typed.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push(' ');
        out.push_str(line.trim_start_matches([' ', '\t', '>']));
    }
    squeeze(&out)
}
