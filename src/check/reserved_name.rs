//! Names of files that not every disk can hold.

use crate::base::path::ContentPath;
use crate::base::span::Span;
use crate::diag::{Code, Diagnostic, Label};
use crate::resolve::Site;

/// Longest name of a file on every common disk, in bytes.
const LONGEST: usize = 255;
/// What may stand behind an id in the name of a page's file.
const SUFFIX: usize = ".html".len();

pub(super) fn run(site: &Site, findings: &mut Vec<Diagnostic>) {
    for summary in &site.documents {
        let id = &summary.front.id;
        check(&id.value.0, &Label::new(&summary.file, id.span), LONGEST - SUFFIX, "another `id`", findings);
    }
    for entity in site.entities.values() {
        check(&entity.id, &Label::new(&entity.file, entity.span), LONGEST - SUFFIX, "another id", findings);
    }
    for file in site.routes.media.keys() {
        media(file, findings);
    }
}

fn media(file: &ContentPath, findings: &mut Vec<Diagnostic>) {
    for part in file.as_str().split('/') {
        check(part, &Label::file(file), LONGEST, "another name", findings);
        if part.contains(['<', '>', ':', '"', '|', '?', '*', '\\']) || part.ends_with(['.', ' ']) || part.chars().any(char::is_control) {
            let message = format!("the name `{}` has a sign that Windows forbids or drops", part.escape_debug());
            findings.push(
                Diagnostic::new(Code::ReservedName, message, Label::file(file)).help("give the file a name of letters, digits and hyphens"),
            );
        }
    }
}

fn check(name: &str, label: &Label, longest: usize, what: &str, findings: &mut Vec<Diagnostic>) {
    if name.len() > longest {
        let mut label = label.clone();
        // The beginning says enough.
        label.span = label.span.map(|span| Span { start: span.start, end: span.end.min(span.start + 60) });
        let message = format!("a name of {} bytes is too long for a file", name.len());
        findings.push(Diagnostic::new(Code::NameTooLong, message, label).help(format!("choose {what}, of at most {longest} bytes")));
    }
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
    let port =
        |word: &str| stem.strip_prefix(word).is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| matches!(byte, b'1'..=b'9')));
    if matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || port("com") || port("lpt") {
        let message = format!("`{name}` is a name that Windows keeps for itself");
        findings.push(Diagnostic::new(Code::ReservedName, message, label.clone()).help(format!("choose {what}, as `{stem}-1`")));
    }
}
