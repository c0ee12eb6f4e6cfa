//! The block tree of a text or of one note, with paragraph numbers, parts, ids and headings.
//!
//! Nesting was bounded by the door to the parser, so the tree may be walked without fear for the stack.

use super::attributes::{self, Attributes, Found};
use super::enumerators::{ends, marker, run_end};
use super::inlines::{Gathered, Line, raw_html};
use super::markdown::{Event, EventKind, Tag};
use super::rows;
use crate::base::slug::slug;
use crate::base::span::{Span, Spanned};
use crate::base::text::squeeze;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::annotation::Place;
use crate::model::block::{Block, BlockKind, Delimiter, Inline, ListItem, Part};
use crate::model::document::Heading;
use std::collections::BTreeMap;

/// What the text itself says to its summary, besides annotations and notes.
#[derive(Debug, Default)]
pub struct Outline {
    /// Headings.
    pub headings: Vec<Heading>,
    /// Typed ids.
    pub anchors: Vec<Spanned<String>>,
    /// Last paragraph number.
    pub paragraphs: u32,
    /// Marked parts outside quotations.
    pub parts: Vec<(Part, Spanned<String>)>,
    /// Plain words of the first numbered paragraphs, or of the first line when none has a number.
    pub opening: String,
    /// Words of the text without notes.
    pub words: u32,
    /// All ids in use with the place of the first.
    taken: BTreeMap<String, Span>,
    /// Of words that stand over several parts, the last number given: a thousand such headings are not counted from the first each time.
    repeated: BTreeMap<String, usize>,
}

/// Bytes of plain words after which the next paragraph is not needed to know how a document begins: some begin with their number alone.
const OPENING: usize = 60;

#[derive(Default)]
struct Frame {
    tag: Option<Tag>,
    span: Span,
    blocks: Vec<Block>,
    items: Vec<ListItem>,
    cells: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
    task: Option<bool>,
    loose: bool,
    /// A paragraph of this item has its number.
    counted: bool,
    attributes: Attributes,
}

/// Reads events as blocks.
pub struct Builder<'e, 'g, 'a> {
    events: &'e [Event],
    ends: Vec<usize>,
    gathered: &'g mut Gathered<'a>,
    outline: &'g mut Outline,
    frames: Vec<Frame>,
    place: Place,
}

/// Reads the events of the text (`note` is `None`) or of one note, whose first reference stands in paragraph `paragraph`.
pub fn read<'a>(events: &[Event], place: Place, gathered: &mut Gathered<'a>, outline: &mut Outline) -> Vec<Block> {
    let mut builder = Builder { events, ends: ends(events), gathered, outline, frames: vec![Frame::default()], place };
    builder.run();
    builder.frames.pop().map(|frame| frame.blocks).unwrap_or_default()
}

