//! Brackets that Markdown leaves as text but an editor meant: annotations around annotations, notes that are not written, keys in running text.
//!
//! Markdown forbids links in links, so of `[[Chicherin](person:chicherin)’s note](<sic:his note>)` only the inner one is read by the parser;
//! the outer is mended here, for our own schemes and around notes only. One pass over the events, linear in the text.

use super::annotation;
use super::citation;
use super::markdown::{Event, EventKind, Tag};
use super::unread;
use crate::base::path::ContentPath;
use crate::base::span::Span;
use crate::base::text::window;
use crate::diag::{Code, Diagnostic, Label};

/// Longest target with title, and longest citation around brackets, in bytes.
const LONGEST: usize = 2000;

/// Mends the events of the whole file `text`.
#[must_use]
pub fn mend(events: Vec<Event>, text: &str, file: &ContentPath, findings: &mut Vec<Diagnostic>) -> Vec<Event> {
    let mut mending = Mending { text, file, findings, out: Vec::with_capacity(events.len()), openers: Vec::new(), depth: 0 };
    let mut at = 0;
    // Bytes before this one were used by a mended target.
    let mut from = 0;
    while at < events.len() {
        let event = &events[at];
        match &event.kind {
            EventKind::Open(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                while at < events.len() && events[at].kind != EventKind::Close {
                    mending.out.push(events[at].clone());
                    at += 1;
                }
                mending.out.extend(events.get(at).cloned());
                mending.openers.clear();
            }
            EventKind::Text(words) if text.get(event.span.range()) == Some(words) => {
                from = mending.words(&events, at, from.max(event.span.range().start));
                at = used(&events, at, from);
            }
            EventKind::Bracket => mending.bracket(event.span),
            _ => mending.other(event),
        }
        at += 1;
    }
    mending.out
}

/// A `[` that stands as text.
struct Opener {
    /// Its event.
    index: usize,
    /// Depth at which it stands.
    depth: usize,
    at: usize,
}

struct Mending<'a, 'f> {
    text: &'a str,
    file: &'a ContentPath,
    findings: &'f mut Vec<Diagnostic>,
    out: Vec<Event>,
    openers: Vec<Opener>,
    depth: usize,
}

impl Mending<'_, '_> {
    fn other(&mut self, event: &Event) {
        match &event.kind {
            EventKind::Open(tag) => {
                if !tag.is_inline() {
                    self.openers.clear();
                }
                self.depth += 1;
            }
            EventKind::Close => {
                self.depth = self.depth.saturating_sub(1);
                while self.openers.last().is_some_and(|opener| opener.depth > self.depth) {
                    self.openers.pop();
                }
            }
            _ => {}
        }
        self.out.push(event.clone());
    }

    fn push_text(&mut self, from: usize, to: usize) {
        if from < to {
            self.out.push(Event { kind: EventKind::Text(self.text[from..to].to_owned()), span: Span::new(from, to) });
        }
    }

    /// A bracket that the parser offered: the locator of a key before it, or a citation of its own.
    fn bracket(&mut self, span: Span) {
        let before = citation::key_before(self.text, span.start as usize);
        let key = before.filter(|at| matches!(self.out.last(), Some(Event { kind: EventKind::Text(_), span: last }) if last.end == span.start && last.start as usize > *at));
        if let Some(at) = key {
            // The blank between the two was pushed as text after the key's own event.
            self.out.pop();
            if let Some(Event { kind: EventKind::Citation { in_text: true }, span: before }) = self.out.last_mut()
                && before.start as usize == at
            {
                before.end = span.end;
                return;
            }
            self.push_text(span.start as usize - 1, span.start as usize);
        }
        let inner = self.text.get(span.start as usize + 1..(span.end as usize).saturating_sub(1)).unwrap_or_default();
        let kind = if citation::is_citation(inner) { EventKind::Citation { in_text: false } } else { EventKind::Bracket };
        self.out.push(Event { kind, span });
    }

