//! Marks of notes that are typed in another way than this program reads them, so that they would be printed as they stand: `word[1]`, `^[2]`,
//! `[3^]`, `[^ 4]` and `[^5` without its bracket.
//!
//! Sees passages, where all that was read as a mark is gone. A bare `[1]` may belong to the text, so it needs evidence: the numbers begin at 1 and
//! follow each other behind words, or a paragraph further down begins with the number. Linear in the text.

use super::markdown::{Event, EventKind};
use super::notes::Definition;
use crate::base::path::ContentPath;
use crate::base::span::Span;
use crate::base::text::window;
use crate::diag::{Code, Diagnostic, Label};
use crate::proof::{Passage, PassageKind};
use std::collections::{BTreeMap, BTreeSet};

/// Longest label of a mark, in bytes.
const LABEL: usize = 20;
/// Longest words of a note within the line, in bytes.
const INLINE: usize = 2000;
/// Highest number that a bare bracket may have.
const HIGHEST: u32 = 999;
/// Other marks that are shown with the first.
const SHOWN: usize = 3;

/// Findings that are shown of a file with many of them, which has one fault.
const MOST: usize = 50;

/// Looks through all passages.
pub(super) fn run(file: &ContentPath, text: &str, passages: &[Passage], notes: &Written<'_>, findings: &mut Vec<Diagnostic>) {
    let unused = notes.unused();
    let mut own = Vec::new();
    for passage in passages {
        for (at, sign) in passage.text.match_indices(['[', '^']) {
            let slip = match sign {
                "[" => bracket(&passage.text, at),
                _ => within(&passage.text, at),
            };
            let Some((end, message, help)) = slip else { continue };
            // Of a note that nothing refers to, its own finding names this place.
            let label = passage.text[at..end].trim_matches(['[', ']', '^', ' ']);
            if sign == "[" && passage.text[..end].ends_with(']') && unused.contains(label) {
                continue;
            }
            if let Some(span) = typed(text, passage, at, end) {
                own.push(Diagnostic::new(Code::UnreadMarkup, message, Label::new(file, span)).help(help));
            }
        }
    }
    let more = own.len().saturating_sub(MOST);
    own.truncate(MOST);
    if let (Some(last), true) = (own.last_mut(), more > 0) {
        last.help.push(format!("mend these first: there are {more} more marks of this kind in the file"));
    }
    findings.extend(own);
    numbers(file, text, passages, notes.definitions, findings);
}

/// The notes of a document and its text, as events.
pub(super) struct Written<'a> {
    pub(super) definitions: &'a [Definition],
    pub(super) body: &'a [Event],
}

impl Written<'_> {
    /// Labels of notes that no mark refers to.
    fn unused(&self) -> BTreeSet<&str> {
        let events = self.body.iter().chain(self.definitions.iter().flat_map(|definition| &definition.events));
        let used: BTreeSet<&str> = events
            .filter_map(|event| match &event.kind {
                EventKind::NoteRef(label) => Some(label.as_str()),
                _ => None,
            })
            .collect();
        self.definitions.iter().map(|definition| definition.label.value.0.as_str()).filter(|label| !used.contains(label)).collect()
    }
}

/// End of what is wrong, what it is, and what to type.
type Slip = (usize, String, String);

/// `[^5` and `[^ 5 ]` and `[5^]`.
fn bracket(words: &str, at: usize) -> Option<Slip> {
    let near = window(&words[at + 1..], LABEL + 4);
    let Some(behind) = near.strip_prefix('^') else {
        let label = near.get(..near.find("^]")?).filter(|label| is_label(label))?;
        let message = format!("`[{label}^]` is not read as the mark of a note");
        return Some((at + label.len() + 3, message, format!("the sign stands first: type `[^{label}]`")));
    };
    let start = behind.trim_start_matches(' ');
    let label = &start[..start.find(|letter: char| !is_of_label(letter)).unwrap_or(start.len())];
    let rest = &start[label.len()..];
    let closed = rest.trim_start_matches(' ').starts_with(']');
    if !is_label(label) || closed && rest.starts_with(']') && start.len() == behind.len() {
        return None;
    }
    if closed {
        let end = at + 2 + behind.find(']')? + 1;
        let message = "a blank stands in the mark of a note, and it is not read as one".to_owned();
        return Some((end, message, format!("type `[^{label}]`")));
    }
    // A bracket that opens and never closes is no mark, if the label is a word and words follow.
    let number = label.starts_with(|letter: char| letter.is_ascii_digit());
    if rest.starts_with(']') || start.len() < behind.len() || !(number || rest.is_empty()) {
        return None;
    }
    let end = at + 2 + label.len();
    Some((end, format!("the mark `[^{label}` is not closed"), format!("type `[^{label}]`")))
}