impl Builder<'_, '_, '_> {
    fn run(&mut self) {
        let events = self.events;
        let mut at = 0;
        while let Some(event) = events.get(at) {
            at = match &event.kind {
                EventKind::Open(Tag::Paragraph) => {
                    if let Some(item) = self.frames.last_mut().filter(|frame| frame.tag == Some(Tag::Item)) {
                        item.loose = true;
                    }
                    self.paragraph(at + 1, self.ends[at], event.span, true);
                    self.ends[at] + 1
                }
                EventKind::Open(Tag::Heading(level)) => {
                    self.heading(at + 1, self.ends[at], event.span, *level);
                    self.ends[at] + 1
                }
                EventKind::Open(Tag::Cell) => {
                    let (text, _) = self.line(at + 1, self.ends[at], None);
                    self.top().cells.push(text);
                    self.ends[at] + 1
                }
                EventKind::Open(Tag::Row) if self.attribute_row(event.span) => self.ends[at] + 1,
                EventKind::Open(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                    self.literal(at);
                    self.ends[at] + 1
                }
                EventKind::Open(tag) if !tag.is_inline() => {
                    self.frames.push(Frame { tag: Some(tag.clone()), span: event.span, ..Frame::default() });
                    at + 1
                }
                EventKind::Close => {
                    self.close();
                    at + 1
                }
                EventKind::Rule => {
                    let stars = self.gathered.text.get(event.span.range()).is_some_and(|typed| typed.contains('*'));
                    let mut block = plain_block(event.span, BlockKind::Rule);
                    block.part = stars.then_some(Part::Omission);
                    self.top().blocks.push(block);
                    at + 1
                }
                EventKind::Task(done) => {
                    self.task(*done);
                    at + 1
                }
                _ => {
                    let end = run_end(events, &self.ends, at).max(at + 1);
                    let span = Span { start: event.span.start, end: events[end - 1].span.end };
                    self.paragraph(at, end, span, false);
                    end
                }
            };
        }
    }

    fn top(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        self.frames.last_mut().expect("a frame was pushed when there was none")
    }

    fn task(&mut self, done: bool) {
        if let Some(item) = self.frames.iter_mut().rev().find(|frame| frame.tag == Some(Tag::Item)) {
            item.task = Some(done);
        }
    }

    /// Inlines and plain words of the events `from..end`; `last` stands in place of the text of the last event.
    fn line(&mut self, from: usize, end: usize, last: Option<&str>) -> (Vec<Inline>, String) {
        let mut line = Line::new(self.place);
        let end = end.min(self.events.len());
        for (index, event) in self.events[from..end].iter().enumerate() {
            match (&event.kind, last) {
                (EventKind::Task(done), _) => self.task(*done),
                (_, Some(words)) if from + index + 1 == end => {
                    line.take(&Event { kind: EventKind::Text(words.to_owned()), span: event.span }, self.gathered);
                }
                _ => line.take(event, self.gathered),
            }
        }
        let (inlines, plain) = line.finish(self.gathered);
        if self.place.note.is_none() {
            self.outline.words += Span::at(plain.split_whitespace().count()).start;
        }
        (inlines, plain)
    }

    fn paragraph(&mut self, from: usize, end: usize, span: Span, loose: bool) {
        let file = self.gathered.file;
        let mut own = Attributes::default();
        let mut cut = end;
        if let Some(found) = attributes::last_line(self.events, from, end, self.gathered.text, file) {
            if let Some(index) = self.outer(&found) {
                self.gathered.findings.extend(found.findings);
                let frame = &mut self.frames[index];
                frame.attributes = std::mem::take(&mut frame.attributes).or(found.attributes);
                cut = found.cut;
            } else if found.alone {
                if self.attach(found) {
                    return;
                }
            } else {
                self.gathered.findings.extend(found.findings);
                own = found.attributes;
                cut = found.cut;
            }
        }
        if cut == from && end > from {
            return;
        }
        if own.part.is_none() && is_stars(&self.events[from..cut]) {
            own.part = Some(Part::Omission);
        }
        let number = (loose && self.counts(from, cut, own.part)).then_some(self.outline.paragraphs + 1);
        if let Some(number) = number {
            self.outline.paragraphs = number;
            self.place.paragraph = number;
        }
        let (inlines, plain) = self.line(from, cut, None);
        if self.outline.opening.len() < OPENING && number.is_some() {
            self.outline.opening = squeeze(&format!("{} {plain}", self.outline.opening));
        }
        let mut block = plain_block(span, BlockKind::Paragraph(inlines));
        block.number = number;
        self.finish(block, own, &plain);
    }

    /// Whether a reader would count the paragraph.
    fn counts(&mut self, from: usize, end: usize, part: Option<Part>) -> bool {
        let text = part.is_none_or(|part| matches!(part, Part::Postscript | Part::Verse));
        if self.place.note.is_some() || !text || !has_words(&self.events[from..end]) {
            return false;
        }
        match self.frames.iter_mut().rev().find(|frame| frame.tag == Some(Tag::Item)) {
            Some(item) => !std::mem::replace(&mut item.counted, true),
            None => true,
        }
    }

    /// The quotation or list that a lazy attribute line belongs to: its own line does not name the quotation or item it was drawn into.
    fn outer(&self, found: &Found) -> Option<usize> {
        let around: Vec<(usize, &Tag)> = self
            .frames
            .iter()
            .enumerate()
            .filter_map(|(index, frame)| frame.tag.as_ref().filter(|tag| matches!(tag, Tag::Quote | Tag::Item)).map(|tag| (index, tag)))
            .collect();
        let tags: Vec<&Tag> = around.iter().map(|(_, tag)| *tag).collect();
        let named = attributes::containers_named(self.gathered.text, found.attributes.span.start as usize, &tags);
        around.get(named).map(|(index, tag)| if **tag == Tag::Item { index - 1 } else { *index })
    }

    /// Gives a line of attributes alone to the block before it.
    fn attach(&mut self, found: Found) -> bool {
        let file = self.gathered.file;
        let before = self.top().blocks.pop();
        match before {
            Some(block) if !matches!(block.kind, BlockKind::Paragraph(_)) => {
                self.gathered.findings.extend(found.findings);
                let words = words_of(&block);
                self.finish(block, found.attributes, &words);
                true
            }
            other => {
                self.top().blocks.extend(other);
                self.gathered.findings.push(
                    Diagnostic::new(Code::UnknownPart, "an attribute line belongs to no block", Label::new(file, found.attributes.span))
                        .help("put it on the last line of its paragraph, without an empty line before it"),
                );
                false
            }
        }
    }

    /// Whether the row is an attribute line after the table.
    fn attribute_row(&mut self, span: Span) -> bool {
        let typed = self.gathered.text.get(span.range()).unwrap_or_default();
        let begin = span.start as usize + typed.len() - typed.trim_start().len();
        match attributes::read(typed.trim(), begin, self.gathered.file) {
            Some((attributes, findings)) => {
                self.gathered.findings.extend(findings);
                self.top().attributes = attributes;
                true
            }
            None => false,
        }
    }

    fn heading(&mut self, from: usize, end: usize, span: Span, level: u8) {
        let file = self.gathered.file;
        let last = self.events[from..end].last().and_then(|event| attributes::in_heading(event, self.gathered.text, file));
        let mut own = Attributes::default();
        let (text, plain) = match last {
            Some((length, attributes, findings)) => {
                self.gathered.findings.extend(findings);
                own = attributes;
                let words = match &self.events[end - 1].kind {
                    EventKind::Text(words) => words[..length].to_owned(),
                    _ => String::new(),
                };
                self.line(from, end, Some(&words))
            }
            None => self.line(from, end, None),
        };
        let mut block = plain_block(span, BlockKind::Heading { level, text });
        if self.place.note.is_none() {
            let plain = squeeze(&plain);
            let id = match &own.id {
                Some(id) => id.value.clone(),
                None => self.free_id(&slug(&plain), span),
            };
            block.id = Some(id.clone());
            self.outline.headings.push(Heading { level, text: plain, id });
        }
        self.finish(block, own, &plain);
    }

    /// An id made of words that no other place has.
    fn free_id(&mut self, words: &str, span: Span) -> String {
        let numbered = words.strip_prefix('p').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        let stem =
            if words.is_empty() || numbered { format!("section-{words}").trim_end_matches('-').to_owned() } else { words.to_owned() };
        let mut id = stem.clone();
        let mut count = self.outline.repeated.get(&stem).copied().unwrap_or(1);
        while self.outline.taken.contains_key(&id) {
            count += 1;
            id = format!("{stem}-{count}");
        }
        if count > 1 {
            self.outline.repeated.insert(stem, count);
        }
        self.outline.taken.insert(id.clone(), span);
        id
    }

    /// A code or HTML block.
    fn literal(&mut self, at: usize) {
        let event = &self.events[at];
        let mut text = String::new();
        for inner in &self.events[at + 1..self.ends[at].min(self.events.len())] {
            if let EventKind::Text(words) | EventKind::Html(words) = &inner.kind {
                text.push_str(words);
            }
        }
        let kind = match &event.kind {
            EventKind::Open(Tag::CodeBlock(info)) => {
                self.gathered.findings.extend(rows::indented(self.gathered.text, self.gathered.file, event.span, &text));
                BlockKind::Code { language: info.split_whitespace().next().unwrap_or_default().to_owned(), text }
            }
            _ => {
                let comment = text.trim_start().starts_with("<!--") && text.trim_end().ends_with("-->");
                if !comment {
                    self.gathered.findings.push(raw_html(self.gathered.file, event.span));
                }
                BlockKind::Html(text)
            }
        };
        self.top().blocks.push(plain_block(event.span, kind));
    }

    fn close(&mut self) {
        if self.frames.len() < 2 {
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        let kind = match frame.tag {
            Some(Tag::Item) => {
                let typed = marker(self.gathered.text, frame.span).and_then(|typed| typed[..typed.len() - 1].parse().ok());
                let list = self.top();
                list.loose |= frame.loose;
                list.items.push(ListItem { number: typed, task: frame.task, blocks: frame.blocks });
                return;
            }
            Some(Tag::Row) => {
                if let Some(Frame { tag: Some(Tag::Table(columns)), .. }) = self.frames.last() {
                    let finding = rows::uneven(self.gathered.text, self.gathered.file, frame.span, columns.len());
                    self.gathered.findings.extend(finding);
                }
                self.top().rows.push(frame.cells);
                return;
            }
            Some(Tag::List(start)) => list(self.gathered.text, frame.span, start, !frame.loose, frame.items),
            Some(Tag::Table(columns)) => {
                let mut rows = frame.rows.into_iter();
                BlockKind::Table { columns, head: rows.next().unwrap_or_default(), rows: rows.collect() }
            }
            _ => BlockKind::Quote(frame.blocks),
        };
        let block = plain_block(frame.span, kind);
        let words = if frame.attributes.part.is_some() { words_of(&block) } else { String::new() };
        self.finish(block, frame.attributes, &words);
    }

    /// Gives a block its attributes and puts it in its place.
    fn finish(&mut self, mut block: Block, own: Attributes, words: &str) {
        if let Some(part) = own.part {
            block.part = Some(part);
            let quoted = self.frames.iter().any(|frame| frame.tag == Some(Tag::Quote));
            if self.place.note.is_none() && !quoted && !words.is_empty() {
                self.outline.parts.push((part, Spanned::new(squeeze(words), block.span)));
            }
        }
        if own.language.is_some() {
            block.language = own.language;
        }
        if let Some(id) = own.id {
            block.id = Some(id.value.clone());
            match self.outline.taken.get(&id.value) {
                Some(first) => self.gathered.findings.push(
                    Diagnostic::new(
                        Code::DuplicateAnchor,
                        format!("the id `{}` stands twice", id.value),
                        Label::new(self.gathered.file, id.span),
                    )
                    .also(Label::new(self.gathered.file, *first).saying("first used here"))
                    .help("give one of the two another id"),
                ),
                None => {
                    self.outline.taken.insert(id.value.clone(), id.span);
                    self.outline.anchors.push(id);
                }
            }
        }
        self.top().blocks.push(block);
    }
}

