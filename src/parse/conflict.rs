//! The signs that git leaves in a file when it cannot put two versions together.

use crate::base::path::ContentPath;
use crate::base::span::Span;
use crate::diag::{Code, Diagnostic, Label};
use std::borrow::Cow;

/// Finds the signs. The text that is left to read holds our side only: the signs and the other side are blank, and every place stays where it was.
#[must_use]
pub fn ours<'a>(file: &ContentPath, text: &'a str, findings: &mut Vec<Diagnostic>) -> Cow<'a, str> {
    if !text.contains("<<<<<<<") && !text.contains(">>>>>>>") {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let (mut at, mut open, mut hidden) = (0, None, false);
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.trim_end().len());
        at += line.len();
        let sign = [("<<<<<<<", None), ("|||||||", Some(true)), ("=======", Some(true)), (">>>>>>>", Some(true))]
            .into_iter()
            .find(|(sign, inside)| is_sign(line, sign) && inside.is_none_or(|inside| inside == open.is_some()))
            .map(|(sign, _)| sign);
        match sign {
            Some("<<<<<<<") if open.is_none() => (open, hidden) = (Some((span, None)), false),
            Some("|||||||" | "=======") => {
                if let Some((_, middle)) = &mut open
                    && sign == Some("=======")
                {
                    *middle = Some(span);
                }
                hidden = true;
            }
            Some(">>>>>>>") => {
                if let Some((first, middle)) = open.take() {
                    findings.push(finding(file, first, middle, span));
                }
                hidden = false;
            }
            _ if !hidden => {
                if is_sign(line, ">>>>>>>") {
                    findings.extend(left_over(file, text, span));
                }
                kept.push_str(line);
                continue;
            }
            _ => {}
        }
        kept.extend(line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
    }
    match open {
        // A row of such signs in a text is no conflict; only one that is never closed by `>>>>>>>` but has a middle is, or names its version.
        Some((first, Some(middle))) => {
            findings.push(finding(file, first, Some(middle), middle));
            Cow::Owned(kept)
        }
        Some((first, None)) => {
            findings.extend(left_over(file, text, first));
            Cow::Borrowed(text)
        }
        None => Cow::Owned(kept),
    }
}

/// `<<<<<<< HEAD`, `=======`: seven signs at the beginning of a line, then nothing or a space.
fn is_sign(line: &str, sign: &str) -> bool {
    line.strip_prefix(sign).is_some_and(|rest| rest.trim_end_matches(['\r', '\n']).is_empty() || rest.starts_with(' '))
}

/// A line of signs that was forgotten when the others were deleted: `<<<<<<< HEAD`.
fn left_over(file: &ContentPath, text: &str, line: Span) -> Option<Diagnostic> {
    let version = text.get(line.range())?.get(7..)?.trim();
    (!version.is_empty() && version.split(' ').count() <= 6).then(|| {
        Diagnostic::new(Code::MergeConflict, "a sign of git’s is left from two versions of these lines", Label::new(file, line))
            .help("delete this line, and see whether the lines around it stand twice")
    })
}

fn finding(file: &ContentPath, first: Span, middle: Option<Span>, last: Span) -> Diagnostic {
    let mut finding =
        Diagnostic::new(Code::MergeConflict, "git left two versions of these lines", Label::new(file, first).saying("ours from here"));
    finding.others.extend(middle.map(|middle| Label::new(file, middle).saying("the other version from here")));
    if Some(last) != middle {
        finding.others.push(Label::new(file, last).saying("and it ends here"));
    }
    finding.help("keep the lines that are right, and delete the lines with the signs")
}
