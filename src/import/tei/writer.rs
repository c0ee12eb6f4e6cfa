//! State of one document while it is written: its notes, page breaks that wait for the next words, enclosures, and what went into fields.

use super::super::front::Fields;
use super::super::text::{Block, BlockKind, Inline};
use super::Reading;
use crate::formats::xml::NodeId;
use crate::model::block::Part;
use std::collections::{BTreeMap, BTreeSet};

/// One document being written.
pub(super) struct Writer<'r, 'a> {
    pub(super) reading: &'r mut Reading<'a>,
    /// Its element.
    pub(super) unit: NodeId,
    /// Notes in the order of their marks.
    pub(super) notes: Vec<(String, Vec<Block>)>,
    /// The elements of these notes.
    pub(super) note_nodes: Vec<NodeId>,
    labels: BTreeMap<NodeId, String>,
    taken: BTreeSet<String>,
    /// How many notes there are of each kind.
    counts: BTreeMap<&'static str, usize>,
    /// Printed marks begin anew on each page, so the notes are numbered through.
    through: bool,
    /// Page breaks and marks that wait for the next words.
    pub(super) pending: Vec<Inline>,
    /// Entries of `contains`.
    pub(super) contains: Vec<Fields>,
    /// Elements whose words went into fields.
    pub(super) moved: BTreeSet<NodeId>,
    pub(super) moved_words: Vec<String>,
    /// Pages that begin within the document.
    pub(super) pages: Vec<String>,
    /// Surname of the recipient, as the heading has it.
    pub(super) addressee: Option<String>,
    /// Page breaks between the items of a list, by the item after them.
    pub(super) pages_before: BTreeMap<NodeId, Vec<NodeId>>,
}

/// Blocks being gathered from mixed content.
pub(super) struct Flow {
    pub(super) out: Vec<Block>,
    pub(super) line: Vec<Inline>,
    pub(super) part: Option<Part>,
}

impl Flow {
    pub(super) fn new(part: Option<Part>) -> Self {
        Self { out: Vec::new(), line: Vec::new(), part }
    }
}

impl<'r, 'a> Writer<'r, 'a> {
    pub(super) fn new(reading: &'r mut Reading<'a>, unit: NodeId) -> Self {
        let through = twice(reading, unit);
        Self {
            through,
            reading,
            unit,
            notes: Vec::new(),
            note_nodes: Vec::new(),
            labels: BTreeMap::new(),
            taken: BTreeSet::new(),
            counts: BTreeMap::new(),
            pending: Vec::new(),
            contains: Vec::new(),
            moved: BTreeSet::new(),
            moved_words: Vec::new(),
            pages: Vec::new(),
            addressee: None,
            pages_before: BTreeMap::new(),
        }
    }

    /// Ends the paragraph being gathered; what waits is put before its words.
    pub(super) fn end_line(&mut self, flow: &mut Flow) {
        let line = std::mem::take(&mut flow.line);
        let line = clean(line);
        if line.is_empty() {
            return;
        }
        let block = self.paragraph(line, flow.part);
        flow.out.push(block);
    }

    /// A paragraph with what waits before it.
    pub(super) fn paragraph(&mut self, mut line: Vec<Inline>, part: Option<Part>) -> Block {
        let mut text = std::mem::take(&mut self.pending);
        text.append(&mut line);
        Block { part, ..Block::paragraph(text) }
    }

    /// Puts what still waits at the end of the last paragraph, or into one of its own.
    pub(super) fn end_document(&mut self, blocks: &mut Vec<Block>) {
        if self.pending.is_empty() {
            return;
        }
        let pending = std::mem::take(&mut self.pending);
        match blocks.last_mut().map(|block| &mut block.kind) {
            Some(BlockKind::Paragraph(text)) => text.extend(pending),
            _ => blocks.push(Block::paragraph(pending)),
        }
    }

    /// The mark of a note; its text is written when it is met first.
    pub(super) fn mark(&mut self, note: NodeId) -> Inline {
        if let Some(label) = self.labels.get(&note) {
            return Inline::Note(label.clone());
        }
        let label = self.label(note);
        self.labels.insert(note, label.clone());
        self.note_nodes.push(note);
        let at = self.notes.len();
        self.notes.push((label.clone(), Vec::new()));
        // A page break that waits belongs to the text, not to the note.
        let waiting = std::mem::take(&mut self.pending);
        let mut blocks = self.blocks(note, None);
        self.end_document(&mut blocks);
        self.pending = waiting;
        self.notes[at].1 = blocks;
        Inline::Note(label)
    }