/// `^[5]`, and `^[words of a note]` as Pandoc reads them.
fn within(words: &str, at: usize) -> Option<Slip> {
    let inner = window(&words[at + 1..], INLINE).strip_prefix('[')?;
    let end = inner.find([']', '['])?;
    if !inner[end..].starts_with(']') || end == 0 {
        return None;
    }
    let label = &inner[..end];
    let close = at + 2 + end + 1;
    if is_label(label) && label.starts_with(|letter: char| letter.is_ascii_digit()) {
        let message = format!("`^[{label}]` is not read as the mark of a note");
        return Some((close, message, format!("the sign stands within the brackets: type `[^{label}]`")));
    }
    let message = "a note within the line is not read: its words are shown in the text".to_owned();
    let help = "type a mark here, as `[^1]`, and the words below the paragraph: `[^1]: words of the note`".to_owned();
    Some((close, message, help))
}

/// Bare numbers in brackets that are marks of notes by their place and order.
fn numbers(file: &ContentPath, text: &str, passages: &[Passage], definitions: &[Definition], findings: &mut Vec<Diagnostic>) {
    let defined: BTreeSet<&str> = definitions.iter().map(|definition| definition.label.value.0.as_str()).collect();
    let mut marks: Vec<(u32, Span)> = Vec::new();
    let mut words: BTreeMap<u32, Span> = BTreeMap::new();
    for passage in passages.iter().filter(|passage| passage.kind != PassageKind::Cell) {
        for (at, _) in passage.text.match_indices('[') {
            let Some((number, end)) = bare(&passage.text, at).filter(|(number, _)| !defined.contains(number.to_string().as_str())) else {
                continue;
            };
            let Some(span) = typed(text, passage, at, end) else { continue };
            if at == 0 && passage.note == 0 && !passage.text[end..].trim().is_empty() {
                words.entry(number).or_insert(span);
            } else if is_raised(&passage.text, at) {
                marks.push((number, span));
            }
        }
    }
    let follow = marks.iter().try_fold(0, |last, (number, _)| (*number <= last + 1).then_some(last.max(*number)));
    let written = |number: u32| words.get(&number).copied();
    let meant: Vec<(u32, Span)> =
        marks.iter().copied().filter(|(number, place)| follow.is_some() || written(*number).is_some_and(|note| note > *place)).collect();
    let Some(((number, place), others)) = meant.split_first() else { return };
    let message = match others.len() {
        0 => format!("`[{number}]` stands where the mark of a note would, and is not read as one"),
        more => format!("`[{number}]` and {more} more stand where marks of notes would, and are not read as such"),
    };
    let mut finding = Diagnostic::new(Code::UnreadMarkup, message, Label::new(file, *place));
    finding.others.extend(others.iter().take(SHOWN).map(|(_, span)| Label::new(file, *span).saying("and here")));
    finding = match written(*number) {
        Some(span) => finding
            .also(Label::new(file, span).saying("these may be its words"))
            .help(format!("type `[^{number}]` in the text and `[^{number}]:` before the words of the note")),
        None => finding.help(format!("type `[^{number}]`, and below the paragraph `[^{number}]: words of the note`")),
    };
    findings.push(finding.help(format!("type `\\[{number}]` if it belongs to the text")));
}

/// A number in brackets, and its end.
fn bare(words: &str, at: usize) -> Option<(u32, usize)> {
    let inner = window(&words[at + 1..], 4);
    let figures = &inner[..inner.find(']')?];
    let plain = figures.starts_with(|letter: char| matches!(letter, '1'..='9')) && figures.bytes().all(|byte| byte.is_ascii_digit());
    let number = figures.parse().ok().filter(|number| plain && *number <= HIGHEST)?;
    Some((number, at + figures.len() + 2))
}

/// Directly behind the letters of a word or the stop after it, and not within a word: `192[2]` and `N[1]colas` are readings.
fn is_raised(words: &str, at: usize) -> bool {
    let mut before =
        words[..at].chars().rev().skip_while(|letter| matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | '”' | '"' | '’' | '»' | ')'));
    let word: Vec<char> = before.by_ref().take(3).collect();
    let after = words[at..].find(']').and_then(|end| words[at + end + 1..].chars().next());
    word.len() == 3 && word.iter().all(|letter| letter.is_alphabetic()) && !after.is_some_and(|letter| letter.is_alphanumeric())
}

/// The place of what was typed so; `None` when a backslash or an entity says that it is meant.
fn typed(text: &str, passage: &Passage, from: usize, to: usize) -> Option<Span> {
    let span = passage.span(from, to);
    let meant = span.start > 0 && text.as_bytes().get(span.start as usize - 1) == Some(&b'\\');
    (text.get(span.range()) == passage.text.get(from..to) && !meant).then_some(span)
}

fn is_label(label: &str) -> bool {
    !label.is_empty() && label.len() <= LABEL && label.chars().all(is_of_label)
}

fn is_of_label(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '*' | '-')
}
