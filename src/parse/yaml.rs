//! YAML as a tree with places: the door to the YAML parser, for everything an editor types.
//!
//! The tree is built from parser events, so that every name and value keeps its bytes in the file, and so that values stay text:
//! `no` is not false, `1922-04-24` no number. Anchors, aliases and tags are refused, and so are names that stand twice.
//! A line that is no YAML only because of an unquoted colon is read as typed (see [`mend`]); any other slip is explained,
//! the field it stands in is set aside, and reading goes on, so that one run shows all of them.

mod brackets;
mod mend;
mod slips;

use crate::base::path::ContentPath;
use crate::base::span::Span;
use crate::diag::{Checked, Code, Diagnostic, Label};
pub(super) use mend::quoted;
use mend::{Patch, Verdict};
use saphyr_parser::{Event, Parser, ScalarStyle};
pub(super) use slips::hyphened;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

/// Deepest nesting of lists and maps that is read.
const DEPTH: usize = 32;
/// Most values in one file.
const NODES: usize = 1_000_000;
/// Most bytes scanned for one file, counting each reading after a mended line.
const WORK: usize = 64 << 20;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Bytes of the file, without white space around.
    pub span: Span,
    /// The value.
    pub kind: NodeKind,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// Nothing after the colon, or `~`, or `null`.
    Null,
    /// Words.
    Scalar {
        /// Quotes and escapes resolved; lines folded as YAML says.
        text: String,
        /// How it was typed.
        style: Style,
    },
    /// `- a` or `[a, b]`
    List(Vec<Node>),
    /// `name: value` or `{name: value}`; each name once.
    Map(Vec<(Key, Node)>),
    /// The value could not be read and was reported; its name is known.
    Unreadable,
}

/// How words were typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As they are.
    Plain,
    /// In quotation marks, or as a block after `|` or `>`.
    Quoted,
}

/// A name before a colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Whether a text has a line that is neither empty, a comment, nor a mark of YAML itself.
fn says_something(source: &str) -> bool {
    source.trim_matches('\u{feff}').lines().map(str::trim).any(|line| !line.is_empty() && !line.starts_with(['#', '%', '-', '.']))
}

/// Reads the YAML that stands at `span` of the file `text`; `None` when nothing is there or nothing can be read.
#[must_use]
pub fn read(file: &ContentPath, text: &str, span: Span) -> Checked<Option<Node>> {
    let mut start = span.range().start.min(text.len());
    let end = span.range().end.min(text.len());
    if text[start..end].starts_with('\u{feff}') {
        start += '\u{feff}'.len_utf8();
    }
    let source = &text[start..end];
    let mut findings = Vec::new();
    if let Some(at) = source.find('\0') {
        let place = Label::new(file, Span::new(start + at, start + at + 1));
        findings
            .push(Diagnostic::new(Code::YamlSyntax, "a NUL character stands in the text", place).help("remove the invisible character"));
        return Checked::new(None, findings);
    }
    let mut patch = Patch::new(source);
    let mut work = 0;
    loop {
        let patched = patch.text();
        work += patched.len();
        let mut builder = Builder {
            file,
            source,
            start,
            patch: &patch,
            offsets: Offsets::of(&patched),
            stack: Vec::new(),
            nodes: 0,
            root: None,
            findings: Vec::new(),
        };
        let trouble = match builder.run(&patched) {
            Ok(()) => {
                let Builder { root, findings: more, .. } = builder;
                findings.extend(more);
                if root.is_none() && findings.is_empty() && says_something(source) {
                    let place = Label::new(file, Span::new(start, end));
                    let help = "write each field as `name: value` on a line of its own";
                    findings.push(Diagnostic::new(Code::YamlSyntax, "nothing can be read here as fields", place).help(help));
                }
                return Checked::new(root, findings);
            }
            Err(trouble) => trouble,
        };
        let at = patch.original(trouble.at);
        match mend::mend(source, at, &trouble.words, &mut patch) {
            Verdict::Mended if work < WORK => {}
            Verdict::Explained(words) if work < WORK => findings.push(words.finding(file, start)),
            Verdict::Explained(words) | Verdict::Stop(words) => {
                findings.push(words.finding(file, start));
                return Checked::new(None, findings);
            }
            Verdict::Mended => {
                let words =
                    mend::Words::new("too many lines need quotation marks", at..at).help("put values with a colon in quotation marks");
                findings.push(words.finding(file, start));
                return Checked::new(None, findings);
            }
        }
    }
}