    /// The label of a note: its kind, where it is not the editors', and its printed mark; a number where none is printed.
    fn label(&mut self, note: NodeId) -> String {
        let xml = self.reading.xml;
        let kind = match xml.attribute(note, "type").or_else(|| xml.attribute(note, "resp")).unwrap_or_default() {
            "author" | "authorial" | "#author" => "author:",
            "translator" | "#translator" | "tr" => "tr:",
            "archive" => "archive:",
            "publisher" => "publisher:",
            "text" | "textConst" | "textual" | "critical" | "critic" | "apparatus" => "text:",
            _ => "",
        };
        let printed = xml
            .attribute(note, "n")
            .filter(|_| !self.through)
            .map(|n| n.trim().trim_matches(['(', ')', '[', ']', '.']))
            .filter(|n| !n.is_empty());
        let wish = match printed {
            Some(mark) => super::super::markdown::label(&format!("{kind}{}", mark.replace(':', "-"))),
            None => {
                let number = 1 + self.counts.get(kind).copied().unwrap_or_default();
                format!("{kind}{number}")
            }
        };
        let mut label = wish.clone();
        let mut count = 1;
        while !self.taken.insert(label.clone()) {
            count += 1;
            label = match printed {
                // A name, so that it gets the next mark of its series.
                Some(_) => format!("{kind}note-{}-{count}", wish.rsplit(':').next().unwrap_or(&wish)),
                None => format!("{kind}{}", self.taken.len() + count),
            };
        }
        *self.counts.entry(kind).or_default() += 1;
        if printed.is_some() && label != wish {
            self.reading.changed("a mark of a note stands twice in one document; the later note has the next mark", note, &wish);
        }
        label
    }
}

/// Whether two notes of a document have one printed mark.
fn twice(reading: &mut Reading<'_>, unit: NodeId) -> bool {
    let xml = reading.xml;
    let mut marks: BTreeSet<(Option<&str>, &str)> = BTreeSet::new();
    let notes = xml.within(unit).filter(|node| xml.name(*node) == "note");
    let again = notes
        .into_iter()
        .find(|note| xml.attribute(*note, "n").is_some_and(|mark| !marks.insert((xml.attribute(*note, "type"), mark.trim()))));
    if let Some(note) = again {
        let mark = xml.attribute(note, "n").unwrap_or_default().to_owned();
        reading.changed("notes whose printed marks begin anew on each page are numbered through the document", note, &mark);
    }
    again.is_some()
}

/// Blanks between pieces as one blank, none at the ends and beside line ends. Only the blanks that XML knows count: a no-break space stays.
pub(super) fn clean(line: Vec<Inline>) -> Vec<Inline> {
    let mut line = line;
    let mut blank = true;
    squeeze(&mut line, &mut blank);
    trim_end(&mut line);
    line.retain(|inline| *inline != Inline::Text(String::new()));
    line
}

fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\n' | '\t' | '\r')
}

fn squeeze(line: &mut Vec<Inline>, blank: &mut bool) {
    for inline in line.iter_mut() {
        match inline {
            Inline::Text(text) => {
                let mut out = String::with_capacity(text.len());
                for letter in text.chars() {
                    if !is_blank(letter) {
                        out.push(letter);
                    } else if !*blank {
                        out.push(' ');
                    }
                    *blank = is_blank(letter);
                }
                *text = out;
            }
            Inline::Break => *blank = true,
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) | Inline::Annotated { words: inner, .. } => {
                squeeze(inner, blank);
            }
            Inline::Note(_) | Inline::Citation(_) => *blank = false,
        }
    }
    line.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    let mut at = 0;
    while at < line.len() {
        if line[at] == Inline::Break && at > 0 {
            let mut before: Vec<Inline> = line.drain(..at).collect();
            trim_end(&mut before);
            at = before.len();
            before.append(line);
            *line = before;
        }
        at += 1;
    }
}

fn trim_end(line: &mut Vec<Inline>) {
    while let Some(last) = line.last_mut() {
        match last {
            Inline::Text(text) => {
                let kept = text.trim_end_matches(is_blank).len();
                text.truncate(kept);
                if kept > 0 {
                    return;
                }
                line.pop();
            }
            Inline::Break => {
                line.pop();
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) => {
                trim_end(inner);
                if !inner.is_empty() {
                    return;
                }
                line.pop();
            }
            Inline::Annotated { words, .. } => {
                trim_end(words);
                return;
            }
            _ => return,
        }
    }
}
