//! A line of text: its inline tree, its plain words, and the annotations in it with the words around them.

use super::annotation::{self, Typed};
use super::citation;
use super::date::DateContext;
use super::locator;
use super::markdown::{DEEPEST, Event, EventKind, Tag};
use super::notes::Notes;
use super::pages;
use crate::base::path::ContentPath;
use crate::base::span::{Span, Spanned};
use crate::base::text::{head, squeeze, tail};
use crate::diag::{Code, Diagnostic, Label};
use crate::model::annotation::{Annotation, AnnotationKind, Context, Place};
use crate::model::block::Inline;
use crate::model::note::{NoteLabel, NoteRef};

/// Characters of context on each side.
const CONTEXT: usize = 80;

/// What is gathered over a whole document while its lines are read.
pub struct Gathered<'a> {
    /// The whole file.
    pub text: &'a str,
    /// Its path.
    pub file: &'a ContentPath,
    /// What surrounds dates.
    pub dates: &'a DateContext,
    /// Annotations in order.
    pub annotations: Vec<Annotation>,
    /// References to notes in order.
    pub note_refs: Vec<NoteRef>,
    /// Definitions and numbers of notes.
    pub notes: Notes,
    /// What is wrong.
    pub findings: Vec<Diagnostic>,
}

enum Wrap {
    Line,
    Emphasis,
    Strong,
    Deleted,
    /// Nested too deep: its words stand in the level above.
    Flat,
    Link {
        index: usize,
        image: bool,
        target: String,
        title: String,
        span: Span,
    },
}

struct Frame {
    wrap: Wrap,
    out: Vec<Inline>,
    /// Length of the plain words at its beginning.
    begin: usize,
    /// End of the last event within it.
    inner_end: usize,
}

/// The line being read.
pub struct Line {
    frames: Vec<Frame>,
    plain: String,
    /// Annotation and the plain words it covers.
    marks: Vec<(usize, std::ops::Range<usize>)>,
    place: Place,
    html: Option<Span>,
}

impl Line {
    /// An empty line at `place`.
    #[must_use]
    pub fn new(place: Place) -> Self {
        let frame = Frame { wrap: Wrap::Line, out: Vec::new(), begin: 0, inner_end: 0 };
        Self { frames: vec![frame], plain: String::new(), marks: Vec::new(), place, html: None }
    }

