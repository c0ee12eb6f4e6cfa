//! Lines that end as on Macs before 2001, with a carriage return alone: other programs see the whole file as one line.

use crate::base::path::ContentPath;
use crate::base::span::Span;
use crate::diag::{Code, Diagnostic, Label};

pub(super) fn run(path: &ContentPath, text: &str, findings: &mut Vec<Diagnostic>) {
    let bytes = text.as_bytes();
    if !bytes.contains(&b'\r') {
        return;
    }
    let mut places = text.match_indices('\r').map(|(at, _)| at).filter(|at| bytes.get(at + 1) != Some(&b'\n')).peekable();
    let Some(first) = places.peek().copied() else { return };
    let mut finding = Diagnostic::new(
        Code::OldLineEnds,
        "a line ends here with a carriage return alone, as on old Macs",
        Label::new(path, Span::new(first, first + 1)),
    )
    .help("save the file with line ends of Unix or Windows: `ibid check --fix` does");
    for at in places {
        finding = finding.fix(Span::new(at, at + 1), "\n");
    }
    findings.push(finding);
}
