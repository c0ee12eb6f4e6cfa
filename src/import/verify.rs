//! Reads a printed document again, as a build will, and compares its words with those of the original. Knows nothing of importers.
//!
//! Blanks and line ends are not compared, since no format agrees on them; every other character is.

use super::front::{Fields, Value};
use super::{Document, Expected};
use crate::base::path::ContentPath;
use crate::model::annotation::{Annotation, AnnotationKind};
use crate::model::block::{Block, BlockKind, Delimiter, Inline};
use crate::parse::body;
use crate::parse::date::DateContext;
use std::collections::BTreeMap;

/// How a document came through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Characters of the original.
    pub characters: usize,
    /// Characters that are nowhere in the document.
    pub lost: usize,
    /// The first place where the texts differ, with the words of both.
    pub difference: Option<String>,
    /// Findings of the reader that the printed text should not give.
    pub findings: Vec<String>,
    /// Notes written.
    pub notes: usize,
    /// Marks of notes.
    pub note_references: usize,
    /// Notes to which no mark leads.
    pub unused: usize,
    /// Mentions of register entries.
    pub mentions: usize,
}

/// Compares `printed`, whose text begins at byte `start`, with what is expected of `document`.
#[must_use]
pub fn verify(document: &Document, path: &ContentPath, printed: &str, start: usize) -> Verdict {
    let read = body::read_body(path, printed, start, &DateContext::default());
    let (body, summary) = read.value;
    let mut verdict = Verdict {
        notes: summary.notes.len(),
        note_references: summary.note_refs.len(),
        mentions: summary.annotations.iter().filter(|annotation| matches!(annotation.kind, AnnotationKind::Mention { .. })).count(),
        findings: read.findings.iter().map(|finding| format!("{}: {}", finding.code.name(), finding.message)).collect(),
        ..Verdict::default()
    };
    let mut led_to = vec![false; summary.notes.len()];
    summary.note_refs.iter().filter_map(|reference| reference.note).for_each(|note| led_to[note as usize] = true);
    verdict.unused = led_to.iter().filter(|led| !**led).count();
    let Some(expected) = &document.expected else { return verdict };
    let mut gather = Gather { annotations: &summary.annotations, text: String::new() };
    gather.blocks(&body.blocks);
    let text = std::mem::take(&mut gather.text);
    let notes: String = body
        .notes
        .iter()
        .map(|note| {
            gather.blocks(note);
            std::mem::take(&mut gather.text)
        })
        .collect();
    compare(&mut verdict, expected, &text, &notes);
    let fields = dense(&words_of(&document.front)).to_lowercase();
    for moved in &document.moved {
        let moved = dense(moved);
        let letters = moved.chars().count();
        verdict.characters += letters;
        if !fields.contains(&moved.to_lowercase()) {
            verdict.lost += letters;
            verdict.difference.get_or_insert(format!("no field says: {moved}"));
        }
    }
    verdict
}

fn compare(verdict: &mut Verdict, expected: &Expected, text: &str, notes: &str) {
    for (original, own) in [(&expected.text, text), (&expected.notes, notes)] {
        let (original, own) = (dense(original), dense(own));
        verdict.characters += original.chars().count();
        if original == own {
            continue;
        }
        let (lost, place) = difference(&original, &own);
        verdict.lost += lost;
        verdict.difference.get_or_insert(place);
    }
}

/// Characters of the first text that the second lacks between their common beginning and end, and the place in words. Text that only stands
/// elsewhere is not lost, but the place is told.
fn difference(original: &str, own: &str) -> (usize, String) {
    let (a, b): (Vec<char>, Vec<char>) = (original.chars().collect(), own.chars().collect());
    let begin = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let end = a[begin..].iter().rev().zip(b[begin..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[begin..a.len() - end], &b[begin..b.len() - end]);
    let mut letters: BTreeMap<char, isize> = BTreeMap::new();
    a.iter().for_each(|letter| *letters.entry(*letter).or_default() += 1);
    b.iter().for_each(|letter| *letters.entry(*letter).or_default() -= 1);
    let lost = letters.values().filter(|count| **count > 0).map(|count| count.unsigned_abs()).sum();
    let show = |letters: &[char]| letters.iter().take(40).collect::<String>();
    (lost, format!("the original has “{}”, the document “{}”", show(a), show(b)))
}

/// Text without blanks and characters that only shape a line.
fn dense(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace() && !letter.is_control() && !matches!(letter, '\u{feff}' | '\u{fffe}' | '\u{ffff}'))
        .collect()
}

fn words_of(fields: &Fields) -> String {
    fn add(value: &Value, out: &mut String) {
        match value {
            Value::Text(text) => {
                out.push_str(text);
                out.push('\n');
            }
            Value::List(values) => values.iter().for_each(|value| add(value, out)),
            Value::Map(fields) => fields.iter().for_each(|(_, value)| add(value, out)),
        }
    }
    let mut out = String::new();
    fields.iter().for_each(|(_, value)| add(value, &mut out));
    out
}

struct Gather<'a> {
    annotations: &'a [Annotation],
    text: String,
}

impl Gather<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } => self.inlines(text),
                BlockKind::Quote(inner) => self.blocks(inner),
                BlockKind::List { delimiter, items, .. } => {
                    for item in items {
                        let sign = if *delimiter == Delimiter::Period { '.' } else { ')' };
                        self.text.extend(item.number.map(|number| format!("{number}{sign}")));
                        self.blocks(&item.blocks);
                    }
                }
                BlockKind::Table { head, rows, .. } => head.iter().chain(rows.iter().flatten()).for_each(|cell| self.inlines(cell)),
                BlockKind::Code { text, .. } | BlockKind::Html(text) => self.text.push_str(text),
                BlockKind::Rule => self.text.push_str("***"),
            }
            self.text.push(' ');
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) | Inline::Html(text) => self.text.push_str(text),
                Inline::SoftBreak | Inline::HardBreak => self.text.push(' '),
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) => self.inlines(inner),
                Inline::NoteRef(_) => {}
                Inline::Annotated(index, inner) => match self.annotations.get(*index as usize).map(|annotation| &annotation.kind) {
                    // The dots of a gap and the marks of an image are ours.
                    Some(AnnotationKind::Gap { .. } | AnnotationKind::Image { .. } | AnnotationKind::Citation(_)) => {}
                    Some(AnnotationKind::Emendation { source, .. }) => {
                        self.inlines(inner);
                        self.text.push_str(source);
                    }
                    _ => self.inlines(inner),
                },
            }
        }
    }
}
