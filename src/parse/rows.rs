//! Blocks whose lines are not what they were meant to be: rows of tables with too many or too few cells, paragraphs indented into code.

use crate::base::path::ContentPath;
use crate::base::span::Span;
use crate::diag::{Code, Diagnostic, Label};

/// Words from which on an indented block is taken for prose.
const PROSE: usize = 3;

/// Reports a row of a table of `columns` columns. Cells beyond them are shown nowhere.
pub(super) fn uneven(text: &str, file: &ContentPath, span: Span, columns: usize) -> Option<Diagnostic> {
    let typed = text.get(span.range())?.trim();
    let cells = cells(typed);
    let place = Label::new(file, span);
    let counted = |count: usize| if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") };
    if cells > columns {
        let message = format!("this row has {}, but the table has {columns} columns: the rest would not be shown", counted(cells));
        return Some(
            Diagnostic::new(Code::LostCell, message, place)
                .help("type `\\|` for a line that belongs to the text, or give the first two rows more cells"),
        );
    }
    if !typed.contains('|') {
        let message = "this line is read as a row of the table above it".to_owned();
        return Some(Diagnostic::new(Code::MissingCell, message, place).help("type an empty line between the table and the text"));
    }
    (cells < columns).then(|| {
        let message = format!("this row has {}, but the table has {columns} columns", counted(cells));
        Diagnostic::new(Code::MissingCell, message, place).help("type `|` for each cell, also for one that is empty")
    })
}

/// Cells of a row as typed; a line with a backslash before it is no border (GFM, section 4.10).
fn cells(row: &str) -> usize {
    let mut escaped = false;
    let mut borders = 0;
    let mut last = false;
    for letter in row.chars() {
        last = letter == '|' && !escaped;
        borders += usize::from(last);
        escaped = letter == '\\' && !escaped;
    }
    (borders + 1)
        .saturating_sub(usize::from(row.starts_with('|')))
        .saturating_sub(usize::from(last && (borders > 1 || !row.starts_with('|'))))
}

/// Reports a block that is code only because of the blanks before it, and reads as prose.
pub(super) fn indented(text: &str, file: &ContentPath, span: Span, words: &str) -> Option<Diagnostic> {
    let typed = text.get(span.range())?.trim_start();
    let fenced = typed.starts_with("```") || typed.starts_with("~~~");
    let prose =
        words.split_whitespace().filter(|word| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1).nth(PROSE - 1).is_some();
    (!fenced && prose).then(|| {
        Diagnostic::new(Code::UnreadMarkup, "these lines begin with four blanks or a tab, and are shown as code", Label::new(file, span))
            .help("remove the blanks before a paragraph; one that belongs to a note stands directly below the note")
            .help("for code, put a line of three backticks before and after it")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_counted_as_typed() {
        let rows = [("| a | b |", 2), ("a | b", 2), ("| a", 1), ("| a |", 1), ("a |", 1), ("| a | b", 2), ("| a \\| b |", 1), ("| | |", 2)];
        rows.iter().for_each(|(row, count)| assert_eq!(cells(row), *count, "{row}"));
    }
}