/// A row of stars for words that are left out, of as many as the source has: `\* \* \* \* \*`.
fn is_stars(line: &[Event]) -> bool {
    let mut stars = 0;
    line.iter().all(|event| match &event.kind {
        EventKind::Text(words) => {
            stars += words.matches('*').count();
            words.chars().all(|letter| letter == '*' || letter.is_whitespace())
        }
        EventKind::SoftBreak | EventKind::HardBreak => true,
        _ => false,
    }) && stars >= 3
}

fn plain_block(span: Span, kind: BlockKind) -> Block {
    Block { span, part: None, id: None, language: None, number: None, kind }
}

/// A list: its items' numbers as typed, or counted when all were typed alike as Markdown allows.
fn list(text: &str, span: Span, start: Option<u64>, tight: bool, mut items: Vec<ListItem>) -> BlockKind {
    let delimiter = match marker(text, span) {
        Some(typed) if typed.ends_with(')') => Delimiter::Parenthesis,
        _ => Delimiter::Period,
    };
    let alike = items.windows(2).all(|pair| pair[0].number == pair[1].number);
    for (number, item) in (start.unwrap_or_default()..).zip(&mut items) {
        item.number = match start {
            None => None,
            Some(_) if alike => Some(number),
            Some(_) => item.number.or(Some(number)),
        };
    }
    BlockKind::List { start, delimiter, tight, items }
}