    /// Reads the words of the event at `index` from byte `from`; returns the first byte that is still unread, beyond the event when a target was mended.
    fn words(&mut self, events: &[Event], index: usize, from: usize) -> usize {
        let span = events[index].span.range();
        let end = span.end;
        let escaped_at = (span.start > 0 && self.text.as_bytes()[span.start - 1] == b'\\').then_some(span.start);
        // `\[@x]` and `\[-@x]` are typed by those who want no citation.
        let bracket_escaped = |at: usize| escaped_at.is_some_and(|begin| matches!(&self.text[begin..at], "[" | "[-"));
        let (mut done, mut at) = (from, from);
        while let Some(offset) = self.text.get(at..end).and_then(|rest| rest.find(['[', ']', '@'])) {
            at += offset;
            if escaped_at == Some(at) || bracket_escaped(at) {
                at += 1;
                continue;
            }
            match self.text.as_bytes()[at] {
                b'[' => {
                    self.push_text(done, at);
                    let length = note_label(&self.text[at..end]);
                    if let Some(length) = length {
                        let label = self.text[at + 2..at + length - 1].to_owned();
                        self.out.push(Event { kind: EventKind::NoteRef(label), span: Span::new(at, at + length) });
                        at += length;
                    } else {
                        self.openers.push(Opener { index: self.out.len(), depth: self.depth, at });
                        self.push_text(at, at + 1);
                        at += 1;
                    }
                    done = at;
                }
                b']' => {
                    if let Some(next) = self.closed(events, index, at, done) {
                        if next >= end {
                            return next;
                        }
                        at = next;
                        done = next;
                    } else {
                        at += 1;
                    }
                }
                _ => match citation::bare_key_at(&self.text[span.start..end], at - span.start) {
                    Some((whole, _)) => {
                        self.push_text(done, at);
                        done = span.start + whole.end;
                        self.out.push(Event { kind: EventKind::Citation { in_text: true }, span: Span::new(at, done) });
                        at = done;
                    }
                    None => at += 1,
                },
            }
        }
        self.push_text(done, end);
        end.max(from)
    }

    /// A `]` in the text: the end of an annotation or citation that the parser could not read. Returns where reading goes on.
    fn closed(&mut self, events: &[Event], index: usize, at: usize, done: usize) -> Option<usize> {
        let target = if self.text.as_bytes().get(at + 1) == Some(&b'(') { tail(&self.text[at + 1..]) } else { None };
        let opener = self.openers.pop_if(|opener| opener.depth == self.depth);
        let Some(opener) = opener else {
            self.unreadable(at, target.is_some(), false);
            return None;
        };
        if let Some((target, title, length)) = target {
            let end = at + 1 + length;
            let ours = annotation::scheme(&target).is_some_and(annotation::is_ours);
            let inner = &self.out[opener.index..];
            let linked = inner.iter().any(|event| matches!(event.kind, EventKind::Open(Tag::Link { .. }) | EventKind::Citation { .. }));
            let noted = inner.iter().any(|event| matches!(event.kind, EventKind::NoteRef(_)));
            if (ours || noted && !linked) && whole_events(events, index, end) {
                self.push_text(done, at);
                let span = Span::new(opener.at, end);
                self.out[opener.index] = Event { kind: EventKind::Open(Tag::Link { target, title }), span };
                self.out.push(Event { kind: EventKind::Close, span });
                return Some(end);
            }
        }
        self.unreadable(at, false, true);
        let inner = self.text.get(opener.at + 1..at).filter(|inner| inner.len() < LONGEST)?;
        if !citation::is_citation(inner) {
            return None;
        }
        let plain = |event: &Event| {
            matches!(event.kind, EventKind::Text(_) | EventKind::SoftBreak | EventKind::Citation { in_text: true } | EventKind::Bracket)
        };
        if self.out[opener.index..].iter().all(plain) {
            self.out.truncate(opener.index);
            self.out.push(Event { kind: EventKind::Citation { in_text: false }, span: Span::new(opener.at, at + 1) });
            return Some(at + 1);
        }
        None
    }

