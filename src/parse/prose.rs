//! The passages of a text for proofreading: its events without their marks, each letter with its place.

use super::markdown::{Event, EventKind, Tag};
use super::notes::Definition;
use crate::proof::{Passage, PassageKind};

/// The passages of the text and of its notes.
#[must_use]
pub fn passages(body: &[Event], notes: &[Definition], text: &str) -> Vec<Passage> {
    let mut prose = Prose { text, out: Vec::new(), open: Vec::new(), tags: Vec::new(), note: 0, hidden: 0 };
    prose.take_all(body);
    for (index, note) in notes.iter().enumerate() {
        prose.note = index + 1;
        prose.take_all(&note.events);
    }
    prose.out
}

struct Prose<'t> {
    text: &'t str,
    out: Vec<Passage>,
    /// The passage being read; at most one.
    open: Vec<Passage>,
    tags: Vec<Closing>,
    note: usize,
    /// Levels of a gap whose words are none.
    hidden: usize,
}

/// What ends with the next end.
enum Closing {
    Block,
    Literal,
    Emphasis,
    Words,
    Gap,
}

impl Prose<'_> {
    fn take_all(&mut self, events: &[Event]) {
        for event in events {
            self.take(event);
        }
        self.flush();
        self.tags.clear();
        self.hidden = 0;
    }

    fn take(&mut self, event: &Event) {
        if matches!(self.tags.last(), Some(Closing::Literal)) && event.kind != EventKind::Close {
            return;
        }
        match &event.kind {
            EventKind::Open(tag) => self.begin(tag, event),
            EventKind::Close => match self.tags.pop() {
                Some(Closing::Emphasis) => self.current().edge(),
                Some(Closing::Gap) => self.hidden = self.hidden.saturating_sub(1),
                Some(Closing::Words) | None => {}
                Some(Closing::Block | Closing::Literal) => self.flush(),
            },
            EventKind::Rule => {
                self.flush();
                self.out.push(Passage::new(PassageKind::Break, self.note));
            }
            EventKind::Task(_) => {}
            EventKind::Html(html) if html.starts_with("<!--") => {}
            _ if self.hidden > 0 => {}
            EventKind::Text(words) => {
                let verbatim = self.text.get(event.span.range()) == Some(words);
                self.current().push(words, event.span, verbatim);
            }
            EventKind::SoftBreak => self.current().push("\n", event.span, false),
            EventKind::HardBreak => self.current().push("\u{2028}", event.span, false),
            EventKind::Code(_) | EventKind::Html(_) | EventKind::NoteRef(_) | EventKind::Bracket | EventKind::Citation { .. } => {
                self.current().object(event.span);
            }
        }
    }

    fn begin(&mut self, tag: &Tag, event: &Event) {
        let kind = match tag {
            Tag::Emphasis | Tag::Strong | Tag::Deleted => {
                self.current().edge();
                self.tags.push(Closing::Emphasis);
                return;
            }
            Tag::Link { target, .. } if target.starts_with("gap:") => {
                let passage = self.current();
                passage.object(event.span);
                passage.has_gap = true;
                self.hidden += 1;
                self.tags.push(Closing::Gap);
                return;
            }
            Tag::Link { .. } => {
                self.tags.push(Closing::Words);
                return;
            }
            Tag::Image { .. } => {
                self.current().object(event.span);
                self.hidden += 1;
                self.tags.push(Closing::Gap);
                return;
            }
            Tag::Heading(_) => PassageKind::Heading,
            Tag::Cell => PassageKind::Cell,
            _ => PassageKind::Paragraph,
        };
        self.flush();
        let literal = matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock);
        self.tags.push(if literal { Closing::Literal } else { Closing::Block });
        if !literal {
            self.open.push(Passage::new(kind, self.note));
        }
    }

    fn current(&mut self) -> &mut Passage {
        if self.open.is_empty() {
            self.open.push(Passage::new(PassageKind::Paragraph, self.note));
        }
        &mut self.open[0]
    }

    /// Ends the passage, without its line of attributes.
    fn flush(&mut self) {
        let Some(mut passage) = self.open.pop() else { return };
        let last = passage.text.rfind(['\n', '\u{2028}']);
        let line = passage.text[last.unwrap_or(0)..].trim();
        if super::attributes::has_form(line) {
            passage.cut(last.unwrap_or(0));
        }
        if !passage.text.trim().is_empty() {
            self.out.push(passage);
        }
    }
}
