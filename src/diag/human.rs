//! Findings as a person reads them, with the line and a caret: the door to the renderer of snippets.

use super::place::{Files, Place, floor};
use super::{Diagnostic, Label, Severity};
use crate::base::path::ContentPath;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// Of a line that is longer than this a window around the place is shown, in bytes; the printer itself fits lines to the width of a terminal.
const WINDOW: usize = 4000;

/// Prints findings with their lines. `text_of` gives a file's text, where it is UTF-8.
pub fn print<'a>(findings: &[Diagnostic], colour: bool, text_of: impl Fn(&ContentPath) -> Option<&'a str>) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut files = Files::new(text_of);
    let mut out = String::new();
    for finding in findings {
        out.push_str(renderer.render(&[group(finding, &mut files)]).trim_end());
        out.push_str("\n\n");
    }
    out
}

fn group<'f, 'a: 'f>(finding: &'f Diagnostic, files: &mut Files<'a, impl Fn(&ContentPath) -> Option<&'a str>>) -> Group<'f> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = level
        .primary_title(finding.message.as_str())
        .id(finding.code.name())
        .elements(std::iter::empty::<Snippet<'f, annotate_snippets::Annotation<'f>>>());
    let labels = std::iter::once((&finding.primary, AnnotationKind::Primary))
        .chain(finding.others.iter().map(|other| (other, AnnotationKind::Context)));
    for (label, kind) in labels {
        let path = Origin::path(label.file.as_str());
        group = match files.place(label).zip(files.text(&label.file)) {
            Some((place, text)) => {
                let (snippet, whole) = snippet(label, kind, text, place);
                if whole {
                    group.element(snippet.path(label.file.as_str()))
                } else {
                    // Of a long line only a part is shown; the column is that of the whole line.
                    group.element(path.line(place.line).char_column(place.column)).element(snippet)
                }
            }
            None => group.element(path),
        };
    }
    for help in &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// One snippet holding just the lines of the span, so that a file of any size costs the same, and whether it begins where its line does.
fn snippet<'f, 'a: 'f>(
    label: &'f Label,
    kind: AnnotationKind,
    text: &'a str,
    place: Place,
) -> (Snippet<'f, annotate_snippets::Annotation<'f>>, bool) {
    let range = label.span.map_or(0..0, |span| span.range());
    let start = floor(text, range.start);
    let end = floor(text, range.end.min(start + WINDOW)).max(start);
    let earliest = floor(text, start.saturating_sub(WINDOW));
    let first = text[earliest..start].rfind('\n').map_or(earliest, |at| earliest + at + 1);
    let latest = floor(text, end + WINDOW);
    let last = text[end..latest].find('\n').map_or(latest, |at| end + at);
    let last = first + text[first..last].trim_end_matches('\r').len();
    let mut annotation = kind.span(start.min(last) - first..end.min(last) - first);
    if !label.text.is_empty() {
        annotation = annotation.label(label.text.as_str());
    }
    let whole = first == 0 || text.as_bytes().get(first - 1) == Some(&b'\n');
    (Snippet::source(&text[first..last]).line_start(place.line).annotation(annotation), whole)
}
