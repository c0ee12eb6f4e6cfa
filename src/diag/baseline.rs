//! Findings that were known when an archive took up ibid: a list in a file, so that only new ones are shown.
//!
//! The list is text that an editor can read and shorten: a line with the path of a file, below it, indented, one line a finding. Lines are
//! not counted in it, since they move; the same finding several times in a file stands there as often.

use super::{Code, Diagnostic, Severity};
use std::collections::BTreeMap;

/// Where the list stands when no other place is named.
pub const FILE: &str = "content/known-findings.txt";

/// How often each finding is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<(String, String, String), usize>,
    /// How many findings were left out because they are known.
    pub hidden: usize,
}

impl Baseline {
    /// Reads the list. Lines that say nothing are as good as findings that do not occur.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut known = BTreeMap::new();
        let mut file = "";
        for line in text.trim_start_matches('\u{feff}').lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            if !line.starts_with([' ', '\t']) {
                file = line.trim();
                continue;
            }
            let (code, message) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
            *known.entry((file.to_owned(), code.to_owned(), message.trim().to_owned())).or_insert(0) += 1;
        }
        Self { known, hidden: 0 }
    }

    /// Removes the findings that are known. Those that are always errors stay.
    pub fn apply(&mut self, findings: &mut Vec<Diagnostic>) {
        if self.known.is_empty() {
            return;
        }
        findings.retain(|finding| {
            let Some(left) = self.known.get_mut(&key(finding)).filter(|left| **left > 0 && !finding.code.is_firm()) else { return true };
            *left -= 1;
            self.hidden += 1;
            false
        });
    }

    /// How many findings of the list did not occur.
    #[must_use]
    pub fn gone(&self) -> usize {
        self.known.values().sum()
    }
}

fn key(finding: &Diagnostic) -> (String, String, String) {
    (finding.primary.file.as_str().to_owned(), finding.code.name().to_owned(), crate::base::text::squeeze(&finding.message))
}

/// The list of these findings: errors and warnings, without those that are always errors.
#[must_use]
pub fn print(findings: &[Diagnostic]) -> String {
    let mut out = String::from(
        "# Findings that are known and not shown again. `ibid check --write-baseline` writes this list;\n# delete a line when its finding is mended.\n",
    );
    let mut file = None;
    for finding in findings.iter().filter(|finding| belongs(finding.code, finding.severity)) {
        let (path, code, message) = key(finding);
        if file.as_ref() != Some(&path) {
            out.push_str(&format!("{path}\n"));
            file = Some(path);
        }
        out.push_str(&format!("  {code} {message}\n"));
    }
    out
}

/// Whether a finding can be set aside by a list.
#[must_use]
pub fn belongs(code: Code, severity: Severity) -> bool {
    severity > Severity::Note && !code.is_firm()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::ContentPath;
    use crate::diag::Label;

    #[test]
    fn what_was_written_is_known_and_what_came_since_is_not() {
        let file = ContentPath::new("content/documents/a.md");
        let finding = |code, message: &str| Diagnostic::new(code, message, Label::file(&file));
        let old = vec![
            finding(Code::UnusedNote, "nothing refers to the note `2`"),
            finding(Code::UnusedNote, "nothing refers to the note `2`"),
            finding(Code::YamlSyntax, "always an error"),
        ];
        let text = print(&old);
        assert_eq!(
            text,
            "# Findings that are known and not shown again. `ibid check --write-baseline` writes this list;\n\
             # delete a line when its finding is mended.\n\
             content/documents/a.md\n  unused-note nothing refers to the note `2`\n  unused-note nothing refers to the note `2`\n"
        );
        let mut baseline = Baseline::read(&text);
        let mut now = vec![
            old[0].clone(),
            old[2].clone(),
            finding(Code::UnusedNote, "nothing refers to the note `3`"),
            old[0].clone(),
            old[0].clone(),
        ];
        baseline.apply(&mut now);
        let left: Vec<&str> = now.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(left, ["always an error", "nothing refers to the note `3`", "nothing refers to the note `2`"]);
        assert_eq!((baseline.hidden, baseline.gone()), (2, 0));
    }
}
