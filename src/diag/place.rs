//! Lines and columns, counted when a person or another program is to read them.

use super::Label;
use crate::base::path::ContentPath;
use std::collections::BTreeMap;

/// Lines and columns are counted from 1, columns in characters; the end is the place after the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Place {
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column of the end.
    pub end_column: usize,
}

/// The texts of the files that findings speak of, with the beginnings of their lines; each file is looked through once.
pub struct Files<'a, F: Fn(&ContentPath) -> Option<&'a str>> {
    text_of: F,
    known: BTreeMap<ContentPath, Option<Counted<'a>>>,
}

struct Counted<'a> {
    text: &'a str,
    /// Byte of the first character of each line.
    starts: Vec<usize>,
    /// Line, byte and column of the place counted last: findings are sorted, so that a line of any length is counted once.
    last: (usize, usize, usize),
}

impl<'a, F: Fn(&ContentPath) -> Option<&'a str>> Files<'a, F> {
    /// Files whose text is asked for when it is needed.
    pub fn new(text_of: F) -> Self {
        Self { text_of, known: BTreeMap::new() }
    }

    /// The text of a file, where it is UTF-8.
    pub fn text(&mut self, file: &ContentPath) -> Option<&'a str> {
        self.counted(file).map(|counted| counted.text)
    }

    /// Where a label stands; `None` when it speaks of a whole file or the file cannot be read.
    pub fn place(&mut self, label: &Label) -> Option<Place> {
        let range = label.span?.range();
        let counted = self.counted(&label.file)?;
        let (line, column) = counted.place(range.start);
        let (end_line, end_column) = counted.place(range.end);
        Some(Place { line, column, end_line, end_column })
    }

    fn counted(&mut self, file: &ContentPath) -> Option<&mut Counted<'a>> {
        if !self.known.contains_key(file) {
            let counted = (self.text_of)(file).map(Counted::new);
            self.known.insert(file.clone(), counted);
        }
        self.known.get_mut(file)?.as_mut()
    }
}

impl<'a> Counted<'a> {
    fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts, last: (0, 0, 1) }
    }

    fn place(&mut self, offset: usize) -> (usize, usize) {
        let offset = floor(self.text, offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let (from, column) = match self.last {
            (last, byte, column) if last == line && byte <= offset => (byte, column),
            _ => (start, 1),
        };
        let column = column + self.text[from..offset].chars().count();
        self.last = (line, offset, column);
        // A byte order mark is no character of the line.
        let marked = usize::from(line == 1 && offset > 0 && self.text.starts_with('\u{feff}'));
        (line, column - marked)
    }
}

/// The nearest character border at or before `offset`.
#[must_use]
pub fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::span::Span;

    #[test]
    fn places_are_counted_in_characters() {
        let file = ContentPath::new("a.md");
        let mut files = Files::new(|_| Some("\u{feff}ab\nЧич\r\n"));
        let mut place = |start, end| {
            let place = files.place(&Label::new(&file, Span::new(start, end))).expect("it is text");
            (place.line, place.column, place.end_line, place.end_column)
        };
        assert_eq!(place(0, 4), (1, 1, 1, 2));
        assert_eq!(place(3, 5), (1, 1, 1, 3));
        assert_eq!(place(6, 10), (2, 1, 2, 3));
        assert_eq!(place(8, 12), (2, 2, 2, 4));
        assert_eq!(place(7, 99), (2, 1, 3, 1));
    }
}
