//! Notes in plain text: the marks in the text, and the list of notes at its end, in the forms that wikis and archives copy them.
//!
//! A mark counts only when the list has its note, so that `[1868]` stays a year and `[2]` without a note stays text and is reported.

use super::note_kind;
use crate::import::text::{Block, BlockKind, Inline};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A possible mark in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The mark with its brackets.
    pub bytes: Range<usize>,
    /// `1`, `*`.
    pub label: String,
}

const SIGNS: [char; 5] = ['*', '†', '‡', '§', '¹'];
const RAISED: [(char, char); 10] =
    [('⁰', '0'), ('¹', '1'), ('²', '2'), ('³', '3'), ('⁴', '4'), ('⁵', '5'), ('⁶', '6'), ('⁷', '7'), ('⁸', '8'), ('⁹', '9')];

/// Up to three figures, with a letter perhaps, or one to four signs of one kind.
fn is_label(text: &str) -> bool {
    let figures = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = (1..=3).contains(&figures) && matches!(&text[figures..], "" | "a" | "b" | "c" | "*");
    let sign = text.chars().next().filter(|sign| SIGNS.contains(sign));
    number || sign.is_some_and(|sign| text.chars().count() <= 4 && text.chars().all(|letter| letter == sign))
}

/// All that may be marks of notes in a text, in order.
#[must_use]
pub fn marks(text: &str) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut last = ' ';
    let mut skip = 0;
    for (at, letter) in text.char_indices() {
        if at < skip {
            last = letter;
            continue;
        }
        let rest = &text[at..];
        if letter == '['
            && let Some(end) = rest.find(']').filter(|end| *end <= 5)
            && is_label(&rest[1..end])
        {
            out.push(Mark { bytes: at..at + end + 1, label: rest[1..end].to_owned() });
            skip = at + end + 1;
        } else if SIGNS[..3].contains(&letter) && !SIGNS.contains(&last) && at > 0 {
            let length: usize = rest.chars().take_while(|other| *other == letter).map(char::len_utf8).sum();
            let next = rest[length..].chars().next();
            // Only the last sign of a text may stand apart from its word.
            let near = !last.is_whitespace() || next.is_none() && text[..at].trim_end().ends_with(|letter: char| !SIGNS.contains(&letter));
            if near && next.is_none_or(|next| !next.is_alphanumeric() && !SIGNS.contains(&next)) && is_label(&rest[..length]) {
                out.push(Mark { bytes: at..at + length, label: rest[..length].to_owned() });
            }
            skip = at + length;
        } else if RAISED.iter().any(|(raised, _)| *raised == letter) && !last.is_whitespace() && !last.is_ascii_digit() {
            let figures: Vec<(usize, char)> = rest
                .chars()
                .map_while(|letter| RAISED.iter().find(|(raised, _)| *raised == letter).map(|(_, figure)| (letter.len_utf8(), *figure)))
                .collect();
            let length: usize = figures.iter().map(|(length, _)| length).sum();
            out.push(Mark { bytes: at..at + length, label: figures.iter().map(|(_, figure)| *figure).collect() });
            skip = at + length;
        }
        last = letter;
    }
    out
}

/// Numbers that stand directly behind a word or sign, as a copy leaves raised ones: `declaration:1`.
#[must_use]
pub fn flat_marks(text: &str) -> Vec<Mark> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let figures = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if figures == 0 {
            at += 1;
            continue;
        }
        let end = at + figures;
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(end..).and_then(|after| after.chars().next());
        let behind = before.is_some_and(|letter| letter.is_alphabetic() || ".,;:!?”’\")»".contains(letter));
        let ends = after.is_none_or(|letter| letter.is_whitespace() || ",;:!?”’)».".contains(letter));
        if behind && ends && figures <= 2 {
            out.push(Mark { bytes: at..end, label: text[at..end].to_owned() });
        }
        at = end;
    }
    out
}

/// A line without the mark at its end, and that mark.
#[must_use]
pub fn without_last(line: &str) -> (&str, Option<String>) {
    match marks(line).pop().filter(|mark| mark.bytes.end == line.len()) {
        Some(mark) => (line[..mark.bytes.start].trim_end(), Some(mark.label)),
        None => (line, None),
    }
}

/// In which form a line begins a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `[1] text`
    Bracket,
    /// `1. text`
    Stop,
    /// `1) text`
    Parenthesis,
    /// `↑ text`, `- ↑ text`, `1. ↑ text`
    Arrow,
    /// `* text`
    Sign,
    /// `¹ text`
    Raised,
    /// `1 Text`
    Bare,
}

