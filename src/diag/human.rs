//! Findings as a person reads them, with the line and a caret: the door to the renderer of snippets.

use super::{Diagnostic, Label, Severity};
use crate::base::path::ContentPath;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// Longest line shown whole, in bytes; of a longer one a window around the place is shown.
const WINDOW: usize = 400;

/// Prints findings with their lines. `text_of` gives a file's text, where it is UTF-8.
pub fn print<'a>(findings: &'a [Diagnostic], colour: bool, text_of: impl Fn(&ContentPath) -> Option<&'a str>) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for finding in findings {
        out.push_str(renderer.render(&[group(finding, &text_of)]).trim_end());
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(finding: &'a Diagnostic, text_of: &impl Fn(&ContentPath) -> Option<&'a str>) -> Group<'a> {
    let level = match finding.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = level
        .primary_title(finding.message.as_str())
        .id(finding.code.name())
        .elements(std::iter::empty::<Snippet<'a, annotate_snippets::Annotation<'a>>>());
    let labels = std::iter::once((&finding.primary, AnnotationKind::Primary))
        .chain(finding.others.iter().map(|other| (other, AnnotationKind::Context)));
    for (label, kind) in labels {
        group = match label.span.zip(text_of(&label.file)) {
            Some((_, text)) => group.element(snippet(label, kind, text)),
            None => group.element(annotate_snippets::Origin::path(label.file.as_str())),
        };
    }
    for help in &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// One snippet holding just the lines of the span, so that a file of any size costs the same.
fn snippet<'a>(label: &'a Label, kind: AnnotationKind, text: &'a str) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let range = label.span.map_or(0..0, |span| span.range());
    let start = floor(text, range.start);
    let end = floor(text, range.end.min(start + WINDOW)).max(start);
    let first = text[..start].rfind('\n').map_or(0, |at| at + 1).max(floor(text, start.saturating_sub(WINDOW)));
    let last = text[end..].find('\n').map_or(text.len(), |at| end + at).min(floor(text, end + WINDOW));
    let last = first + text[first..last].trim_end_matches('\r').len();
    let line = text[..start].matches('\n').count() + 1;
    let mut annotation = kind.span(start.min(last) - first..end.min(last) - first);
    if !label.text.is_empty() {
        annotation = annotation.label(label.text.as_str());
    }
    Snippet::source(&text[first..last]).path(label.file.as_str()).line_start(line).annotation(annotation)
}

/// The nearest character border at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
