//! Numbers of pages of the printed source that were taken into the text.

use super::passage::OBJECT;
use super::{Passage, PassageKind, Setting};
use crate::base::path::ContentPath;
use crate::diag::{Code, Diagnostic, Label};

/// A source of more pages says too little about a number.
const MOST_PAGES: u32 = 60;

pub(super) fn run(path: &ContentPath, passages: &[Passage], setting: &Setting, findings: &mut Vec<Diagnostic>) {
    for (index, passage) in passages.iter().enumerate().filter(|(_, passage)| passage.kind == PassageKind::Paragraph) {
        if let Some(number) = number(&passage.text) {
            let near = |other: Option<usize>| {
                other
                    .and_then(|other| passages.get(other))
                    .filter(|other| other.note == passage.note && other.kind == PassageKind::Paragraph)
            };
            let (before, after) = (near(index.checked_sub(1)), near(Some(index + 1)));
            let between = before.is_some() && after.is_some();
            if between && (is_page(number, setting) || breaks_sentence(before, after)) {
                findings.push(finding(path, passage, 0, passage.text.len(), number));
            }
            continue;
        }
        lines(path, passage, setting, findings);
    }
}

/// Lines of a paragraph that hold nothing but a page number.
fn lines(path: &ContentPath, passage: &Passage, setting: &Setting, findings: &mut Vec<Diagnostic>) {
    if setting.pages.is_none() || !passage.text.contains('\n') {
        return;
    }
    let mut at = 0;
    for line in passage.text.split('\n') {
        let inner = at > 0 && at + line.len() < passage.text.len();
        if let Some(number) = number(line).filter(|number| inner && is_page(*number, setting)) {
            findings.push(finding(path, passage, at, at + line.len(), number));
        }
        at += line.len() + 1;
    }
}

fn finding(path: &ContentPath, passage: &Passage, from: usize, to: usize, number: u32) -> Diagnostic {
    let text = &passage.text[from..to];
    let (start, end) = (from + text.len() - text.trim_start().len(), from + text.trim_end().len());
    Diagnostic::new(
        Code::StrayPageNumber,
        format!("the number {number} stands alone in the text"),
        Label::new(path, passage.span(start, end)),
    )
    .help(format!("if a page of the source begins here, write `[](page:{number})` in the running text; if not, remove it"))
}

/// `534`, `— 534 —`, `[534]`, `p. 534`: a text that is nothing but a page number. A word and a number in square brackets are looked for in all of
/// the text, with the other marks that were not read.
fn number(text: &str) -> Option<u32> {
    if text.len() > 24 {
        return None;
    }
    let whole = text.trim();
    let bare = whole.trim_matches(|letter: char| matches!(letter, '[' | ']' | '(' | ')' | '-' | '–' | '—') || letter.is_whitespace());
    let word = ["page ", "Page ", "p. ", "S. ", "с. ", "стр. "]
        .iter()
        .find_map(|word| bare.strip_prefix(word))
        .filter(|_| !whole.starts_with('['));
    let bare = word.unwrap_or(bare);
    let digits = !bare.is_empty() && bare.len() <= 4 && bare.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| bare.parse().ok()).flatten()
}

fn is_page(number: u32, setting: &Setting) -> bool {
    setting.pages.is_some_and(|(first, last)| last.saturating_sub(first) < MOST_PAGES && (first..=last + 1).contains(&number))
}

/// The paragraph before has no end, the one after no beginning.
fn breaks_sentence(before: Option<&Passage>, after: Option<&Passage>) -> bool {
    let open = before.and_then(|passage| passage.text.trim_end_matches(OBJECT).trim_end().chars().next_back());
    let small = after.and_then(|passage| passage.text.trim_start().chars().next());
    open.is_some_and(|letter| letter.is_lowercase() || matches!(letter, '-' | ',')) && small.is_some_and(char::is_lowercase)
}