/// Whether there is anything to read besides note marks, page breaks and pictures.
fn has_words(events: &[Event]) -> bool {
    let mut pictures = 0_usize;
    let mut open = Vec::new();
    events.iter().any(|event| match &event.kind {
        EventKind::Open(tag) => {
            let picture = matches!(tag, Tag::Image { .. });
            pictures += usize::from(picture);
            open.push(picture);
            false
        }
        EventKind::Close => {
            pictures -= usize::from(open.pop().unwrap_or(false));
            false
        }
        EventKind::Text(words) | EventKind::Code(words) => pictures == 0 && !words.trim().is_empty(),
        EventKind::Citation { .. } => true,
        _ => false,
    })
}

/// Plain words of a block's text.
fn words_of(block: &Block) -> String {
    let mut out = String::new();
    block_words(block, &mut out);
    squeeze(&out)
}

fn block_words(block: &Block, out: &mut String) {
    match &block.kind {
        BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } => inline_words(text, out),
        BlockKind::Quote(blocks) => blocks.iter().for_each(|block| block_words(block, out)),
        BlockKind::List { items, .. } => items.iter().flat_map(|item| &item.blocks).for_each(|block| block_words(block, out)),
        BlockKind::Table { head, rows, .. } => head.iter().chain(rows.iter().flatten()).for_each(|cell| {
            inline_words(cell, out);
            out.push(' ');
        }),
        BlockKind::Code { text, .. } | BlockKind::Html(text) => out.push_str(text),
        BlockKind::Rule => {}
    }
    out.push(' ');
}

fn inline_words(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) | Inline::Annotated(_, inner) => {
                inline_words(inner, out)
            }
            Inline::Html(_) | Inline::NoteRef(_) => {}
        }
    }
}

/// Plain words of the first block that has any.
#[must_use]
pub fn first_words(blocks: &[Block]) -> String {
    blocks.iter().map(words_of).find(|words| !words.is_empty()).unwrap_or_default()
}
