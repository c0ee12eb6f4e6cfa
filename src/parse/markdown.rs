//! Markdown as a flat list of events: the only door to the Markdown parser.
//!
//! CommonMark with GFM tables, footnotes, strikethrough and task lists, every event with its bytes in the file. Quotation marks, dashes and
//! dots stay as typed. Square brackets that no link answers are offered as [`EventKind::Bracket`] when they can be citations.
//! Nothing here knows what an annotation or a citation means.

use super::citation;
use crate::base::span::Span;
use crate::model::block::Align;
use pulldown_cmark::{Alignment, BrokenLink, CodeBlockKind, CowStr, Event as Found, LinkType, Options, Parser, Tag as FoundTag};
use std::collections::BTreeSet;
use std::ops::Range;

/// Blocks and emphasis nested deeper than this are flattened into the level above.
pub const DEEPEST: usize = 100;

/// One event of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What begins, ends or stands here.
    pub kind: EventKind,
    /// Bytes of the file; an end has the span of its beginning.
    pub span: Span,
}

/// Kinds of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// Something begins.
    Open(Tag),
    /// The last thing begun ends.
    Close,
    /// Characters, entities and escapes resolved.
    Text(String),
    /// A code span.
    Code(String),
    /// Raw HTML within a line or a line of an HTML block.
    Html(String),
    /// `[^label]`
    NoteRef(String),
    /// Brackets that may be a citation or follow a key as its locator.
    Bracket,
    /// A citation; `in_text` for a key outside brackets.
    Citation {
        /// `@key` or `@key [p. 3]`.
        in_text: bool,
    },
    /// A line end.
    SoftBreak,
    /// A line end to be kept.
    HardBreak,
    /// A thematic break.
    Rule,
    /// `[x]` or `[ ]` at the beginning of a list item.
    Task(bool),
}

/// Things that begin and end.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are CommonMark's own")]
pub enum Tag {
    Paragraph,
    Heading(u8),
    Quote,
    CodeBlock(String),
    HtmlBlock,
    List(Option<u64>),
    Item,
    Definition(String),
    Table(Vec<Align>),
    Row,
    Cell,
    Emphasis,
    Strong,
    Deleted,
    Link { target: String, title: String },
    Image { target: String, title: String },
}

impl Tag {
    /// Whether it stands within a line of text.
    #[must_use]
    pub fn is_inline(&self) -> bool {
        matches!(self, Self::Emphasis | Self::Strong | Self::Deleted | Self::Link { .. } | Self::Image { .. })
    }
}

/// A text as events.
#[derive(Clone, Debug, Default)]
pub struct Markdown {
    /// In the order of the text, balanced.
    pub events: Vec<Event>,
    /// Lines `[word]: target` that no link uses, which the reader of the page would never see.
    pub unused: Vec<(String, Span)>,
    /// First place nested deeper than [`DEEPEST`].
    pub too_deep: Option<Span>,
}

/// Reads the part of `text` that begins at byte `start`.
#[must_use]
pub fn read(text: &str, start: usize) -> Markdown {
    let body = text.get(start..).unwrap_or_default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let offered = |link: BrokenLink<'_>| offer(body, &link).then(|| (CowStr::from(""), CowStr::from("")));
    let parser = Parser::new_with_broken_link_callback(body, options, Some(offered));
    let mut definitions: Vec<(String, Span)> = parser
        .reference_definitions()
        .iter()
        .map(|(label, found)| (label.to_owned(), Span::from(found.span.clone()).shifted(start)))
        .collect();
    definitions.sort_by_key(|(_, span)| *span);
    let mut reading =
        Reading { body, start, out: Markdown::default(), open: Vec::new(), depth: 0, skip: 0, verbatim: false, used: BTreeSet::new() };
    for (event, range) in parser.into_offset_iter() {
        reading.take(event, range);
    }
    let used = reading.used;
    reading.out.unused = definitions.into_iter().filter(|(label, _)| !used.contains(&folded(label)) && label != "//").collect();
    reading.out
}

fn folded(label: &str) -> String {
    crate::base::text::squeeze(&label.to_lowercase())
}

/// Whether brackets without a link are to come back as an event.
fn offer(body: &str, link: &BrokenLink<'_>) -> bool {
    match link.link_type {
        LinkType::Shortcut | LinkType::ShortcutUnknown => {
            let inner = body.get(link.span.start + 1..link.span.end.saturating_sub(1)).unwrap_or_default();
            citation::is_citation(inner) || citation::key_before(body, link.span.start).is_some()
        }
        LinkType::Reference | LinkType::ReferenceUnknown => {
            citation::is_citation(&link.reference) || begins_with_starred_note(body.get(link.span.start..).unwrap_or_default())
        }
        _ => false,
    }
}