/// Why the parser stopped, and where in the patched text.
struct Trouble {
    at: usize,
    words: String,
}

/// Characters to bytes. The parser counts characters; most files have other scripts in them.
struct Offsets(Option<Vec<u32>>, usize);

impl Offsets {
    fn of(text: &str) -> Self {
        let table = (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX)).collect());
        Self(table, text.len())
    }

    fn byte(&self, character: usize) -> usize {
        match &self.0 {
            None => character.min(self.1),
            Some(table) => table.get(character).map_or(self.1, |at| *at as usize),
        }
    }
}

/// A list or map that is still open.
struct Frame {
    start: usize,
    kind: FrameKind,
}

enum FrameKind {
    List(Vec<Node>),
    Map { entries: Vec<(Key, Node)>, seen: BTreeMap<String, Span>, key: Option<Key> },
}

struct Builder<'a> {
    file: &'a ContentPath,
    source: &'a str,
    start: usize,
    patch: &'a Patch<'a>,
    offsets: Offsets,
    stack: Vec<Frame>,
    nodes: usize,
    root: Option<Node>,
    findings: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn run(&mut self, patched: &str) -> Result<(), Trouble> {
        let mut parser = Parser::new_from_str(patched);
        let mut documents = 0;
        while let Some(next) = parser.next_event() {
            let (event, place) =
                next.map_err(|error| Trouble { at: self.offsets.byte(error.marker().index()), words: error.info().to_owned() })?;
            let start = self.original(place.start.index());
            let end = self.original(place.end.index()).max(start);
            self.nodes += 1;
            if self.stack.len() > DEPTH || self.nodes > NODES {
                let words = if self.nodes > NODES { "too many values" } else { "nested too deeply" };
                return Err(Trouble { at: self.offsets.byte(place.start.index()), words: words.into() });
            }
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        self.report(
                            "a second part begins here: what follows is not read",
                            start,
                            start,
                            "remove the line `---` or `...` above",
                        );
                        break;
                    }
                }
                Event::Alias(_) => {
                    self.refuse("an alias of YAML", start);
                    self.close(Node { span: self.span(start, end), kind: NodeKind::Unreadable });
                }
                Event::Scalar(text, style, anchor, tag) => {
                    self.refuse_marks(anchor, tag.is_some(), start);
                    let mut node = self.scalar(&text, style, start, end);
                    if text.is_empty() && (anchor > 0 || tag.is_some()) {
                        // The words are in the name of the anchor or tag.
                        node.kind = NodeKind::Unreadable;
                    }
                    self.close(node);
                }
                Event::SequenceStart(anchor, tag) => {
                    self.refuse_marks(anchor, tag.is_some(), start);
                    self.stack.push(Frame { start, kind: FrameKind::List(Vec::new()) });
                }
                Event::MappingStart(anchor, tag) => {
                    self.refuse_marks(anchor, tag.is_some(), start);
                    self.stack.push(Frame { start, kind: FrameKind::Map { entries: Vec::new(), seen: BTreeMap::new(), key: None } });
                }
                Event::SequenceEnd | Event::MappingEnd => self.end(end),
                Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
            }
        }
        Ok(())
    }

    /// Byte of the unpatched source.
    fn original(&self, character: usize) -> usize {
        self.patch.original(self.offsets.byte(character))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.start + start, self.start + end)
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, start: usize, end: usize) -> Node {
        let edit = self.patch.covering(start);
        let typed = self.source[start..end].trim_end();
        let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
        let end = match edit {
            Some(ref range) => range.end,
            None if quoted => start + quoted_length(typed),
            None => start + typed.len(),
        };
        let plain = style == ScalarStyle::Plain;
        let implied = plain && text == "~" && typed != "~";
        if implied {
            let span = self.span(start, start);
            return Node { span, kind: NodeKind::Null };
        }
        let span = self.span(start, end);
        if plain && matches!(text, "" | "~" | "null" | "Null" | "NULL") {
            return Node { span, kind: NodeKind::Null };
        }
        if plain {
            self.warn_of_hash(end);
        }
        if plain || edit.is_some() {
            self.warn_of_curly(start, end);
        }
        let style = if plain || edit.is_some() { Style::Plain } else { Style::Quoted };
        Node { span, kind: NodeKind::Scalar { text: text.to_owned(), style } }
    }

    /// `title: Telegram #45 to Stalin`: YAML drops what follows ` #`. A comment proper has a space after `#`.
    fn warn_of_hash(&mut self, end: usize) {
        let rest = self.source[end..].split(['\n', '\r']).next().unwrap_or("");
        let lost = rest.trim();
        let no_comment =
            lost.len() > 1 && lost.starts_with('#') && !lost[1..].starts_with(|next: char| next.is_whitespace() || next == '#');
        if no_comment || is_number_sign(&self.source[..end], lost) {
            let at = end + rest.find('#').unwrap_or(0);
            let message = format!("`{}` is taken as a comment and left out", mend::shortened(lost));
            let mut finding = Diagnostic::new(Code::LostWords, message, Label::new(self.file, self.span(at, at + lost.len())));
            let line = mend::line_at(self.source, at);
            if let Some(better) = mend::quoted_line(&self.source[line]) {
                finding = finding.help(format!("write `{better}`"));
            }
            let comment = if no_comment { "put a space after `#`" } else { "put it on a line of its own" };
            self.findings.push(finding.help(format!("if it is a comment, {comment}")));
        }
    }

    /// `title: “Letter”`: quotation marks of print do not stand around a value but in it.
    fn warn_of_curly(&mut self, start: usize, end: usize) {
        const MARKS: [char; 6] = ['“', '”', '„', '‟', '‘', '‚'];
        let typed = &self.source[start..end];
        let mut letters = typed.chars();
        let Some((first, last)) = letters.next().zip(letters.next_back()) else { return };
        let inner = letters.as_str();
        let single = matches!(first, '‘' | '‚');
        let closes = if single { matches!(last, '’' | '‘' | '\'') } else { matches!(last, '”' | '“' | '"') };
        if !MARKS.contains(&first)
            || !closes
            || inner.is_empty()
            || inner.contains(if single { ['‘', '‚', '\n'] } else { ['“', '”', '„'] })
        {
            return;
        }
        let message = "curly quotation marks do not stand around a value: they are taken as part of it";
        let straight = mend::shortened(&inner.replace('"', "\\\"")).to_string();
        self.findings.push(
            Diagnostic::new(Code::CurlyQuotes, message, Label::new(self.file, self.span(start, end)))
                .help(format!("type straight ones, or none: `\"{straight}\"`"))
                .help(format!("if they are to be shown, put straight ones around them: `\"{first}{straight}{last}\"`")),
        );
    }

    fn refuse_marks(&mut self, anchor: usize, tag: bool, start: usize) {
        if anchor > 0 {
            self.refuse("an anchor of YAML", start);
        } else if tag {
            self.refuse("a tag of YAML", start);
        }
    }

    fn refuse(&mut self, what: &str, start: usize) {
        let at = start.min(self.source.len());
        let line = mend::line_at(self.source, at);
        let typed = &self.source[line.clone()];
        let begin = line.start + (typed.len() - typed.trim_start().len());
        let message = format!("{what} stands here; values are always written out");
        let mut finding =
            Diagnostic::new(Code::YamlSyntax, message, Label::new(self.file, self.span(begin, line.start + typed.trim_end().len())));
        if let Some(better) = mend::quoted_line(typed) {
            finding = finding.help(format!("if these are words, write `{better}`"));
        }
        self.findings.push(finding);
    }

    fn report(&mut self, message: &str, start: usize, end: usize, help: &str) {
        let place = Label::new(self.file, self.span(start, end));
        self.findings.push(Diagnostic::new(Code::YamlSyntax, message, place).help(help));
    }

    /// Closes a list or map; `end` is right only for those in brackets.
    fn end(&mut self, end: usize) {
        let Some(frame) = self.stack.pop() else { return };
        let begin = self.start + frame.start;
        let bracketed = self.source[frame.start..].starts_with(['[', '{']);
        let (first, last, kind) = match frame.kind {
            FrameKind::List(items) => {
                (items.first().map(|node| node.span.start), items.last().map(|node| node.span.end), NodeKind::List(items))
            }
            FrameKind::Map { entries, .. } => {
                let last = entries.last().map(|(key, node)| node.span.end.max(key.span.end));
                (entries.first().map(|(key, _)| key.span.start), last, NodeKind::Map(entries))
            }
        };
        let first = first.map_or(begin, |first| first as usize).min(begin);
        // In brackets the parser counts the white space behind them too.
        let closed = frame.start + self.source[frame.start..end.max(frame.start)].trim_end().len();
        let last = if bracketed { self.start + closed } else { last.map_or(begin, |last| last as usize) };
        self.close(Node { span: Span::new(first, last), kind });
    }

    /// Puts a whole value where it belongs.
    fn close(&mut self, mut node: Node) {
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(node);
            return;
        };
        match &mut frame.kind {
            FrameKind::List(items) => items.push(node),
            FrameKind::Map { entries, seen, key } => match key.take() {
                None => {
                    let text = match node.kind {
                        NodeKind::Scalar { text, .. } => text,
                        _ => {
                            let place = Label::new(self.file, node.span);
                            let finding = Diagnostic::new(Code::YamlSyntax, "the name before the colon is no plain word", place);
                            self.findings.push(finding.help("write `name: value`"));
                            String::new()
                        }
                    };
                    *key = Some(Key { text, span: node.span });
                }
                Some(key) if key.text.is_empty() => {}
                Some(key) => {
                    let holds = matches!(&node.kind, NodeKind::List(items) if !items.is_empty())
                        || matches!(&node.kind, NodeKind::Map(entries) if !entries.is_empty());
                    if node.span.start == node.span.end && !holds {
                        let colon = (key.span.end as usize).saturating_sub(self.start);
                        if self.patch.is_broken(colon..colon + 3) {
                            node.kind = NodeKind::Unreadable;
                        }
                        // The parser puts an absent value at the next word; it belongs behind its own name.
                        node.span = Span::at(key.span.end as usize);
                    }
                    match seen.entry(key.text.clone()) {
                        Slot::Occupied(first) => {
                            let place = Label::new(self.file, key.span);
                            let finding = Diagnostic::new(Code::DuplicateKey, format!("`{}` stands twice", key.text), place)
                                .also(Label::new(self.file, *first.get()).saying("first here"));
                            self.findings.push(finding.help("keep one of the two"));
                        }
                        Slot::Vacant(slot) => {
                            slot.insert(key.span);
                            entries.push((key, node));
                        }
                    }
                }
            },
        }
    }
}

