//! Findings as workflow commands of GitHub Actions: annotations on the lines of a pull request.

use super::place::Files;
use super::{Diagnostic, Severity};
use crate::base::path::ContentPath;

/// Prints one command a finding. `folder` is put before the paths of files: the edition's folder in the repository, or nothing.
pub fn print<'a>(findings: &[Diagnostic], folder: &str, text_of: impl Fn(&ContentPath) -> Option<&'a str>) -> String {
    let mut files = Files::new(text_of);
    let mut out = String::new();
    for finding in findings {
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut place = format!("file={}", property(&format!("{folder}{}", finding.primary.file)));
        if let Some(at) = files.place(&finding.primary) {
            place.push_str(&format!(",line={}", at.line));
            if at.line == at.end_line {
                place.push_str(&format!(",col={},endColumn={}", at.column, at.end_column));
            } else {
                place.push_str(&format!(",endLine={}", at.end_line));
            }
        }
        let words: Vec<String> = std::iter::once(finding.message.clone())
            .chain(finding.others.iter().map(|other| match files.place(other) {
                Some(at) => format!("{}: {}:{}:{}", other.text, other.file, at.line, at.column),
                None => format!("{}: {}", other.text, other.file),
            }))
            .chain(finding.help.iter().map(|help| format!("help: {help}")))
            .collect();
        out.push_str(&format!("::{level} {place},title={}::{}\n", property(finding.code.name()), data(&words.join("\n"))));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
