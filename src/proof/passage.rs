//! A paragraph, heading or cell as a reader sees it, with the place of every letter in the file.

use crate::base::span::Span;

/// Stands where something that is no text interrupts a line: a note mark, a citation, code, a gap.
pub const OBJECT: char = '\u{fffc}';

/// What a passage is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PassageKind {
    /// A paragraph, also in a quotation or list.
    #[default]
    Paragraph,
    /// A heading.
    Heading,
    /// A cell of a table.
    Cell,
    /// A printed rule or row of stars: something may be left out here.
    Break,
}

/// One passage.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// Number of the note it stands in, from 1; 0 in the text.
    pub note: usize,
    /// Its words, entities and escapes resolved. A line end of the file is `\n`, one to be kept U+2028.
    pub text: String,
    /// Words are missing in it.
    pub has_gap: bool,
    /// Bytes of the text where emphasis begins or ends.
    pub edges: Vec<u32>,
    pieces: Vec<Piece>,
}

/// Letters that came from one place.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// First byte in the passage.
    at: u32,
    /// Where it was typed.
    span: Span,
    /// The same letters stand there.
    verbatim: bool,
}

impl Passage {
    /// An empty passage.
    #[must_use]
    pub fn new(kind: PassageKind, note: usize) -> Self {
        Self { kind, note, ..Self::default() }
    }

    /// Adds words typed at `span`; `verbatim` when the file has the same letters there.
    pub fn push(&mut self, words: &str, span: Span, verbatim: bool) {
        self.pieces.push(Piece { at: self.len(), span, verbatim });
        self.text.push_str(words);
    }

    /// Adds what is no text.
    pub fn object(&mut self, span: Span) {
        self.push(OBJECT.encode_utf8(&mut [0; 4]), span, false);
    }

    /// Emphasis begins or ends here.
    pub fn edge(&mut self) {
        self.edges.push(self.len());
    }

    fn len(&self) -> u32 {
        Span::at(self.text.len()).start
    }

    /// Takes the text from byte `at` on away.
    pub fn cut(&mut self, at: usize) {
        self.text.truncate(at);
        self.pieces.retain(|piece| (piece.at as usize) < at);
        self.edges.retain(|edge| (*edge as usize) < at);
    }

    /// Where the bytes `from..to` of the text stand in the file.
    #[must_use]
    pub fn span(&self, from: usize, to: usize) -> Span {
        let first = self.place(from, false);
        let last = if to > from { self.place(to, true) } else { first };
        Span { start: first.start, end: last.end.max(first.start) }
    }

    /// Whether the file has the bytes `from..to` letter for letter.
    #[must_use]
    pub fn is_verbatim(&self, from: usize, to: usize) -> bool {
        let first = self.piece(from);
        first.is_some() && first == self.piece(to.saturating_sub(1).max(from)) && first.is_some_and(|index| self.pieces[index].verbatim)
    }

    /// Whether emphasis begins or ends between two bytes.
    #[must_use]
    pub fn has_edge(&self, from: usize, to: usize) -> bool {
        let next = self.edges.partition_point(|edge| (*edge as usize) < from);
        self.edges.get(next).is_some_and(|edge| *edge as usize <= to)
    }

    fn piece(&self, at: usize) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.at as usize <= at).checked_sub(1)
    }

    /// The place of a byte; of an end, that of the byte before.
    fn place(&self, at: usize, end: bool) -> Span {
        let Some(index) = self.piece(if end { at.saturating_sub(1) } else { at }) else { return Span::default() };
        let piece = self.pieces[index];
        if !piece.verbatim {
            return piece.span;
        }
        let offset = Span::at(at).start - piece.at;
        Span { start: piece.span.start + offset, end: piece.span.start + offset }
    }
}

/// A word of a passage.
#[derive(Clone, Copy, Debug)]
pub struct Word<'a> {
    /// Its letters, marks and figures.
    pub text: &'a str,
    /// First byte in the passage.
    pub at: usize,
}

impl Word<'_> {
    /// The byte behind it.
    #[must_use]
    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// The runs of letters and figures of a text, with apostrophes between letters.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let at = rest + text[rest..].find(char::is_alphanumeric)?;
        let mut end = at;
        let mut letters = text[at..].chars().peekable();
        while let Some(letter) = letters.next() {
            let inside = letter.is_alphanumeric()
                || is_mark(letter)
                || (matches!(letter, '\'' | '’') && letters.peek().is_some_and(|next| next.is_alphabetic()));
            if !inside {
                break;
            }
            end += letter.len_utf8();
        }
        rest = end;
        Some(Word { text: &text[at..end], at })
    })
}

/// Accents that stand as letters of their own.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_file() {
        let mut passage = Passage::new(PassageKind::Paragraph, 0);
        passage.push("see ", Span::new(10, 14), true);
        passage.push("&", Span::new(14, 19), false);
        passage.push(" Чич", Span::new(19, 26), true);
        assert_eq!(passage.span(0, 3), Span::new(10, 13));
        assert_eq!(passage.span(4, 5), Span::new(14, 19));
        assert_eq!(passage.span(6, 10), Span::new(20, 24));
        assert_eq!(passage.span(2, 8), Span::new(12, 22));
        assert!(passage.is_verbatim(0, 4) && !passage.is_verbatim(4, 5) && !passage.is_verbatim(2, 8));
    }

    #[test]
    fn words_are_runs_of_letters() {
        let found: Vec<&str> = words("“It’s the 12th, т. е. dogs’ (a\u{301}).").map(|word| word.text).collect();
        assert_eq!(found, ["It’s", "the", "12th", "т", "е", "dogs", "a\u{301}"]);
    }
}
