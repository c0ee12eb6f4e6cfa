//! A second paragraph of a note that was not indented: Markdown takes it for text. Reported where the shape of the file makes that likely,
//! since some write each note below the paragraph that has its mark, and then the text goes on behind it.

use super::markdown::{Event, EventKind, Tag};
use crate::base::path::ContentPath;
use crate::base::span::Span;
use crate::diag::{Code, Diagnostic, Label};

/// What stands at the outermost level of a file.
enum Top<'e> {
    Paragraph { span: Span, refs: Vec<&'e str> },
    Note { label: &'e str, span: Span },
    Other,
}

/// Looks at the order of paragraphs and notes.
pub(super) fn run(file: &ContentPath, text: &str, events: &[Event], findings: &mut Vec<Diagnostic>) {
    let tops = tops(events);
    let Some(first) = tops.iter().position(|top| matches!(top, Top::Note { .. })) else { return };
    let (before, after) = tops.split_at(first);
    let Some(begin) = after.iter().position(|top| !matches!(top, Top::Note { .. })) else { return };
    let end = after[begin..].iter().position(|top| matches!(top, Top::Note { .. })).map_or(after.len(), |count| begin + count);
    let run: Vec<(Span, &[&str])> = after[begin..end].iter().filter_map(paragraph).collect();
    // Text that goes on with headings, quotations or parts of a letter, or a second time, is text; what begins with a bracket may be a note.
    let alone = run.len() == end - begin && after[end..].iter().all(|top| matches!(top, Top::Note { .. }));
    if !alone || before.is_empty() || run.iter().any(|(span, _)| has_attributes(text, *span) || text[span.range()].starts_with('[')) {
        return;
    }
    let (Top::Note { label: own, .. }, Top::Note { label: last, span: note }) = (&after[0], &after[begin - 1]) else { return };
    let later: Vec<&str> =
        after[end..].iter().filter_map(|top| if let Top::Note { label, .. } = top { Some(*label) } else { None }).collect();
    let leads_on = run.iter().any(|(_, refs)| refs.iter().any(|label| later.contains(label)));
    // A note below the paragraph that has its mark is the habit of those who go on with the text behind it.
    let below_mark = before.iter().rev().find_map(paragraph).is_some_and(|(_, refs)| refs.contains(own));
    let likely = match (begin > 1 || after.len() > end + 1, below_mark) {
        (_, false) => !leads_on || run.len() == 1,
        (true, true) => !leads_on,
        (false, true) => false,
    };
    if likely || begins_small(text, run[0].0) || is_indented(text, run[0].0) {
        findings.push(
            Diagnostic::new(
                Code::UnindentedNote,
                format!("this paragraph stands behind the note `{last}`, and is read as text"),
                Label::new(file, run[0].0),
            )
            .also(Label::new(file, Span { end: note.start + Span::new(0, last.len() + 4).end, ..*note }).saying("the note"))
            .help("if it belongs to the note, put four blanks before it")
            .help("if it belongs to the text, move the notes to the end of the file"),
        );
    }
}

fn paragraph<'t, 'e>(top: &'t Top<'e>) -> Option<(Span, &'t [&'e str])> {
    if let Top::Paragraph { span, refs } = top { Some((*span, refs.as_slice())) } else { None }
}

fn tops(events: &[Event]) -> Vec<Top<'_>> {
    let mut tops = Vec::new();
    let mut depth = 0_usize;
    for event in events {
        match &event.kind {
            EventKind::Open(tag) => {
                if depth == 0 {
                    tops.push(match tag {
                        Tag::Paragraph => Top::Paragraph { span: event.span, refs: Vec::new() },
                        Tag::Definition(label) => Top::Note { label, span: event.span },
                        _ => Top::Other,
                    });
                }
                depth += 1;
            }
            EventKind::Close => depth = depth.saturating_sub(1),
            EventKind::NoteRef(label) => {
                if let Some(Top::Paragraph { refs, .. }) = tops.last_mut() {
                    refs.push(label);
                }
            }
            _ if depth == 0 => tops.push(Top::Other),
            _ => {}
        }
    }
    tops
}

/// Whether the paragraph says what part it plays, or is nothing but that.
fn has_attributes(text: &str, span: Span) -> bool {
    let typed = text.get(span.range()).unwrap_or_default().trim_end();
    let line = typed.rsplit('\n').next().unwrap_or_default().trim_start();
    typed.ends_with('}') && line.starts_with('{')
}

/// Whether one to three blanks stand before the paragraph: they were meant to be four.
fn is_indented(text: &str, span: Span) -> bool {
    let before = text.get(..span.start as usize).unwrap_or_default();
    before.ends_with(' ') && before.trim_end_matches(' ').ends_with('\n')
}

fn begins_small(text: &str, span: Span) -> bool {
    text.get(span.range()).unwrap_or_default().chars().find(|letter| letter.is_alphanumeric()).is_some_and(char::is_lowercase)
}
