//! Every character of a page, and where it went: the proof that nothing is lost.
//!
//! The page's characters (blanks aside) are entered once as what there is; then all that stands in the document, its fields and its notes, and
//! all that was set aside, is struck out. What is left was lost; what is missing was invented. The text is counted from the finished
//! document, so a slip of the importer shows here.

use crate::import::text::{Block, BlockKind, Inline};
use std::collections::BTreeMap;

/// Characters by how often they stand on the page less how often they were accounted for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    left: BTreeMap<char, i64>,
    /// Characters of the page, blanks not counted.
    pub total: usize,
    /// Of these, in the text and the notes.
    pub in_text: usize,
    /// In fields, registers and bibliography.
    pub in_fields: usize,
    /// Said by form instead: numbers of notes, labels of fields, signs of markup.
    pub by_form: usize,
    /// Set aside.
    pub aside: usize,
}

fn counted(letter: &char) -> bool {
    !letter.is_whitespace() && !matches!(letter, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{ad}')
}

impl Ledger {
    /// Enters words of the page.
    pub fn enter(&mut self, words: &str) {
        for letter in words.chars().filter(counted) {
            *self.left.entry(letter).or_default() += 1;
            self.total += 1;
        }
    }

    fn strike(&mut self, words: &str) -> usize {
        let mut count = 0;
        for letter in words.chars().filter(counted) {
            *self.left.entry(letter).or_default() -= 1;
            count += 1;
        }
        count
    }

    /// Words that stand in fields.
    pub fn field(&mut self, words: &str) {
        self.in_fields += self.strike(words);
    }

    /// Words whose meaning the form of the document says: `[1]`, `Written:`.
    pub fn form(&mut self, words: &str) {
        self.by_form += self.strike(words);
    }

    /// Words set aside.
    pub fn aside(&mut self, words: &str) {
        self.aside += self.strike(words);
    }

    /// A finished text.
    pub fn text(&mut self, blocks: &[Block]) {
        let mut words = String::new();
        all_words(blocks, &mut words);
        self.in_text += self.strike(&words);
    }

    /// Characters of the page that are nowhere, with their number.
    #[must_use]
    pub fn lost(&self) -> (usize, String) {
        shown(self.left.iter().filter(|(_, left)| **left > 0).map(|(letter, left)| (*letter, *left)))
    }

    /// Characters of the result that the page does not have, with their number.
    #[must_use]
    pub fn invented(&self) -> (usize, String) {
        shown(self.left.iter().filter(|(_, left)| **left < 0).map(|(letter, left)| (*letter, -*left)))
    }
}

fn shown(letters: impl Iterator<Item = (char, i64)>) -> (usize, String) {
    let mut count = 0;
    let mut words = Vec::new();
    for (letter, times) in letters {
        count += usize::try_from(times).unwrap_or(0);
        words.push(if times == 1 { letter.to_string() } else { format!("{letter}×{times}") });
    }
    (count, words.join(" "))
}

/// All words of blocks, numbers of lists included, note marks not.
pub fn all_words(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading(_, text) => inline_words(text, out),
            BlockKind::Quote(blocks) => all_words(blocks, out),
            BlockKind::Bullets(items) => items.iter().for_each(|blocks| all_words(blocks, out)),
            BlockKind::Numbered(_, items) => {
                for (number, blocks) in items {
                    out.push_str(&format!("{number}."));
                    all_words(blocks, out);
                }
            }
            BlockKind::Table(_, rows) => rows.iter().flatten().for_each(|cell| inline_words(cell, out)),
            BlockKind::Stars => out.push_str("***"),
            BlockKind::Code(text) => out.push_str(text),
        }
        out.push('\n');
    }
}

fn inline_words(text: &[Inline], out: &mut String) {
    for inline in text {
        match inline {
            Inline::Text(words) => out.push_str(words),
            Inline::Break => out.push('\n'),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) => inline_words(inner, out),
            Inline::Annotated { target, words, .. } => {
                inline_words(words, out);
                // The reading of the source is a word of the original too.
                out.push_str(target.strip_prefix("sic:").unwrap_or_default());
            }
            Inline::Note(_) | Inline::Citation(_) => {}
        }
    }
}
