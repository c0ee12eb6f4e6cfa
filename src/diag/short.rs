//! Findings one to a line, as editors and terminals know to follow: `file:line:column: error[code]: message`.

use super::place::Files;
use super::{Diagnostic, Label};
use crate::base::path::ContentPath;

/// Prints each finding on a line of its own, with what to do behind it.
pub fn print<'a>(findings: &[Diagnostic], text_of: impl Fn(&ContentPath) -> Option<&'a str>) -> String {
    let mut files = Files::new(text_of);
    let mut out = String::new();
    for finding in findings {
        let help = if finding.help.is_empty() { String::new() } else { format!(" ({})", finding.help.join("; ")) };
        let line = format!(
            "{}: {}[{}]: {}{}",
            place(&mut files, &finding.primary),
            finding.severity.name(),
            finding.code.name(),
            finding.message,
            help
        );
        out.push_str(&line.replace(['\n', '\r'], " "));
        out.push('\n');
    }
    out
}

fn place<'a>(files: &mut Files<'a, impl Fn(&ContentPath) -> Option<&'a str>>, label: &Label) -> String {
    match files.place(label) {
        Some(place) => format!("{}:{}:{}", label.file, place.line, place.column),
        None => label.file.to_string(),
    }
}