/// `[^author:*][name]`: the star of the mark is no emphasis.
fn begins_with_starred_note(text: &str) -> bool {
    let Some((label, rest)) = text.strip_prefix("[^").and_then(|rest| rest.split_once(']')) else { return false };
    rest.starts_with('[')
        && label.contains(['*', '_'])
        && label.len() <= 100
        && !label.contains(|letter: char| letter.is_whitespace() || letter == '[')
}

enum Opened {
    Kept(Span),
    Dropped,
    /// `~word~`: signs of the text.
    Tilde(Span),
    /// `[words][@key]`: the first brackets are only brackets; the span of the second.
    Literal(Span),
}

struct Reading<'t> {
    body: &'t str,
    start: usize,
    out: Markdown,
    open: Vec<Opened>,
    /// How many of them are kept.
    depth: usize,
    /// Levels of a bracket whose inside is not wanted.
    skip: usize,
    /// The last event is text that stands in the file letter for letter.
    verbatim: bool,
    used: BTreeSet<String>,
}

impl Reading<'_> {
    fn push(&mut self, kind: EventKind, span: Span) {
        self.verbatim = false;
        self.out.events.push(Event { kind, span });
    }

    fn absolute(&self, range: &Range<usize>) -> Span {
        Span::from(range.clone()).shifted(self.start)
    }

    /// The bytes of a block without the line ends after it.
    fn trimmed(&self, range: &Range<usize>) -> Span {
        let typed = self.body.get(range.clone()).unwrap_or_default().trim_end();
        self.absolute(&(range.start..range.start + typed.len()))
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        let span = self.absolute(range);
        let verbatim = self.body.get(range.clone()) == Some(text);
        if verbatim
            && self.verbatim
            && let Some(Event { kind: EventKind::Text(before), span: place }) = self.out.events.last_mut()
            && place.end == span.start
        {
            before.push_str(text);
            place.end = span.end;
            return;
        }
        self.push(EventKind::Text(text.to_owned()), span);
        self.verbatim = verbatim;
    }

    fn take(&mut self, event: Found<'_>, range: Range<usize>) {
        if self.skip > 0 {
            match event {
                Found::Start(_) => self.skip += 1,
                Found::End(_) => self.skip -= 1,
                _ => {}
            }
            return;
        }
        let span = self.absolute(&range);
        match event {
            Found::Start(tag) => self.begin(tag, range, span),
            Found::End(_) => match self.open.pop() {
                Some(Opened::Kept(span)) => {
                    self.depth -= 1;
                    self.push(EventKind::Close, span);
                }
                Some(Opened::Literal(second)) => {
                    self.text("]", &(second.start as usize - self.start - 1..second.start as usize - self.start));
                    self.push(EventKind::Bracket, second);
                }
                Some(Opened::Tilde(span)) => {
                    let end = span.end as usize - self.start;
                    self.text("~", &(end - 1..end));
                }
                Some(Opened::Dropped) | None => {}
            },
            Found::Text(text) => self.text(&text, &range),
            Found::Code(text) => self.push(EventKind::Code(text.into_string()), span),
            Found::Html(html) | Found::InlineHtml(html) => self.push(EventKind::Html(html.into_string()), span),
            Found::FootnoteReference(label) => self.push(EventKind::NoteRef(label.into_string()), span),
            Found::SoftBreak => self.push(EventKind::SoftBreak, span),
            Found::HardBreak => self.push(EventKind::HardBreak, span),
            Found::Rule => self.push(EventKind::Rule, span),
            Found::TaskListMarker(done) => self.push(EventKind::Task(done), span),
            Found::InlineMath(text) | Found::DisplayMath(text) => self.text(&text, &range),
        }
    }

    fn begin(&mut self, found: FoundTag<'_>, range: Range<usize>, span: Span) {
        let tag = match found {
            FoundTag::Link { link_type, dest_url, title, id } => match self.link(link_type, &dest_url, &title, &id, &range) {
                Some(tag) => tag,
                None => return,
            },
            FoundTag::Image { link_type: LinkType::ShortcutUnknown | LinkType::ReferenceUnknown, .. } => {
                // `![@key]` is a citation after an exclamation mark.
                self.text("!", &(range.start..range.start + 1));
                self.push(EventKind::Bracket, Span { start: span.start + 1, end: span.end });
                self.skip = 1;
                return;
            }
            FoundTag::Image { dest_url, title, id, .. } => {
                self.used.insert(folded(&id));
                Tag::Image { target: dest_url.into_string(), title: title.into_string() }
            }
            FoundTag::Strikethrough if !self.body[range.clone()].starts_with("~~") => {
                // A single `~` stands for "about" in telegrams.
                self.text("~", &(range.start..range.start + 1));
                self.open.push(Opened::Tilde(span));
                return;
            }
            other => plain_tag(other),
        };
        let span = if tag.is_inline() { span } else { self.trimmed(&range) };
        let limit = match tag {
            Tag::Quote | Tag::Item | Tag::Emphasis | Tag::Strong | Tag::Deleted | Tag::Link { .. } | Tag::Image { .. } => DEEPEST,
            Tag::List(_) => DEEPEST - 1,
            _ => usize::MAX,
        };
        if self.depth >= limit {
            self.out.too_deep.get_or_insert(span);
            self.open.push(Opened::Dropped);
        } else {
            self.depth += 1;
            self.open.push(Opened::Kept(span));
            self.push(EventKind::Open(tag), span);
        }
    }

    /// What a link is; `None` when it is not one and its events have been written.
    fn link(&mut self, form: LinkType, target: &str, title: &str, id: &str, range: &Range<usize>) -> Option<Tag> {
        let typed = self.body.get(range.clone()).unwrap_or_default();
        match form {
            LinkType::ShortcutUnknown => {
                self.push(EventKind::Bracket, self.absolute(range));
                self.skip = 1;
                return None;
            }
            LinkType::ReferenceUnknown => {
                self.two_brackets(typed, range);
                return None;
            }
            LinkType::Inline => {
                if let Some(close) = typed.strip_prefix("[^").and_then(|rest| rest.find(']')).filter(|close| *close > 0) {
                    // `word[^1](1922)`: a note followed by a parenthesis.
                    let end = range.start + close + 3;
                    self.push(EventKind::NoteRef(typed[2..close + 2].to_owned()), self.absolute(&(range.start..end)));
                    self.text(&typed[close + 3..], &(end..range.end));
                    self.skip = 1;
                    return None;
                }
            }
            LinkType::Autolink if !web(target) => {
                // `<word:word>` in a telegram is not an address.
                self.text(typed, range);
                self.skip = 1;
                return None;
            }
            LinkType::Email => return Some(Tag::Link { target: format!("mailto:{target}"), title: title.to_owned() }),
            _ => {}
        }
        self.used.insert(folded(id));
        Some(Tag::Link { target: target.to_owned(), title: title.to_owned() })
    }

    /// `[first][@second]`, which the parser takes for one link.
    fn two_brackets(&mut self, typed: &str, range: &Range<usize>) {
        let middle = range.start + typed.rfind("][").map_or(typed.len(), |at| at + 1);
        let (first, second) = (range.start..middle, self.absolute(&(middle..range.end)));
        let inner = self.body.get(first.start + 1..first.end.saturating_sub(1)).unwrap_or_default();
        let first_span = self.absolute(&first);
        if let Some(label) = inner.strip_prefix('^').filter(|label| !label.is_empty() && !label.contains([']', '['])) {
            self.push(EventKind::NoteRef(label.to_owned()), first_span);
            self.skip = 1;
            if citation::is_citation(typed[middle - range.start..].trim_matches(['[', ']'])) {
                self.push(EventKind::Bracket, second);
            } else {
                // A link may begin here; whoever mends brackets reads it.
                self.text(&typed[middle - range.start..], &(middle..range.end));
            }
            return;
        } else if citation::is_citation(inner) || citation::key_before(self.body, first.start).is_some() {
            self.push(EventKind::Bracket, first_span);
        } else {
            self.text("[", &(range.start..range.start + 1));
            self.open.push(Opened::Literal(second));
            return;
        }
        self.push(EventKind::Bracket, second);
        self.skip = 1;
    }
}