/// The beginning of a note in a line: form, label if it has one, bytes before its text.
#[must_use]
pub fn item(line: &str) -> Option<(Form, Option<String>, usize)> {
    let indent = line.len() - line.trim_start().len();
    let text = &line[indent..];
    let blank = |rest: &str| rest.len() - rest.trim_start().len();
    if let Some(rest) = text.strip_prefix('[') {
        let end = rest.find(']').filter(|end| is_label(&rest[..*end]))?;
        let after = rest[end + 1..].trim_start_matches(':');
        let text_at = line.len() - after.len() + blank(after);
        return (!after.trim().is_empty()).then(|| (Form::Bracket, Some(rest[..end].to_owned()), text_at));
    }
    let bulleted = text.strip_prefix("- ").or_else(|| text.strip_prefix("• ")).unwrap_or(text).trim_start();
    if let Some(rest) = bulleted.strip_prefix('↑').or_else(|| bulleted.strip_prefix("^ ")) {
        let after = without_back_links(rest.trim_start());
        return (!after.trim().is_empty()).then(|| (Form::Arrow, None, line.len() - after.len()));
    }
    let raised: String =
        text.chars().map_while(|letter| RAISED.iter().find(|(raised, _)| *raised == letter).map(|(_, figure)| *figure)).collect();
    if !raised.is_empty() {
        let after = text.trim_start_matches(|letter| RAISED.iter().any(|(raised, _)| *raised == letter)).trim_start();
        return (!after.is_empty()).then(|| (Form::Raised, Some(raised), line.len() - after.len()));
    }
    let figures = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&figures) {
        let rest = &text[figures..];
        if let Some(after) =
            rest.strip_prefix([' ', '\t']).map(str::trim_start).filter(|after| after.starts_with(char::is_uppercase) && figures <= 2)
        {
            return Some((Form::Bare, Some(text[..figures].to_owned()), line.len() - after.len()));
        }
        let form = if rest.starts_with(". ") || rest.starts_with(".\t") {
            Form::Stop
        } else if rest.starts_with(") ") {
            Form::Parenthesis
        } else {
            return None;
        };
        let after = rest[1..].trim_start();
        let label = Some(text[..figures].to_owned());
        if let Some(arrow) = after.strip_prefix('↑') {
            let after = without_back_links(arrow.trim_start());
            return Some((Form::Arrow, label, line.len() - after.len()));
        }
        return (!after.is_empty()).then(|| (form, label, line.len() - after.len()));
    }
    let sign = text.chars().next().filter(|sign| SIGNS[..3].contains(sign))?;
    let length: usize = text.chars().take_while(|letter| *letter == sign).map(char::len_utf8).sum();
    let rest = text[length..].strip_prefix(')').unwrap_or(&text[length..]);
    let after = rest.trim_start();
    let is_note = is_label(&text[..length]) && after.starts_with(|letter: char| !SIGNS.contains(&letter));
    // "*The manuscript…" and "* The manuscript…", but not "* * *".
    is_note.then(|| (Form::Sign, Some(text[..length].to_owned()), line.len() - after.len()))
}

/// A note without the letters or numbers of its several back-links: `1.0 1.1 text`, `a b text`.
fn without_back_links(text: &str) -> &str {
    let mut rest = text;
    let mut count = 0;
    while let Some((word, after)) = rest.split_once(' ') {
        let number = word.split_once('.').is_some_and(|(whole, part)| {
            !whole.is_empty() && !part.is_empty() && whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit())
        });
        let letter = word.len() == 1 && word.as_bytes()[0] == b'a' + u8::try_from(count.min(25)).unwrap_or(0);
        if !(number || letter && (count > 0 || after.starts_with("b "))) {
            break;
        }
        count += 1;
        rest = after.trim_start();
    }
    rest
}

/// The list of notes in the lines of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Its first line, or that of the heading over it.
    pub start: usize,
    /// The heading over it.
    pub heading: Option<usize>,
    /// Marks are numbers directly behind words.
    pub flat: bool,
    /// The notes in order; those before `start` stand between the paragraphs, one line each.
    pub items: Vec<Item>,
}

/// The beginning of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its line.
    pub line: usize,
    /// `1`, `*`.
    pub label: String,
    /// Byte of the line at which its text begins.
    pub text: usize,
}

const HEADINGS: [&str; 8] = ["notes", "footnotes", "endnotes", "references", "примечания", "сноски", "anmerkungen", "note"];

fn is_heading(line: &str) -> bool {
    let words = line.trim().trim_end_matches(':').replace("[edit]", "").replace("[edit source]", "").trim().to_lowercase();
    HEADINGS.contains(&words.as_str()) || words.len() >= 3 && words.chars().all(|letter| matches!(letter, '_' | '-' | '—' | '–'))
}

/// Run starts tried, so that a long numbered text costs no more than its length.
const TRIED: usize = 200;