    /// Reports `](sic:two words)`, which needs angle brackets, and `](person:lansing, who`, which is not closed.
    fn unreadable(&mut self, at: usize, readable: bool, opened: bool) {
        let Some(rest) = self.text.get(at + 1..).and_then(|rest| rest.strip_prefix('(')) else { return };
        let scheme = &rest[..rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').unwrap_or(rest.len())];
        if !annotation::is_ours(scheme) {
            return;
        }
        if readable {
            return;
        }
        if !rest[scheme.len()..].starts_with(':') {
            if opened {
                self.without_colon(scheme, rest, at + 2);
            }
            return;
        }
        let line = window(rest, LONGEST).split('\n').next().unwrap_or_default();
        let slip = unread::slip(scheme, line);
        let place = Label::new(self.file, Span::new(at + 2, at + 2 + slip.length));
        self.findings.push(Diagnostic::new(Code::UnknownScheme, slip.message, place).help(slip.help));
    }

    /// Reports `](page 180)`.
    fn without_colon(&mut self, scheme: &str, rest: &str, at: usize) {
        let line = window(rest, LONGEST).split('\n').next().unwrap_or_default();
        let Some(target) = line[scheme.len()..].starts_with(' ').then(|| line.find(')').map(|end| &line[..end])).flatten() else { return };
        let place = Label::new(self.file, Span::new(at, at + target.len()));
        let message = format!("this `{scheme}` is not read as an annotation, since its colon is missing");
        self.findings.push(Diagnostic::new(Code::UnreadMarkup, message, place).help(unread::with_colon(scheme, &target[scheme.len()..])));
    }
}

/// Length of `[^label]` at the beginning, if the label is one word.
fn note_label(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("[^")?;
    let length = rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '[' | ']' | '\\'))?;
    (length > 0 && length <= 100 && rest.as_bytes()[length] == b']').then_some(length + 3)
}

/// Whether the events from the one at `index` to byte `end` begin and end among themselves, within one block.
fn whole_events(events: &[Event], index: usize, end: usize) -> bool {
    let mut depth = 0_i32;
    for event in &events[index..] {
        if event.span.range().start >= end && event.kind != EventKind::Close || depth == 0 && event.kind == EventKind::Close {
            break;
        }
        match &event.kind {
            EventKind::Open(tag) if tag.is_inline() => depth += 1,
            EventKind::Close => depth -= 1,
            EventKind::Open(_) => return false,
            _ => {}
        }
    }
    depth == 0
}

/// The last event after the one at `index` that a target ending at byte `end` has used.
fn used(events: &[Event], index: usize, end: usize) -> usize {
    let (mut at, mut depth) = (index, 0_usize);
    while let Some(next) = events.get(at + 1) {
        let span = next.span.range();
        match next.kind {
            EventKind::Close if depth == 0 => break,
            EventKind::Close => depth -= 1,
            _ if span.start >= end || span.end > end => break,
            EventKind::Open(_) => depth += 1,
            _ => {}
        }
        at += 1;
    }
    at
}

/// Byte of the first of `signs` that no backslash stands before.
fn unescaped(text: &str, signs: &[char]) -> Option<usize> {
    let mut escaped = false;
    text.char_indices()
        .find(|(_, letter)| {
            let found = !escaped && signs.contains(letter);
            escaped = !escaped && *letter == '\\';
            found
        })
        .map(|(at, _)| at)
}

/// The text without backslashes before ASCII punctuation (CommonMark 0.31.2, section 2.4).
fn plain(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    let mut letters = typed.chars().peekable();
    while let Some(letter) = letters.next() {
        let escaped = (letter == '\\').then(|| letters.next_if(char::is_ascii_punctuation)).flatten();
        out.push(escaped.unwrap_or(letter));
    }
    out
}

/// Reads `(<target> "title")` (CommonMark 0.31.2, section 6.3): target, title and length.
fn tail(text: &str) -> Option<(String, String, usize)> {
    let text = window(text, LONGEST);
    let inside = text.strip_prefix('(')?;
    let blank = |rest: &str| rest.len() - rest.trim_start().len();
    let mut at = 1 + blank(inside);
    let rest = text.get(at..)?;
    let target = if let Some(inner) = rest.strip_prefix('<') {
        let end = unescaped(inner, &['>', '<', '\n']).filter(|end| inner.as_bytes()[*end] == b'>')?;
        at += end + 2;
        plain(&inner[..end])
    } else {
        let end = rest.find(|letter: char| letter.is_whitespace() || matches!(letter, ')' | '(' | '<'))?;
        at += end;
        rest[..end].to_owned()
    };
    let rest = text.get(at..)?;
    let gap = blank(rest);
    let mut title = String::new();
    at += gap;
    if let Some(quote) = text[at..].chars().next().filter(|letter| gap > 0 && matches!(letter, '"' | '\'')) {
        let inner = &text[at + 1..];
        let end = unescaped(inner, &[quote])?;
        title = plain(&inner[..end]);
        at += end + 2;
        at += blank(&text[at..]);
    }
    (text.as_bytes().get(at) == Some(&b')') && !text[..at].contains("\n\n")).then_some((target, title, at + 1))
}
