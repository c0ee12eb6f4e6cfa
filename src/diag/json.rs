//! Findings as data: one JSON object with the findings and their number.

use super::place::{Files, Place};
use super::{Diagnostic, Label, Severity};
use crate::base::path::ContentPath;
use crate::base::span::Span;
use serde::Serialize;

#[derive(Serialize)]
struct Report<'a> {
    program: &'static str,
    version: &'static str,
    findings: Vec<Finding<'a>>,
    errors: usize,
    warnings: usize,
    notes: usize,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    primary: Labelled<'a>,
    others: Vec<Labelled<'a>>,
    help: &'a [String],
    /// Edits of the file that mend it without doubt.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fix: Vec<Edited<'a>>,
}

#[derive(Serialize)]
struct Labelled<'a> {
    file: &'a str,
    /// Bytes, half-open; null for a file as a whole.
    bytes: Option<Span>,
    #[serde(flatten)]
    place: Option<Place>,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
}

#[derive(Serialize)]
struct Edited<'a> {
    bytes: Span,
    text: &'a str,
}

/// Prints the findings as one JSON object.
pub fn print<'a>(findings: &[Diagnostic], text_of: impl Fn(&ContentPath) -> Option<&'a str>) -> String {
    let mut files = Files::new(text_of);
    let mut label = |label| -> Labelled<'_> {
        Labelled { place: files.place(label), file: label.file.as_str(), bytes: label.span, label: &label.text }
    };
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let report = Report {
        program: "ibid",
        version: env!("CARGO_PKG_VERSION"),
        findings: findings.iter().map(|finding| read(finding, &mut label)).collect(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
    };
    let mut text = serde_json::to_string_pretty(&report).expect("findings hold only text and numbers");
    text.push('\n');
    text
}

fn read<'a>(finding: &'a Diagnostic, label: &mut impl FnMut(&'a Label) -> Labelled<'a>) -> Finding<'a> {
    Finding {
        code: finding.code.name(),
        severity: finding.severity.name(),
        message: &finding.message,
        primary: label(&finding.primary),
        others: finding.others.iter().map(label).collect(),
        help: &finding.help,
        fix: finding.fix.iter().map(|edit| Edited { bytes: edit.span, text: &edit.text }).collect(),
    }
}