/// Finds the list of notes, if there is one: the beginning from which most notes have a mark before them.
#[must_use]
pub fn find(lines: &[&str]) -> Option<List> {
    let found: Vec<Option<(Form, Option<String>, usize)>> = lines.iter().map(|line| item(line)).collect();
    let own: Vec<Vec<Mark>> = (lines.iter().zip(&found))
        .map(|(line, item)| {
            let from = item.as_ref().map_or(0, |(_, _, at)| *at);
            marks(&line[from..])
        })
        .collect();
    let starts = (0..lines.len()).filter(|at| {
        let Some((form, ..)) = &found[*at] else { return false };
        let before = (0..*at).rev().find(|before| !lines[*before].trim().is_empty());
        before.is_none_or(|before| found[before].as_ref().is_none_or(|(other, ..)| other != form))
    });
    let starts: Vec<usize> = starts.collect();
    let mut best: Option<(i64, List)> = None;
    for start in starts.iter().rev().take(TRIED).rev() {
        if let Some((score, list)) = candidate(lines, &found, &own, *start)
            && best.as_ref().is_none_or(|(known, _)| score > *known)
        {
            best = Some((score, list));
        }
    }
    let mut list = best.map(|(_, list)| list)?;
    // Notes with signs before the numbered ones: directly above the list, or below the paragraph they belong to.
    let floor = list.start;
    let mut touching = true;
    for at in (0..floor).rev().filter(|at| !lines[*at].trim().is_empty()) {
        let Some((Form::Sign, Some(label), text)) = &found[at] else {
            touching = false;
            continue;
        };
        let led = own[..at].iter().flatten().any(|mark| mark.label == *label);
        if led && (touching || note_kind::is_signed(lines[at])) {
            list.items.insert(0, Item { line: at, label: label.clone(), text: *text });
            if touching && list.heading.is_none() {
                list.start = at;
            }
        }
    }
    Some(list)
}

fn candidate(lines: &[&str], found: &[Option<(Form, Option<String>, usize)>], own: &[Vec<Mark>], start: usize) -> Option<(i64, List)> {
    let (form, ..) = found[start].as_ref()?;
    let flat = *form == Form::Bare;
    let behind: Vec<Mark> = if flat { lines[..start].iter().flat_map(|line| flat_marks(line)).collect() } else { Vec::new() };
    let before: BTreeSet<&str> = own[..start].iter().flatten().chain(&behind).map(|mark| mark.label.as_str()).collect();
    let heading = (0..start).rev().find(|at| !lines[*at].trim().is_empty()).filter(|at| is_heading(lines[*at]));
    let signs = before.iter().any(|label| label.starts_with(SIGNS));
    let mut items: Vec<Item> = Vec::new();
    for (at, item) in found.iter().enumerate().skip(start) {
        let Some((other, label, text)) = item else { continue };
        if other == form || signs && *other == Form::Sign {
            let label = label.clone().unwrap_or_else(|| (items.len() + 1).to_string());
            items.push(Item { line: at, label, text: *text });
        }
    }
    let matched = items.iter().filter(|item| before.contains(item.label.as_str())).count();
    let after = own[start..].iter().flatten().filter(|mark| before.contains(mark.label.as_str())).count();
    let clear = heading.is_some() && matches!(form, Form::Bracket | Form::Arrow | Form::Stop)
        || matches!(form, Form::Bracket | Form::Arrow) && start > 0;
    // Numbers without any sign are told from others by being all there.
    let counted = (1..).zip(&items).all(|(number, item): (usize, _)| item.label == number.to_string());
    if matched == 0 && !clear || flat && (matched < items.len() || !counted) {
        return None;
    }
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    // A heading decides between equals; text with marks after the first note was no list of notes.
    let usual = match form {
        Form::Bracket | Form::Arrow => 3,
        Form::Stop | Form::Sign | Form::Raised => 1,
        Form::Parenthesis | Form::Bare => 0,
    };
    let score =
        number(matched) * 4 + usual + i64::from(heading.is_some()) * 2 - number(after) * 4 - number(items.len().saturating_sub(matched));
    Some((score, List { start: heading.unwrap_or(start), heading, flat, items }))
}

/// Puts notes in the place of their marks.
#[derive(Debug, Default)]
pub struct Placing {
    /// Mark → labels of its notes, in the order of the list.
    pub notes: BTreeMap<String, Vec<String>>,
    /// Marks are numbers directly behind words.
    pub flat: bool,
    /// How often each mark was met.
    pub met: BTreeMap<String, usize>,
    /// Labels to which a mark led.
    pub placed: BTreeSet<String>,
    /// Marks without a note.
    pub loose: Vec<String>,
    /// Blanks before marks that were taken out.
    pub blanks: usize,
    /// The marks as they stood.
    pub said: String,
}