    fn put(&mut self, inline: Inline, end: u32) {
        if let Some(frame) = self.frames.last_mut() {
            frame.inner_end = Span { start: end, end }.range().end;
            match (frame.out.last_mut(), inline) {
                (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
                (_, inline) => frame.out.push(inline),
            }
        }
    }

    fn open(&mut self, wrap: Wrap, inner: u32) {
        self.frames.push(Frame { wrap, out: Vec::new(), begin: self.plain.len(), inner_end: inner as usize });
    }

    /// Takes one inline event.
    pub fn take(&mut self, event: &Event, gathered: &mut Gathered<'_>) {
        let span = event.span;
        match &event.kind {
            EventKind::Text(text) => {
                self.plain.push_str(text);
                self.put(Inline::Text(text.clone()), span.end);
            }
            EventKind::Code(text) => {
                self.plain.push_str(text);
                self.put(Inline::Code(text.clone()), span.end);
            }
            EventKind::Html(html) => {
                if !html.starts_with("<!--") {
                    self.plain.push_str(html);
                    self.html.get_or_insert(span);
                }
                self.put(Inline::Html(html.clone()), span.end);
            }
            EventKind::SoftBreak => {
                self.plain.push(' ');
                self.put(Inline::SoftBreak, span.end);
            }
            EventKind::HardBreak => {
                self.plain.push(' ');
                self.put(Inline::HardBreak, span.end);
            }
            EventKind::NoteRef(label) => {
                let inline = self.note_ref(label, span, gathered);
                self.put(inline, span.end);
            }
            EventKind::Citation { in_text } => {
                let inline = self.citation(span, *in_text, gathered);
                self.put(inline, span.end);
            }
            EventKind::Bracket => {
                let typed = gathered.text.get(span.range()).unwrap_or_default().to_owned();
                self.plain.push_str(&typed);
                self.put(Inline::Text(typed), span.end);
            }
            EventKind::Open(tag) => self.begin(tag, span, gathered),
            EventKind::Close => self.end(span, gathered),
            EventKind::Rule | EventKind::Task(_) => {}
        }
    }

    fn begin(&mut self, tag: &Tag, span: Span, gathered: &mut Gathered<'_>) {
        if self.frames.len() > 2 * DEEPEST {
            // Only mended brackets come so deep; the parser's own nesting was bounded before.
            self.open(Wrap::Flat, span.start);
            return;
        }
        let wrap = match tag {
            Tag::Strong => Wrap::Strong,
            Tag::Deleted => Wrap::Deleted,
            Tag::Link { target, title } | Tag::Image { target, title } => {
                let index = self.annotate(AnnotationKind::Unreadable, span, gathered);
                let image = matches!(tag, Tag::Image { .. });
                let inner = span.start + if image { 2 } else { 1 };
                self.open(Wrap::Link { index, image, target: target.clone(), title: title.clone(), span }, inner);
                return;
            }
            _ => Wrap::Emphasis,
        };
        self.open(wrap, span.start);
    }

    /// Gives an annotation its place in the list; its kind and words are known when it ends.
    fn annotate(&mut self, kind: AnnotationKind, span: Span, gathered: &mut Gathered<'_>) -> usize {
        gathered.annotations.push(Annotation { span, place: self.place, context: Context::default(), kind });
        gathered.annotations.len() - 1
    }

    fn end(&mut self, span: Span, gathered: &mut Gathered<'_>) {
        if self.frames.len() < 2 {
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        let inline = match frame.wrap {
            Wrap::Line => return,
            Wrap::Flat => {
                if let Some(outer) = self.frames.last_mut() {
                    outer.inner_end = span.range().end;
                    outer.out.extend(frame.out);
                }
                return;
            }
            Wrap::Emphasis => Inline::Emphasis(frame.out),
            Wrap::Strong => Inline::Strong(frame.out),
            Wrap::Deleted => Inline::Deleted(frame.out),
            Wrap::Link { index, image, target, title, span } => {
                let target = Spanned { span: target_span(gathered.text, span, frame.inner_end, &target), value: target };
                let words = &self.plain[frame.begin..];
                gathered.annotations[index].kind = if image {
                    annotation::image(target, title, gathered.file, &mut gathered.findings)
                } else {
                    let link = Typed { target, title, words, file: gathered.file, dates: gathered.dates };
                    annotation::read(link, &mut gathered.findings)
                };
                self.marks.push((index, frame.begin..self.plain.len()));
                Inline::Annotated(Span::at(index).start, frame.out)
            }
        };
        self.put(inline, span.end);
    }

    fn note_ref(&mut self, label: &str, span: Span, gathered: &mut Gathered<'_>) -> Inline {
        let note = gathered.notes.refer(label, self.place);
        let span = Span { start: span.start + 2, end: span.end.saturating_sub(1) };
        gathered.note_refs.push(NoteRef { label: Spanned::new(NoteLabel(label.to_owned()), span), note, place: self.place });
        Inline::NoteRef(Span::at(gathered.note_refs.len() - 1).start)
    }

    fn citation(&mut self, span: Span, in_text: bool, gathered: &mut Gathered<'_>) -> Inline {
        let reading = citation::read(gathered.text, span, in_text);
        for place in reading.keyless {
            gathered.findings.push(
                Diagnostic::new(Code::BadCitation, "a piece of a citation has no key", Label::new(gathered.file, place))
                    .help("type a key such as `@lcw-45` in it, or a comma instead of the semicolon before it"),
            );
        }
        for cite in &reading.citation.cites {
            let place = Label::new(gathered.file, span);
            let second = second_key(&cite.suffix).map(|key| {
                Diagnostic::new(
                    Code::BadCitation,
                    format!("`@{key}` stands in the cite of `{}`, and is printed as typed", cite.key.value),
                    place.clone(),
                )
                .help(format!("type a semicolon between two cites, as in `[@{}; @{key}]`", cite.key.value))
            });
            let unread = locator::looks_unread(&cite.suffix).then(|| locator::unread(&cite.suffix, place));
            gathered.findings.extend(second.or(unread));
        }
        for locator in reading.citation.cites.iter().flat_map(|cite| &cite.locators) {
            let finding =
                pages::turned(&locator.value).map(|better| pages::reversed(&locator.value, &better, Label::new(gathered.file, span)));
            gathered.findings.extend(finding);
        }
        let typed = citation::one_line(gathered.text.get(span.range()).unwrap_or_default());
        let begin = self.plain.len();
        let words: Vec<String> = reading
            .citation
            .cites
            .iter()
            .map(|cite| {
                let places = cite.locators.iter().map(|locator| locator.printed.as_str());
                let words: Vec<&str> = std::iter::once(cite.prefix.as_str())
                    .chain(places)
                    .chain([cite.suffix.as_str()])
                    .filter(|part| !part.is_empty())
                    .collect();
                if words.is_empty() { "…".to_owned() } else { words.join(", ") }
            })
            .collect();
        self.plain.push_str(&words.join("; "));
        let index = self.annotate(AnnotationKind::Citation(reading.citation), span, gathered);
        self.marks.push((index, begin..self.plain.len()));
        Inline::Annotated(Span::at(index).start, vec![Inline::Text(typed)])
    }

    /// Ends the line: its inlines and plain words. The annotations in it get the words around them.
    pub fn finish(mut self, gathered: &mut Gathered<'_>) -> (Vec<Inline>, String) {
        while self.frames.len() > 1 {
            self.end(Span::default(), gathered);
        }
        for (index, covered) in &self.marks {
            let is_citation = matches!(&gathered.annotations[*index].kind, AnnotationKind::Citation(citation) if !citation.covered);
            let span = gathered.annotations[*index].span;
            let words = self.plain.get(covered.clone()).unwrap_or_default();
            let typed = if is_citation { citation::one_line(gathered.text.get(span.range()).unwrap_or_default()) } else { clipped(words) };
            gathered.annotations[*index].context =
                Context { before: before(&self.plain[..covered.start]), text: clipped(&typed), after: after(&self.plain[covered.end..]) };
        }
        if let Some(span) = self.html {
            gathered.findings.push(raw_html(gathered.file, span));
        }
        (self.frames.pop().map(|frame| frame.out).unwrap_or_default(), self.plain)
    }
}

/// The key of a further citation that was typed into the words of the one before: `p. 3, @lcw-45, p. 4`.
fn second_key(suffix: &str) -> Option<&str> {
    let (at, _) = suffix.match_indices('@').find(|(at, _)| !suffix[..*at].ends_with(char::is_alphanumeric))?;
    let key = &suffix[at + 1..];
    let key = &key[..key.find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '-' | '_')).unwrap_or(key.len())];
    key.starts_with(char::is_alphabetic).then_some(key)
}

