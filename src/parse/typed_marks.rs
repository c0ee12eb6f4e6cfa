//! Marks of notes that are typed in another way than this program reads them, so that they would be printed as they stand: `word[1]`, `^[2]`,
//! `[3^]`, `[^ 4]` and `[^5` without its bracket; `word[i]` and `word¹`, where a paragraph below begins with the same; `\[\^6\]`.
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
            if sign == "[" && unused.contains(label) {
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
    escaped(file, text, findings);
}

/// `\\[\\^1\\]`: marks that another program has made safe, so that they are printed.
fn escaped(file: &ContentPath, text: &str, findings: &mut Vec<Diagnostic>) {
    let mark = |(at, sign): (usize, &str)| {
        let behind = window(&text[at + sign.len()..], LABEL + 2);
        let label = &behind[..behind.find(['\\', ']'])?];
        let close = behind[label.len()..].trim_start_matches('\\').starts_with(']');
        let length = sign.len() + label.len() + behind[label.len()..].find(']').unwrap_or(0) + 1;
        (close && is_label(label)).then(|| (label, Span::new(at, at + length)))
    };
    let mut marks = text.match_indices("\\[\\^").filter_map(mark);
    let Some((label, place)) = marks.next() else { return };
    let more = match marks.count() {
        0 => String::new(),
        more => format!(", and so are {more} more"),
    };
    let message = format!("this mark of a note has backslashes, and is printed as it stands{more}");
    findings.push(Diagnostic::new(Code::UnreadMarkup, message, Label::new(file, place)).help(format!("type `[^{label}]`")));
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

/// A mark that is none to Markdown: `[1]`, `[ii]`, `³`.
struct Bare<'p> {
    number: u32,
    /// As typed.
    typed: &'p str,
    end: usize,
    /// A number in brackets may be a mark by its order alone; the others need the words of their note.
    plain: bool,
}

/// Bare numbers that are marks of notes by their place and order.
fn numbers(file: &ContentPath, text: &str, passages: &[Passage], definitions: &[Definition], findings: &mut Vec<Diagnostic>) {
    let defined: BTreeSet<&str> = definitions.iter().map(|definition| definition.label.value.0.as_str()).collect();
    let mut marks: Vec<(Bare<'_>, Span)> = Vec::new();
    let mut words: BTreeMap<(u32, bool), Span> = BTreeMap::new();
    for passage in passages.iter().filter(|passage| passage.kind != PassageKind::Cell) {
        for (at, _) in passage.text.match_indices(['[', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']) {
            let Some(bare) = bare(&passage.text, at).filter(|bare| !defined.contains(bare.number.to_string().as_str())) else { continue };
            let Some(span) = typed(text, passage, at, bare.end) else { continue };
            if at == 0 && passage.note == 0 && !passage.text[bare.end..].trim().is_empty() {
                words.entry((bare.number, bare.plain)).or_insert(span);
            } else if is_raised(&passage.text, at, bare.end) {
                marks.push((bare, span));
            }
        }
    }
    let mut plain = marks.iter().filter(|(bare, _)| bare.plain);
    let follow = plain.try_fold(0, |last, (bare, _)| (bare.number <= last + 1).then_some(last.max(bare.number)));
    let written = |bare: &Bare<'_>| words.get(&(bare.number, bare.plain)).copied();
    let is_meant = |(bare, place): &&(Bare<'_>, Span)| follow.is_some() && bare.plain || written(bare).is_some_and(|note| note > *place);
    let meant: Vec<&(Bare<'_>, Span)> = marks.iter().filter(is_meant).collect();
    let Some(((bare, place), others)) = meant.split_first().map(|(first, others)| (*first, others)) else { return };
    let (mark, number) = (bare.typed, bare.number);
    let message = match others.len() {
        0 => format!("`{mark}` stands where the mark of a note would, and is not read as one"),
        more => format!("`{mark}` and {more} more stand where marks of notes would, and are not read as such"),
    };
    let mut finding = Diagnostic::new(Code::UnreadMarkup, message, Label::new(file, *place));
    finding.others.extend(others.iter().take(SHOWN).map(|(_, span)| Label::new(file, *span).saying("and here")));
    finding = match written(bare) {
        Some(span) => finding
            .also(Label::new(file, span).saying("these may be its words"))
            .help(format!("type `[^{number}]` in the text and `[^{number}]:` before the words of the note")),
        None => finding.help(format!("type `[^{number}]`, and below the paragraph `[^{number}]: words of the note`")),
    };
    let kept = if mark.starts_with('[') {
        format!("type `\\{mark}` if it belongs to the text")
    } else {
        "leave it if it belongs to the text".to_owned()
    };
    findings.push(finding.help(kept));
}

/// Reads a mark that begins at `at`.
fn bare(words: &str, at: usize) -> Option<Bare<'_>> {
    let whole = |length: usize, number: Option<u32>, plain: bool| {
        number.filter(|number| (1..=HIGHEST).contains(number)).map(|number| Bare {
            number,
            typed: &words[at..at + length],
            end: at + length,
            plain,
        })
    };
    if let Some(inner) = window(&words[at..], 8).strip_prefix('[') {
        let label = &inner[..inner.find(']')?];
        let plain = label.len() <= 3 && label.starts_with(|letter: char| matches!(letter, '1'..='9'));
        return match plain {
            true => whole(label.len() + 2, label.parse().ok(), true),
            false => whole(label.len() + 2, roman(label), false),
        };
    }
    let raised: String = words[at..].chars().take(3).map_while(raised).collect();
    let length = words[at..].chars().take(raised.len()).map(char::len_utf8).sum();
    whole(length, raised.parse().ok(), false)
}

/// A number under forty in small Roman figures, as word processors number endnotes.
fn roman(label: &str) -> Option<u32> {
    let tens = label.len() - label.trim_start_matches('x').len();
    let ones = match &label[tens..] {
        "" => 0,
        "i" => 1,
        "ii" => 2,
        "iii" => 3,
        "iv" => 4,
        "v" => 5,
        "vi" => 6,
        "vii" => 7,
        "viii" => 8,
        "ix" => 9,
        _ => return None,
    };
    (tens < 4).then(|| 10 * u32::try_from(tens).unwrap_or(0) + ones)
}

fn raised(letter: char) -> Option<char> {
    Some(match letter {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from_digit(u32::from(letter) - u32::from('⁴') + 4, 10)?,
        _ => return None,
    })
}

/// Directly behind the letters of a word or the stop after it, and not within a word: `192[2]` and `N[1]colas` are readings.
fn is_raised(words: &str, at: usize, end: usize) -> bool {
    let mut before =
        words[..at].chars().rev().skip_while(|letter| matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | '”' | '"' | '’' | '»' | ')'));
    let word: Vec<char> = before.by_ref().take(3).collect();
    let after = words[end..].chars().next();
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