impl Placing {
    /// Replaces the marks in blocks.
    pub fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Paragraph(text) | BlockKind::Heading(_, text) => self.inlines(text),
                BlockKind::Quote(blocks) => self.blocks(blocks),
                BlockKind::Bullets(items) => items.iter_mut().for_each(|blocks| self.blocks(blocks)),
                BlockKind::Numbered(_, items) => items.iter_mut().for_each(|(_, blocks)| self.blocks(blocks)),
                BlockKind::Table(_, rows) => rows.iter_mut().flatten().for_each(|cell| self.inlines(cell)),
                BlockKind::Stars | BlockKind::Code(_) => {}
            }
        }
    }

    fn inlines(&mut self, text: &mut Vec<Inline>) {
        let mut out = Vec::with_capacity(text.len());
        for inline in text.drain(..) {
            match inline {
                Inline::Text(words) => self.words(&words, &mut out),
                Inline::Emphasis(mut inner) => {
                    self.inlines(&mut inner);
                    out.push(Inline::Emphasis(inner));
                }
                Inline::Strong(mut inner) => {
                    self.inlines(&mut inner);
                    out.push(Inline::Strong(inner));
                }
                other => out.push(other),
            }
        }
        *text = out;
    }

    fn words(&mut self, words: &str, out: &mut Vec<Inline>) {
        let mut from = 0;
        let found = if self.flat { flat_marks(words) } else { marks(words) };
        for mark in found {
            let Some(labels) = self.notes.get(&mark.label) else {
                if mark.label.bytes().all(|byte| byte.is_ascii_digit()) && words[mark.bytes.clone()].starts_with('[') {
                    self.loose.push(mark.label);
                }
                continue;
            };
            let count = self.met.entry(mark.label.clone()).or_default();
            let Some(label) = labels.get((*count).min(labels.len().saturating_sub(1))).cloned() else { continue };
            *count += 1;
            let before = &words[from..mark.bytes.start];
            // "a mark [1] , and": the blank is the copying's.
            let kept = if from < mark.bytes.start && before.ends_with(' ') && !before.trim_end().is_empty() {
                self.blanks += 1;
                before.trim_end()
            } else {
                before
            };
            if !kept.is_empty() {
                out.push(Inline::Text(kept.to_owned()));
            }
            self.said.push_str(&words[mark.bytes.clone()]);
            out.push(Inline::Note(label.clone()));
            self.placed.insert(label);
            from = mark.bytes.end;
            let rest = &words[from..];
            let next = rest.trim_start_matches(' ');
            if next.len() < rest.len() && next.starts_with([';', ',', '.', ':', '!', '?', ')']) && !next.starts_with("...") {
                self.blanks += 1;
                from = words.len() - next.len();
            }
        }
        if from < words.len() {
            out.push(Inline::Text(words[from..].to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<String> {
        marks(text).into_iter().map(|mark| mark.label).collect()
    }

    #[test]
    fn marks_of_several_forms_are_seen() {
        assert_eq!(
            labels("members.[1] in [1868] and [1977], today[2] ; so[**], paper* and more.† Of 1 * 2 * 3 no"),
            ["1", "2", "**", "*", "†"]
        );
        assert_eq!(labels("word¹² and 10² metres"), ["12"]);
        assert_eq!(labels("* * *"), Vec::<String>::new());
    }

    #[test]
    fn lines_that_begin_notes() {
        let cases = [
            ("  1. On April 24", Some((Form::Stop, Some("1"), "On April 24"))),
            ("[1] See", Some((Form::Bracket, Some("1"), "See"))),
            ("- ↑ Besides", Some((Form::Arrow, None, "Besides"))),
            ("2. ↑ 2.0 2.1 Twice", Some((Form::Arrow, Some("2"), "Twice"))),
            ("↑ a b Twice", Some((Form::Arrow, None, "Twice"))),
            ("** The manuscript", Some((Form::Sign, Some("**"), "The manuscript"))),
            ("* * *", None),
            ("1922. The year", None),
            ("1) The fundamental", Some((Form::Parenthesis, Some("1"), "The fundamental"))),
        ];
        for (line, expected) in cases {
            let found = item(line);
            let shown = found.as_ref().map(|(form, label, at)| (*form, label.as_deref(), &line[*at..]));
            assert_eq!(shown, expected, "{line}");
        }
    }

    #[test]
    fn a_list_of_the_text_is_no_list_of_notes() {
        let lines =
            ["Two trumps:[1]", "", "1. The treaty.[2]", "2. The property.", "", "Enough.", "", "1. On April 24", "Lenin’s words", "2. See"];
        let list = find(&lines).expect("there are notes");
        assert_eq!(list.items.iter().map(|item| (item.line, item.label.as_str())).collect::<Vec<_>>(), [(7, "1"), (9, "2")]);
        assert_eq!(find(&["Only text.", "", "1. A point", "2. Another"]), None);
    }
}