fn web(target: &str) -> bool {
    ["http:", "https:", "mailto:"].iter().any(|scheme| target.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

fn plain_tag(found: FoundTag<'_>) -> Tag {
    match found {
        FoundTag::Heading { level, .. } => Tag::Heading(level as u8),
        FoundTag::BlockQuote(_) => Tag::Quote,
        FoundTag::CodeBlock(CodeBlockKind::Fenced(info)) => Tag::CodeBlock(info.into_string()),
        FoundTag::CodeBlock(CodeBlockKind::Indented) => Tag::CodeBlock(String::new()),
        FoundTag::HtmlBlock => Tag::HtmlBlock,
        FoundTag::List(start) => Tag::List(start),
        FoundTag::Item => Tag::Item,
        FoundTag::FootnoteDefinition(label) => Tag::Definition(label.into_string()),
        FoundTag::Table(columns) => Tag::Table(columns.into_iter().map(align).collect()),
        FoundTag::TableHead | FoundTag::TableRow => Tag::Row,
        FoundTag::TableCell => Tag::Cell,
        FoundTag::Emphasis => Tag::Emphasis,
        FoundTag::Strong => Tag::Strong,
        FoundTag::Strikethrough => Tag::Deleted,
        // The rest belongs to options that are off.
        _ => Tag::Paragraph,
    }
}

fn align(found: Alignment) -> Align {
    match found {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
