//! Page breaks of the running text that do not count up, or lie outside the pages of the source.

use crate::base::path::ContentPath;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::annotation::{Annotation, AnnotationKind};

/// Looks at the breaks in the order of the text. `pages` are the first and last page of the source, where one range of them is given.
pub(super) fn run(file: &ContentPath, annotations: &[Annotation], pages: Option<(u32, u32)>, findings: &mut Vec<Diagnostic>) {
    let mut last: Option<(u32, &Annotation)> = None;
    for annotation in annotations.iter().filter(|annotation| annotation.place.note.is_none()) {
        let AnnotationKind::PageBreak(page) = &annotation.kind else { continue };
        let Some(number) = number(page) else { continue };
        let label = Label::new(file, annotation.span);
        if let Some((first, end)) = pages.filter(|(first, end)| !(*first..=*end).contains(&number)) {
            let message = format!("page {number} is none of the pages {first}–{end} of the source");
            findings.push(Diagnostic::new(Code::PageOrder, message, label).help("correct the number, or the `pages` of `source`"));
            continue;
        } else if let Some((before, earlier)) = last.filter(|(before, _)| number < *before) {
            let message = format!("page {number} begins behind page {before}");
            findings.push(
                Diagnostic::new(Code::PageOrder, message, label)
                    .also(Label::new(file, earlier.span).saying("the break before it"))
                    .help("correct the number that is wrong"),
            );
        }
        last = Some((number, annotation));
    }
}

/// The figures of `534`, `534a`, `12v`; a page with letters before its figures belongs to another count.
fn number(page: &str) -> Option<u32> {
    let figures = page.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    if page.len() > figures.len() + 1 { None } else { figures.parse().ok() }
}
