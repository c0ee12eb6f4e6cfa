//! Safe corrections: edits that change nothing but what a finding says, and the difference they make.

use super::Diagnostic;
use crate::base::path::ContentPath;
use crate::base::span::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Bytes of a file and what is to stand in their place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// Files with their corrections applied, and how many findings that mends. A finding whose edits overlap those of an earlier one waits for the next run.
pub fn apply<'a>(findings: &[Diagnostic], text_of: impl Fn(&ContentPath) -> Option<&'a str>) -> (BTreeMap<ContentPath, String>, usize) {
    let mut edits: BTreeMap<&ContentPath, BTreeMap<Span, &str>> = BTreeMap::new();
    let mut mended = 0;
    for finding in findings.iter().filter(|finding| !finding.fix.is_empty()) {
        let Some(text) = text_of(&finding.primary.file) else { continue };
        let taken = edits.entry(&finding.primary.file).or_default();
        if finding.fix.iter().all(|edit| is_free(taken, edit.span) && text.get(edit.span.range()).is_some()) {
            taken.extend(finding.fix.iter().map(|edit| (edit.span, edit.text.as_str())));
            mended += 1;
        }
    }
    let texts = edits.into_iter().filter_map(|(file, edits)| Some((file.clone(), edited(text_of(file)?, &edits))));
    (texts.collect(), mended)
}

fn is_free(taken: &BTreeMap<Span, &str>, span: Span) -> bool {
    let before = taken.range(..=span).next_back();
    let after = taken.range(span..).next();
    before.is_none_or(|(other, _)| other.end <= span.start && *other != span) && after.is_none_or(|(other, _)| span.end <= other.start)
}

fn edited(text: &str, edits: &BTreeMap<Span, &str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (span, with) in edits {
        out.push_str(text.get(from..span.start as usize).unwrap_or_default());
        out.push_str(with);
        from = span.end as usize;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// The lines that differ between two texts, as `diff` shows them: with the number of the line, `-` before what goes and `+` before what comes.
/// Whole texts are compared line by line from both ends of each change, since corrections never move lines far.
#[must_use]
pub fn difference(file: &ContentPath, old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (lines(old), lines(new));
    let mut out = format!("--- {file}\n+++ {file}\n");
    let (mut at, mut to) = (0, 0);
    while at < old.len() || to < new.len() {
        if at < old.len() && to < new.len() && old[at] == new[to] {
            (at, to) = (at + 1, to + 1);
            continue;
        }
        let (next, beside) = meeting(&old, &new, at, to);
        out.push_str(&format!("@@ -{},{} +{},{} @@\n", at + 1, next - at, to + 1, beside - to));
        old[at..next].iter().for_each(|line| out.push_str(&format!("-{}\n", visible(line))));
        new[to..beside].iter().for_each(|line| out.push_str(&format!("+{}\n", visible(line))));
        (at, to) = (next, beside);
    }
    out
}

/// Lines ended by a line feed or, as on old Macs, by a carriage return alone.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').map(|line| line.strip_suffix('\n').unwrap_or(line)).collect()
}

/// The nearest pair of lines after a difference that are equal.
fn meeting(old: &[&str], new: &[&str], at: usize, to: usize) -> (usize, usize) {
    const FAR: usize = 200;
    for far in 1..FAR {
        for beside in 0..=far {
            for (a, b) in [(at + far, to + beside), (at + beside, to + far)] {
                if a < old.len() && b < new.len() && old[a] == new[b] {
                    return (a, b);
                }
            }
        }
    }
    (old.len(), new.len())
}

/// A line with the letters that cannot be seen written as their numbers.
fn visible(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for letter in line.trim_end_matches('\r').chars() {
        if (letter.is_control() && letter != '\t') || crate::base::text::is_invisible(letter) {
            out.push_str(&format!("<U+{:04X}>", letter as u32));
        } else {
            out.push(letter);
        }
    }
    out
}