/// The finding for HTML.
#[must_use]
pub fn raw_html(file: &ContentPath, span: Span) -> Diagnostic {
    Diagnostic::new(Code::RawHtml, "HTML is shown as it stands", Label::new(file, span))
        .help("use Markdown, or type a backslash before `<` if it belongs to the text")
}

/// Where the destination of a link stands; the whole link where it was given elsewhere or with escapes.
fn target_span(text: &str, link: Span, inner_end: usize, target: &str) -> Span {
    let exact = |start: usize| {
        let end = start + target.len();
        (text.get(start..end) == Some(target) && end <= link.end as usize).then(|| Span::new(start, end))
    };
    let start = link.start as usize;
    if text.as_bytes().get(start) == Some(&b'<') {
        return exact(start + 1).unwrap_or(link);
    }
    let Some(rest) = text.get(inner_end..link.end as usize).and_then(|rest| rest.strip_prefix("](")) else { return link };
    let trimmed = rest.trim_start();
    let at = inner_end + 2 + rest.len() - trimmed.len() + usize::from(trimmed.starts_with('<'));
    exact(at).unwrap_or(link)
}

/// The last words of `plain`, looking no further back than needed, so that long paragraphs cost no more.
fn before(plain: &str) -> String {
    let mut from = plain.len().saturating_sub(4 * CONTEXT);
    while !plain.is_char_boundary(from) {
        from += 1;
    }
    let window = squeeze_inner(&plain[from..]);
    let (words, cut) = tail(&window, CONTEXT);
    if cut || from > 0 { format!("…{words}") } else { words.to_owned() }
}

/// The first words of `plain`.
fn after(plain: &str) -> String {
    let mut to = plain.len().min(4 * CONTEXT);
    while !plain.is_char_boundary(to) {
        to -= 1;
    }
    let window = squeeze_inner(&plain[..to]);
    let (words, cut) = head(&window, CONTEXT);
    if cut || to < plain.len() { format!("{words}…") } else { words.to_owned() }
}

fn clipped(plain: &str) -> String {
    after(plain).trim().to_owned()
}

/// Runs of white space as one blank, also at the ends, where they separate words from the annotation.
fn squeeze_inner(text: &str) -> String {
    let mut out = squeeze(text);
    if text.ends_with(char::is_whitespace) && !out.is_empty() {
        out.push(' ');
    }
    if text.starts_with(char::is_whitespace) {
        out.insert(0, ' ');
    }
    out
}