/// `Telegram # 2089 of March 3`: a `#` between a word and a figure is the sign for a number, if nothing but small words and a date follow.
fn is_number_sign(before: &str, lost: &str) -> bool {
    const SMALL: [&str; 12] = ["of", "to", "from", "dated", "and", "by", "vom", "von", "an", "du", "от", "из"];
    let Some(words) = lost.strip_prefix("# ").map(str::trim_start) else { return false };
    let figures = words.len() - words.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
    let rest = words[figures..].trim_start();
    let next = rest.split_whitespace().next().unwrap_or_default();
    figures > 0
        && before.ends_with(char::is_alphabetic)
        && (rest.is_empty() || rest.starts_with([',', ';', ')', ']']) || SMALL.contains(&next))
}

/// Length of the quoted words at the start of `typed`, with both quotation marks.
fn quoted_length(typed: &str) -> usize {
    let mut letters = typed.char_indices();
    let Some((_, mark)) = letters.next() else { return 0 };
    let mut escaped = false;
    while let Some((at, letter)) = letters.next() {
        if escaped {
            escaped = false;
        } else if mark == '"' && letter == '\\' {
            escaped = true;
        } else if letter == mark {
            if mark == '\'' && typed[at + 1..].starts_with('\'') {
                letters.next();
                continue;
            }
            return at + 1;
        }
    }
    typed.len()
}
