//! Running text put together piece by piece, as the readers of marked-up pages meet it: blanks run together, emphasis nests, paragraphs end.

use super::Piece;
use crate::import::text::{Block, BlockKind, Inline};
use crate::model::block::Part;

/// What stands around words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrap {
    /// Italics.
    Emphasis,
    /// Bold.
    Strong,
    /// Struck out.
    Deleted,
    /// A link or annotation.
    Annotated(String, String),
}

/// Deepest nesting of emphasis and links.
const DEEPEST: usize = 12;

/// Makes blocks of what it is given.
#[derive(Debug, Default)]
pub struct Builder {
    /// Blocks that are finished.
    pub pieces: Vec<Piece>,
    /// Blanks that were no plain ones: non-breaking and the like.
    pub odd_blanks: usize,
    current: Vec<Inline>,
    open: Vec<(Wrap, Vec<Inline>)>,
    /// Line of the paragraph that is open.
    pub line: usize,
    /// Part of the paragraph that is open.
    pub part: Option<Part>,
    blank: bool,
}

impl Builder {
    /// Adds words; runs of blanks become one.
    pub fn text(&mut self, words: &str) {
        let mut out = String::new();
        for letter in words.chars() {
            if letter.is_whitespace() {
                self.odd_blanks += usize::from(letter == '\u{a0}');
                self.blank = true;
            } else {
                if self.blank && !(self.is_at_start() && out.is_empty()) {
                    out.push(' ');
                }
                self.blank = false;
                out.push(letter);
            }
        }
        if !out.is_empty() {
            // A blank at the end belongs before what comes next.
            let after = std::mem::take(&mut self.blank);
            self.push(Inline::Text(out));
            self.blank = after;
        }
    }

    /// Nothing stands in the paragraph, or a line's end was kept just before.
    fn is_at_start(&self) -> bool {
        let last = self.open.iter().rev().find_map(|(_, inner)| inner.last()).or(self.current.last());
        last.is_none_or(|last| *last == Inline::Break)
    }

    /// Adds a piece, after the blank before it.
    pub fn push(&mut self, inline: Inline) {
        let blank = self.blank && !self.is_at_start() && inline != Inline::Break && !matches!(inline, Inline::Note(_));
        self.blank &= matches!(inline, Inline::Note(_));
        let target = self.open.last_mut().map_or(&mut self.current, |(_, inner)| inner);
        if blank {
            match target.last_mut() {
                Some(Inline::Text(before)) => before.push(' '),
                _ => target.push(Inline::Text(" ".into())),
            }
        }
        match (target.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(words)) => before.push_str(&words),
            (_, inline) => target.push(inline),
        }
        if matches!(target.last(), Some(Inline::Break)) {
            self.blank = false;
        }
    }

    /// A line's end that is kept.
    pub fn line_end(&mut self) {
        if !self.is_at_start() {
            self.push(Inline::Break);
        }
    }

    /// Opens emphasis or a link.
    pub fn open(&mut self, wrap: Wrap) {
        if self.blank && !self.is_at_start() {
            self.push(Inline::Text(String::new()));
        }
        // Nobody reads emphasis in so many levels; the words stay in the innermost.
        if self.open.len() < DEEPEST {
            self.open.push((wrap, Vec::new()));
        }
    }

    /// Closes the innermost of this kind; what stands open within it is closed too.
    pub fn close(&mut self, fits: impl Fn(&Wrap) -> bool) {
        let Some(at) = self.open.iter().rposition(|(wrap, _)| fits(wrap)) else { return };
        while self.open.len() > at {
            self.close_last();
        }
    }

    /// Whether one of this kind is open.
    #[must_use]
    pub fn is_open(&self, fits: impl Fn(&Wrap) -> bool) -> bool {
        self.open.iter().any(|(wrap, _)| fits(wrap))
    }

    fn close_last(&mut self) {
        let Some((wrap, inner)) = self.open.pop() else { return };
        let target = self.open.last_mut().map_or(&mut self.current, |(_, inner)| inner);
        if inner.is_empty() {
            return;
        }
        target.push(match wrap {
            Wrap::Emphasis => Inline::Emphasis(inner),
            Wrap::Strong => Inline::Strong(inner),
            Wrap::Deleted => Inline::Deleted(inner),
            Wrap::Annotated(target, title) => Inline::Annotated { target, title, words: inner },
        });
    }

    /// Running text without a block around it: for cells and headings.
    pub fn inlines(&mut self) -> Vec<Inline> {
        while !self.open.is_empty() {
            self.close_last();
        }
        self.blank = false;
        let mut text = std::mem::take(&mut self.current);
        while matches!(text.last(), Some(Inline::Break)) {
            text.pop();
        }
        text.retain(|inline| *inline != Inline::Text(String::new()));
        text
    }

    /// Ends the paragraph, if one is open.
    pub fn end(&mut self) {
        let text = self.inlines();
        let part = self.part.take();
        if !text.is_empty() {
            let block = Block { part, ..Block::paragraph(text) };
            self.pieces.push(Piece { line: self.line, block });
        }
    }

    /// Ends the paragraph and adds a block.
    pub fn block(&mut self, kind: BlockKind) {
        self.end();
        self.pieces.push(Piece { line: self.line, block: Block::new(kind) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_run_together_and_stand_outside_of_marks() {
        let mut builder = Builder::default();
        builder.text("  See ");
        builder.open(Wrap::Emphasis);
        builder.text("What Is\n To Be Done?");
        builder.close(|wrap| *wrap == Wrap::Emphasis);
        builder.push(Inline::Note("1".into()));
        builder.text(" and\u{a0}more");
        builder.line_end();
        builder.text(" next ");
        builder.end();
        let expected = vec![
            Inline::text("See "),
            Inline::Emphasis(vec![Inline::text("What Is To Be Done?")]),
            Inline::Note("1".into()),
            Inline::text(" and more"),
            Inline::Break,
            Inline::text("next"),
        ];
        assert_eq!(builder.pieces, [Piece { line: 0, block: Block::paragraph(expected) }]);
        assert_eq!(builder.odd_blanks, 1);
    }
}
